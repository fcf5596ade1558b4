// @ts-check
import { arranged, byStanding } from "./arranging.js";
import { besideParts } from "./beside.js";
import { put, folded, heading, make, on, paragraph, quotations } from "./elements.js";
import { answered, changeEntry, optionReasons } from "./reasoning.js";
import { withColon, say } from "../messages.js";

/**
 * The outcome as a view: the standing of every option, the words behind it, what would change it.
 *
 * @import { Actions } from "./actions.js"
 * @import { State } from "./state.js"
 */

/**
 * @param {State} state
 * @param {Actions} actions
 */
export function outcomeView(state, actions) {
  const element = make("div", "dtree-outcome");
  return {
    element,
    render() {
      const focused = document.activeElement?.closest("[data-option]");
      const entry = (/** @type {number} */ option) => optionEntry(state, option, actions);
      put(element, ...outcomeParts(state, entry));
      if (!focused || focused.isConnected) return;
      // What was focused is made anew; go on where it was.
      const option = focused.getAttribute("data-option");
      const again = element.querySelector(`[data-option="${option}"] > summary`);
      if (again instanceof HTMLElement) again.focus();
    },
    light() {
      const { payload, pointed } = state;
      /** @type {NodeListOf<HTMLElement>} */
      const entries = element.querySelectorAll("[data-option], [data-statement]");
      for (const { dataset, classList } of entries) {
        const isLit = dataset.option
          ? pointed.options.has(Number(dataset.option))
          : payload.statements[Number(dataset.statement)].quotes.some(number =>
              pointed.quotes.has(number)
            );
        classList.toggle("dtree-lit", isLit);
      }
    }
  };
}

/**
 * An option, to be opened. What sets this patient apart shows its words at once; the rest is a
 * click away, and is made only then.
 *
 * @param {State} state
 * @param {number} option
 * @param {Actions} actions
 */
function optionEntry(state, option, actions) {
  const { payload, walked, answers, opened, asked } = state;
  const now = walked.standings()[option];
  const attributes = { class: "dtree-option", "data-option": `${option}` };
  const { name, short } = payload.options[option];
  const entry = folded(short ?? name, attributes);
  const row = /** @type {HTMLElement} */ (entry.firstElementChild);
  // A short name makes the row short; the whole one is at hand, and stands in what opens.
  if (short) row.title = name;
  if (now.firm()) row.append(make("span", "dtree-firm", ` · ${now.firm()}`));
  const fill = () => {
    if (entry.children.length > 1) return;
    const ways = folded(say`What would change it`, "dtree-would");
    if (short) entry.append(paragraph(name));
    entry.append(...optionReasons(payload, answers, option, now), ways);
    // Worked out only when somebody asks.
    on(ways, "toggle", () => {
      asked.set(option, ways.open);
      if (!ways.open || ways.children.length > 1) return;
      for (const wanted of ["preferred", "offered", "withheld"]) {
        if (wanted === now.standing) continue;
        ways.append(changeEntry(payload, answers, option, wanted, actions.change));
      }
    });
    ways.open = asked.get(option) ?? false;
  };
  const setsApart = now.standing === "preferred" || now.standing === "withheld";
  entry.open = opened.get(option) ?? setsApart;
  if (entry.open) fill();
  on(row, "click", () => {
    opened.set(option, !entry.open);
    fill();
  });
  return entry;
}

/**
 * Every option with its reasons, relations and remarks, and the path.
 *
 * @param {Pick<State, "payload" | "walked" | "answers" | "tree">} state
 * @param {(option: number) => HTMLElement} entry
 * @returns {HTMLElement[]}
 */
export function outcomeParts({ payload, walked, answers, tree }, entry) {
  const parts = byStanding(payload, walked, tree).map(([standing, options]) => {
    const section = make("section", {}, heading(0, standing));
    for (const [group, members] of arranged(payload, options)) {
      const entries = members.map(entry);
      const attributes = { class: "dtree-group", role: "group", "aria-label": group };
      const together = () => make("div", attributes, paragraph(withColon(group)), ...entries);
      section.append(...(group ? [together()] : entries));
    }
    if (standing === payload.standings.offered && options.length > 1) {
      section.append(paragraph(say`The text does not rank what it offers together.`));
    }
    return section;
  });
  const { nodes } = payload.trees[tree].views[0];
  const steps = walked.trees[tree].path.map(([node, value]) => {
    const factor = nodes[node].factor ?? 0;
    const quotes = quotations(payload, payload.factors[factor].quotes);
    return answered(payload, factor, [value], ...quotes);
  });
  const origin = paragraph(say`Each question, with the words that it comes from`, "dtree-note");
  const way = [heading(0, say`The path`), origin, make("ol", {}, ...steps)];
  const path = steps.length ? [make("section", {}, ...way)] : [];
  const beside = besideParts(payload, answers, tree).map(found => make("section", {}, ...found));
  // Beside each other where there is room, so that nothing that opens moves the other half.
  return [make("div", {}, ...parts), make("div", {}, ...path, ...beside)];
}
