// @ts-check
import { button, make, paragraph } from "../explorer/elements.js";
import { waysToSettle } from "./conflicts.js";
import { calledBy, entryAt, fieldsAt, quoteOf, shortened } from "./desk.js";
import { kindOf } from "./form_view.js";
import { inQuotes, withColon, plural, say } from "../messages.js";

/**
 * What the checker says, each leading to its entry.
 *
 * @import { Desk, Problem } from "./desk.js"
 * @import { Doings } from "./doing.js"
 */

/**
 * @param {Desk} desk
 * @param {Doings} doings
 */
export function problemsView(desk, doings) {
  const { problems, left, sentences } = desk.files;
  const open = sentences.filter(([, , use]) => use === "unclaimed").length;
  const items = problems.map(problem => {
    const { severity, message, conflict } = problem;
    const kind = severity === "error" ? say`To correct` : say`Look at it`;
    return make(
      "li",
      `tw-${severity}`,
      make("b", {}, `${withColon(kind)} `),
      leadOf(desk, doings, problem),
      make("p", "tw-says", message),
      ...waysToSettle(desk, doings, conflict),
      ...(Object.keys(problem.case).length ? [showingOf(doings, problem)] : [])
    );
  });
  const rest = [
    ...(open
      ? [
          plural(
            "{count} sentence is still to be read",
            "{count} sentences are still to be read",
            open
          )
        ]
      : []),
    ...(left
      ? [
          plural(
            "{count} entry is not confirmed yet",
            "{count} entries are not confirmed yet",
            left
          )
        ]
      : [])
  ];
  return make(
    "div",
    "tw-problems",
    ...(items.length ? [make("ul", "tw-list", ...items)] : []),
    ...rest.map(words => paragraph(`${words}.`)),
    ...(items.length || rest.length
      ? []
      : [paragraph(say`Nothing: the guide is whole.`, "tw-done")])
  );
}

/** Lets the explorer show the case that is meant. @param {Doings} doings @param {Problem} problem */
const showingOf = (doings, { case: shown }) =>
  button(
    say`Show this case below`,
    async () => {
      const { problem = "" } = await doings.ask({ wants: "case", case: shown });
      doings.change({ trouble: problem, said: problem ? "" : say`The explorer below shows it.` });
    },
    { "data-key": `case-${Object.entries(shown)}` }
  );

/** What leads to the entry or the sentence that is meant. @param {Desk} desk @param {Doings} doings @param {Problem} problem */
function leadOf(desk, doings, { path, at, where }) {
  const [section, id] = path;
  const to = { class: "tw-quiet" };
  if (fieldsAt(desk, path)) {
    const words = calledBy(desk, section, id) || kindOf(section);
    return button(words, () => toEntry(desk, doings, path), to);
  }
  return at
    ? button(inQuotes(shortened(quoteOf(desk, at))), () => doings.select(at), to)
    : make("span", {}, where);
}

/** @param {Desk} desk @param {Doings} doings @param {string[]} path */
function toEntry(desk, doings, path) {
  const [section, id] = path;
  const fields = fieldsAt(desk, path);
  if (entryAt(desk, path)) doings.goTo(path);
  else if (fields) doings.edit({ section, id, fields });
}
