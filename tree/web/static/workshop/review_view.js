// @ts-check
import { button, consume, make, paragraph, set } from "../explorer/elements.js";
import { entryCard, quotesOf } from "./cards.js";
import { inSection, keyOf, quoteOf, reviewed } from "./desk.js";
import { foldedAs } from "./fields.js";
import { kindOf } from "./form_view.js";
import { inQuotes, say } from "../messages.js";

/**
 * One proposal at a time beside its sentence: confirm, change, remove.
 *
 * @import { Desk, WrittenEntry } from "./desk.js"
 * @import { Doings } from "./doing.js"
 */

/**
 * @param {Desk} desk
 * @param {Doings} doings
 */
export function reviewView(desk, doings) {
  const { files } = desk;
  const drafts = files.entries.filter(({ draft }) => draft);
  const shown = reviewed(desk);
  const element = make("div", "tw-review", progressOf(desk));
  if (shown) {
    element.append(...proposal(desk, doings, shown, drafts));
  } else {
    element.append(
      paragraph(
        files.entries.length ? say`Everything is confirmed.` : say`Nothing has been proposed yet.`,
        "tw-done"
      )
    );
  }
  element.append(everything(desk, doings));
  return element;
}

/** How far the review is. @param {Desk} desk */
function progressOf({ files: { confirmed, left, guide } }) {
  const bar = make("progress", { max: `${confirmed + left}`, value: `${confirmed}` });
  set(bar, { "aria-label": say`How much is confirmed` });
  const who = guide.drafted?.by;
  const count = confirmed + left;
  return make(
    "p",
    "tw-progress",
    bar,
    " ",
    say`${confirmed} of ${count} confirmed`,
    ...(left && who ? [" · ", say`proposed by ${who}`] : [])
  );
}

/** @param {Desk} desk @param {Doings} doings @param {WrittenEntry} entry @param {WrittenEntry[]} drafts */
function proposal(desk, doings, entry, drafts) {
  const sentences = entry.sentences.map(span =>
    make("blockquote", "tw-quote", inQuotes(quoteOf(desk, span)))
  );
  const at = drafts.indexOf(entry);
  return [
    ...(sentences.length ? sentences : quotesOf(desk, entry)),
    entryCard(desk, doings, entry),
    ...beside(desk, doings, entry, drafts),
    make(
      "p",
      "tw-buttons",
      ...(at >= 0 && drafts.length > 1
        ? [
            button(say`Back`, () => goBy(desk, doings, entry, drafts, -1), { "data-key": "back" }),
            button(say`Later`, () => goBy(desk, doings, entry, drafts, 1), { "data-key": "later" })
          ]
        : []),
      make("span", "tw-help", say`Keys: C confirm, E change, Delete remove, arrows go on, U undo`)
    )
  ];
}

/** What else is proposed of the same sentence, to be confirmed at once. @param {Desk} desk @param {Doings} doings @param {WrittenEntry} entry @param {WrittenEntry[]} drafts */
function beside(desk, doings, entry, drafts) {
  const all = readTogether(desk, entry, drafts);
  if (all.length < 2) return [];
  const count = all.length;
  const confirm = button(
    say`Confirm all ${count} (A)`,
    () => confirmAll(doings, all, confirm.closest(".tw-body")),
    { "data-key": "confirm-all" }
  );
  const others = all.filter(each => each !== entry).map(each => entryCard(desk, doings, each));
  const title = paragraph(say`Also proposed of the same words:`, "tw-help");
  return [make("div", "tw-together", title, ...others, make("p", "tw-buttons", confirm))];
}

/** Drafts of the same sentence that nothing is suspected of. @param {Desk} desk @param {WrittenEntry} entry @param {WrittenEntry[]} drafts */
function readTogether({ files: { problems } }, entry, drafts) {
  const isSound = (/** @type {WrittenEntry} */ { section, id, worst }) =>
    !worst && !problems.some(({ conflict }) => section === "statements" && conflict.includes(id));
  if (!entry.draft || !entry.sentences.length || !isSound(entry)) return [entry];
  const sentences = entry.sentences.map(String);
  const [first] = sentences;
  return drafts.filter(
    each =>
      isSound(each) &&
      String(each.sentences[0]) === first &&
      each.sentences.every(span => sentences.includes(String(span)))
  );
}

/** Nothing is confirmed unseen: what lies below the edge is brought into view first, page by page. @param {Doings} doings @param {WrittenEntry[]} all @param {Element | null} panel */
function confirmAll(doings, all, panel) {
  const lines = () => [...(panel?.querySelectorAll(".tw-card p, .tw-together p") ?? [])];
  const next = lines().map(isInView).lastIndexOf(true) + 1;
  if (next === lines().length) {
    doings.confirmAll(all);
    return;
  }
  doings.change({ said: say`There is more: read it first, and confirm then.` });
  const line = lines()[next];
  if (!panel || !line) return;
  // The panel alone is scrolled, and the notebook only where its window hides the panel.
  panel.scrollTop += line.getBoundingClientRect().top - panel.getBoundingClientRect().top - 8;
  if (!isInView(line)) line.scrollIntoView({ block: "start", behavior: "instant" });
}

/** Whether nothing hides the end of a line. @param {Element} line */
function isInView(line) {
  const { left, bottom } = line.getBoundingClientRect();
  return line.contains(document.elementFromPoint(left + 2, bottom - 2));
}

/** @param {Desk} desk @param {Doings} doings @param {WrittenEntry} entry @param {WrittenEntry[]} drafts @param {number} step */
function goBy(desk, doings, entry, drafts, step) {
  const to = drafts[(drafts.indexOf(entry) + step + drafts.length) % drafts.length];
  if (to) doings.change({ at: keyOf(to), selected: to.quotes[0] ?? desk.selected });
}

/** What a key does to the proposal that is shown. @param {KeyboardEvent} event @param {Desk} desk @param {Doings} doings */
export function reviewByKey(event, desk, doings) {
  const entry = reviewed(desk);
  // What is pressed twice is meant for the entry that was seen, and not for the next one.
  if (desk.working || event.ctrlKey || event.metaKey || event.altKey) return;
  // Also the last one that was confirmed can be taken back.
  if (!entry) {
    if (event.key.toLowerCase() === "u") doings.undo();
    return;
  }
  const drafts = desk.files.entries.filter(({ draft }) => draft);
  const acts = /** @type {Record<string, () => void>} */ ({
    c: () => entry.draft && doings.confirm(entry),
    a: () => {
      const all = readTogether(desk, entry, drafts);
      const right = /** @type {Element | null} */ (event.currentTarget);
      if (all.length > 1) confirmAll(doings, all, right?.querySelector(".tw-body") ?? null);
    },
    e: () => doings.edit(entry),
    u: doings.undo,
    Delete: () => doings.remove(entry),
    ArrowRight: () => goBy(desk, doings, entry, drafts, 1),
    ArrowLeft: () => goBy(desk, doings, entry, drafts, -1)
  });
  const act = acts[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!act) return;
  consume(event);
  act();
}

/** A question can be asked earlier; the tree asks in the order of this list. @param {Desk} desk @param {Doings} doings @param {WrittenEntry} entry */
function earlier(desk, doings, entry) {
  const { order } = desk.files;
  const at = order.indexOf(entry.id);
  if (at < 1) return [];
  const move = () => doings.move(entry, order[at - 2] ?? null);
  const { label } = entry;
  const name = { "aria-label": say`Ask earlier: ${label}`, "data-key": `earlier-${entry.id}` };
  return [" ", button("↑", move, name)];
}

/** All entries, each to be looked at. @param {Desk} desk @param {Doings} doings */
function everything(desk, doings) {
  const sections = [...new Set(desk.files.entries.map(({ section }) => section))];
  const lists = sections.map(section => {
    const items = inSection(desk, section).map(each =>
      make(
        "li",
        {},
        button(each.label || say`without words`, () => doings.goTo([each.section, each.id]), {
          class: "tw-quiet",
          "data-key": `all-${keyOf(each)}`
        }),
        ...(each.draft ? [" ", make("span", "tw-help", say`proposed`)] : []),
        ...(section === "factors" ? earlier(desk, doings, each) : [])
      )
    );
    return make(
      "div",
      {},
      make("h3", "tw-title", kindOf(section)),
      make("ul", "tw-list", ...items)
    );
  });
  return foldedAs(desk, "listed", say`Everything in the guide`, ...lists);
}
