// @ts-check
import { button, download, make, moveAlong, on, paragraph, put } from "../explorer/elements.js";
import { beginView } from "./begin_view.js";
import { casesView } from "./cases_view.js";
import { calledBy, formOf, keyOf, reviewed } from "./desk.js";
import { draftView } from "./draft_view.js";
import { formByKey, formView, kindOf } from "./form_view.js";
import { problemsView } from "./problems_view.js";
import { reviewByKey, reviewView } from "./review_view.js";
import { wordsOfStep } from "./steps.js";
import { treesView } from "./tree_view.js";
import { writeView } from "./write_view.js";
import { withColon, say } from "../messages.js";

/**
 * The bar above, and the panel beside the text: a view for each thing to do.
 *
 * @import { Desk } from "./desk.js"
 * @import { Doings } from "./doing.js"
 */

/** @type {Record<string, (desk: Desk, doings: Doings) => HTMLElement>} */
const VIEWS = {
  write: (desk, doings) => (formOf(desk) ? formView(desk, doings) : writeView(desk, doings)),
  review: reviewView,
  problems: problemsView,
  tree: treesView,
  cases: casesView,
  draft: draftView
};

/** @param {Desk} desk @returns {[string, string][]} */
const tabs = ({ files: { left, problems }, forms }) => [
  // A form that is open waits there.
  ["write", forms.length ? say`Write …` : say`Write`],
  ["review", left ? say`Review (${left})` : say`Review`],
  ["problems", problems.length ? say`Problems (${problems.length})` : say`Problems`],
  ["tree", say`Tree`],
  ["cases", say`Cases`],
  ["draft", say`Draft`]
];

/**
 * @param {Desk} desk
 * @param {Doings} doings
 */
export function panelView(desk, doings) {
  const bar = make("div", "tw-bar");
  const list = make("div");
  const body = make("div", { class: "tw-body", role: "tabpanel", tabindex: "0" });
  const notes = make("div", { class: "tw-notes" });
  const element = make("div", "tw-right", list, notes, body);
  // Also with the focus on the tab, or where the button that was pressed last is gone.
  on(element, "keydown", event => {
    if (body.dataset.view === "review") reviewByKey(event, desk, doings);
    else if (body.dataset.view === "write" && formOf(desk)) formByKey(event, doings);
  });
  let lost = "";
  return {
    bar,
    element,
    render() {
      // What had the focus may be gone for a moment, until the next thing is shown.
      const before = document.activeElement === body ? lost : keyOfFocus([element, bar]);
      const focused = desk.focus || before;
      desk.focus = "";
      const scrolled = body.scrollTop;
      const view = shownTab(desk);
      // Of what is read, the beginning is seen first.
      const read = view === "review" ? reviewed(desk) : undefined;
      const card = read ? keyOf(read) : "";
      const isOtherCard = body.dataset.card !== card;
      const isOther = body.dataset.view !== view || isOtherCard;
      put(bar, ...barOf(desk, doings));
      put(notes, ...notesOf(desk, doings));
      put(list, ...tabsOf(desk, doings, view));
      put(body, ...bodyOf(desk, doings, view));
      Object.assign(body.dataset, { view, card });
      body.scrollTop = isOther || desk.atTop ? 0 : scrolled;
      desk.atTop = false;
      lost = focused;
      if (focused) focusAgain([bar, element], focused, isOtherCard);
    }
  };
}

/** @param {Desk} desk */
const shownTab = desk => desk.tab || "write";

/** @param {Desk} desk @param {Doings} doings @param {string} view */
function bodyOf(desk, doings, view) {
  const { files } = desk;
  if (!files.begun) return [beginView(desk, doings)];
  if (!files.unreadable) return [VIEWS[view](desk, doings)];
  return [
    paragraph(
      say`The file cannot be read as it is now. Correct it in an editor; nothing is written before that.`
    ),
    ...files.unreadable.map(({ message }) => make("pre", "tw-report", message))
  ];
}

/** @param {Desk} desk @param {Doings} doings @param {string} view */
function tabsOf(desk, doings, view) {
  if (!desk.files.begun || desk.files.unreadable) return [];
  const list = make("div", { class: "tw-tabs", role: "tablist", "aria-label": say`What to do` });
  const all = tabs(desk).map(([key, label]) =>
    button(label, () => doings.turnTo(key), {
      role: "tab",
      "aria-selected": `${key === view}`,
      "data-key": `tab-${key}`
    })
  );
  list.append(...all);
  moveAlong(list, all)(all[tabs(desk).findIndex(([key]) => key === view)]);
  return [list];
}

/** The name of the guide, how it stands, undo and redo. @param {Desk} desk @param {Doings} doings */
function barOf(desk, doings) {
  const { folder, begun, unreadable, ok, undo, redo, problems, left, sentences } = desk.files;
  const name = make("b", {}, folder);
  if (!begun || unreadable) return [name];
  const open = sentences.filter(([, , use]) => use === "unclaimed").length;
  const state = ok
    ? say`ok`
    : problems.length || !(open || left)
      ? say`not finished`
      : say`not finished: ${open} to read, ${left} to confirm`;
  const [last, next] = [undo, redo].map(step => wordsOfStep(desk, step));
  const back = button(say`Undo`, doings.undo, { title: last, "data-key": "undo" });
  const again = button(say`Redo`, doings.redo, { title: next, "data-key": "redo" });
  /** @type {HTMLButtonElement} */ (back).disabled = !undo;
  /** @type {HTMLButtonElement} */ (again).disabled = !redo;
  const page = button(say`Save as a page`, () => savePage(doings), { "data-key": "page" });
  return [
    name,
    make("span", ok ? "tw-done" : "tw-help", state),
    make("span", "tw-gap"),
    ...(ok ? [page] : []),
    back,
    again
  ];
}

/** A page to hand out, with practice in it. @param {Doings} doings */
async function savePage(doings) {
  const { problem = "", name, page } = await doings.ask({ wants: "page" });
  if (page) download(name, new Blob([page], { type: "text/html" }));
  doings.change({ trouble: problem });
}

/** What was done last, and what stands in the way. @param {Desk} desk @param {Doings} doings */
function notesOf(desk, doings) {
  const { said, trouble, silent, removal, files } = desk;
  const notes = [make("p", { class: "tw-said", role: "status" }, said)];
  if (trouble) notes.push(make("p", { class: "tw-trouble", role: "alert" }, trouble));
  if (silent) {
    notes.push(
      make(
        "p",
        { class: "tw-trouble", role: "alert" },
        say`Python does not answer. What is saved stays, and so does what you have typed: run the cell again.`
      )
    );
  }
  // Authors compare the text with what they pasted, before they make anything of it.
  if (desk.cleaned.length && !files.undo && !desk.forms.length)
    notes.push(cleanedList(desk.cleaned));
  if (files.history) notes.push(make("p", "tw-help", files.history));
  if (removal) notes.push(removalOf(desk, doings));
  return notes;
}

/** What was cleaned of a pasted text. @param {string[]} cleaned */
const cleanedList = cleaned =>
  make(
    "div",
    "tw-help",
    paragraph(say`This was cleaned of what you pasted. Compare the text with it:`),
    make("ul", "tw-list", ...cleaned.map(line => make("li", {}, line)))
  );

/** An entry that others name goes only with them. @param {Desk} desk @param {Doings} doings */
function removalOf(desk, doings) {
  const { words, named } = desk.removal;
  const [section, id] = words.path;
  const along = () => doings.remove({ section, id }, true);
  return make(
    "div",
    { class: "tw-trouble", role: "alert" },
    paragraph(say`It is used here:`),
    make(
      "ul",
      "tw-list",
      ...named.map((/** @type {string[]} */ [part, name]) =>
        make("li", {}, withColon(kindOf(part), calledBy(desk, part, name)))
      )
    ),
    button(say`Remove it there, too; what then says nothing goes as well`, along, {
      "data-key": "along"
    }),
    button(say`Keep it`, () => doings.change({}), { "data-key": "keep" })
  );
}

/** The key of the control that has the focus; "" for none. @param {HTMLElement[]} places */
function keyOfFocus(places) {
  const active = /** @type {HTMLElement | null} */ (document.activeElement);
  const inside = places.some(place => place.contains(active));
  return (inside && active?.dataset.key) || "";
}

/** The control that had the focus, or the one that is like it now. Of what is to be read first, the beginning stays in view. @param {HTMLElement[]} places @param {string} key @param {boolean} preventScroll */
function focusAgain(places, key, preventScroll) {
  // A browser would open what is folded.
  const all = places
    .flatMap(place => [...place.querySelectorAll("[data-key]")])
    .filter(each => !each.closest("details:not([open])"));
  const like = `${key.split("-")[0]}-`;
  const found =
    all.find(each => /** @type {HTMLElement} */ (each).dataset.key === key) ??
    all.find(each => /** @type {HTMLElement} */ (each).dataset.key?.startsWith(like)) ??
    places[places.length - 1].querySelector(".tw-body");
  /** @type {HTMLElement | null} */ (found)?.focus({ preventScroll });
}
