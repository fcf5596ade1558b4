// @ts-check
import { newForm, same } from "./forms.js";
import { lettersOf, overlaps, tokensOf, wordsAt } from "./letters.js";

/**
 * The state of the screen: what Python says of the files, and what the author is doing.
 *
 * @import { Form } from "./forms.js"
 * @import { Span, Token } from "./letters.js"
 *
 * @typedef {object} WrittenEntry  an entry of the guide, as Python describes it
 * @property {string} section
 * @property {string} id
 * @property {string} label  its own words
 * @property {boolean} draft
 * @property {Record<string, any>} fields
 * @property {Span[]} quotes
 * @property {Span[]} sentences
 * @property {string[]} says
 * @property {string} holds
 * @property {string} misses
 * @property {string} worst
 * @property {string[]} problems
 *
 * @typedef {object} Problem
 * @property {string} severity
 * @property {string} message
 * @property {string} where  in which file, where only an editor can correct it
 * @property {string[]} path  of its entry
 * @property {Span | null} at  its sentence, where it is about no entry
 * @property {string[]} conflict  the statements of one, what rules out first
 * @property {Record<string, string>} case  answers for which it is so, where the trees can show it
 *
 * @typedef {object} Files  what Python sends; `tree/authoring/screen_state.py` describes it
 * @property {boolean} begun
 * @property {string} folder  its name
 * @property {string} place  where it is
 * @property {boolean} ask
 * @property {{message: string}[]} [unreadable]
 * @property {Record<string, any>} guide
 * @property {string} text
 * @property {string} tag
 * @property {[number, number, string][]} passages
 * @property {[number, number, string][]} sentences
 * @property {WrittenEntry[]} entries
 * @property {string[]} order  of the questions
 * @property {{id: string, fields: any, read: boolean}[]} cases
 * @property {Record<string, {section: string, id: string, fields: any}[]>} titled  by section: what
 *   has a title, and holds one thing
 * @property {Record<string, string[]>} outcomes
 * @property {number} confirmed
 * @property {number} left
 * @property {Problem[]} problems
 * @property {{name: string, svg: string}[]} trees
 * @property {boolean} stale
 * @property {boolean} ok
 * @property {{what: string, where: string[]} | null} undo
 * @property {{what: string, where: string[]} | null} redo
 * @property {string} history
 *
 * @typedef {object} Desk
 * @property {Files} files
 * @property {string[]} letters  of the text
 * @property {number} mark  a number that is another one for another text
 * @property {Token[]} tokens
 * @property {string} tab
 * @property {Span | null} selected
 * @property {Form[]} forms  the one that is worked on last; those before it wait for what it makes
 * @property {string} at  the entry that is reviewed, as `keyOf` names it
 * @property {string} said  what was done last
 * @property {string} trouble  why it was not
 * @property {string[]} cleaned  what was cleaned of the text that was pasted, line by line
 * @property {boolean} silent  whether Python does not answer
 * @property {boolean} working  whether a step is on its way
 * @property {boolean} busy  whether an assistant is asked
 * @property {Record<string, any>} draft  what stands in the view of drafts
 * @property {string} focus  the key of the control that is to be used next; "" for the same as before
 * @property {boolean} listed  whether the list of all entries is open
 * @property {boolean} about  whether what holds for the whole guide is open
 * @property {Record<string, any> | null} whole  what stands in the form of the whole guide
 * @property {boolean} atTop  whether the panel goes back to its beginning
 * @property {any} removal  an entry that others name, with their names
 */

/** @param {Files} files @returns {Desk} */
export function newDesk(files) {
  /** @type {Desk} */
  const desk = {
    files,
    letters: [],
    mark: 0,
    tokens: [],
    tab: "",
    selected: null,
    forms: [],
    at: "",
    said: "",
    trouble: "",
    cleaned: [],
    silent: false,
    working: false,
    busy: false,
    draft: { text: "", answer: "", model: "" },
    focus: "",
    listed: false,
    about: !files.guide.subject && !files.entries.length,
    whole: null,
    atTop: false,
    removal: null
  };
  takeFiles(desk, files);
  if (files.begun && !files.unreadable) {
    desk.tab = files.left ? "review" : "write";
    desk.selected = files.entries.find(({ draft }) => draft)?.quotes[0] ?? null;
    desk.forms = keptForms(desk);
  }
  return desk;
}

/** Take what Python says of the files now; whether the text is another one. @param {Desk} desk @param {Files} files */
export function takeFiles(desk, files) {
  const isNew = files.text !== desk.files.text || !desk.tokens.length;
  // A draft, or an editor, has said what holds for the whole guide.
  if (!same(files.guide, desk.files.guide)) desk.whole = null;
  desk.files = files;
  if (!isNew || files.text === undefined) return false;
  desk.letters = lettersOf(files.text);
  desk.mark = markOf(desk.letters);
  // Places in an old text would be other words in the new one.
  if (desk.forms.length) desk.forms = keptForms(desk);
  desk.tokens = tokensOf(files.text, files.tag);
  desk.selected = null;
  return true;
}

/** @param {{section: string, id: string}} entry */
export const keyOf = ({ section, id }) => `${section}/${id}`;

/** @param {Desk} desk @param {string[]} path */
export const entryAt = ({ files }, [section, id]) =>
  files.entries.find(each => each.section === section && each.id === id);

/** The entry that a review shows: the one that was chosen, or the first that waits. @param {Desk} desk */
export const reviewed = ({ files: { entries }, at }) =>
  entries.find(entry => keyOf(entry) === at) ?? entries.find(({ draft }) => draft);

/** The entries of a section; questions in the order in which they are asked. @param {Desk} desk @param {string} section */
export function inSection({ files }, section) {
  const found = files.entries.filter(each => each.section === section);
  if (section !== "factors") return found;
  return found.sort((one, other) => files.order.indexOf(one.id) - files.order.indexOf(other.id));
}

/** What quotes something of the sentences that a span meets. @param {Desk} desk @param {Span} span */
export function madeOf({ files }, span) {
  const met = files.sentences.filter(([start, end]) => overlaps([start, end], span));
  return files.entries.filter(({ quotes }) =>
    quotes.some(quote => met.some(([start, end]) => overlaps([start, end], quote)))
  );
}

/** The sentence that a letter stands in, or the next one. @param {Desk} desk @param {number} at */
export const sentenceAt = ({ files }, at) => files.sentences.find(([, end]) => at < end);

/** The next sentence of which nothing was made. @param {Desk} desk */
export function nextUnclaimed({ files, selected }) {
  const open = files.sentences.filter(([, , use]) => use === "unclaimed");
  return open.find(([start]) => start > (selected?.[0] ?? -1)) ?? open[0];
}

/** @param {Desk} desk */
export const formOf = ({ forms }) => forms[forms.length - 1];

/** @param {Desk} desk @param {Span} span */
export const quoteOf = ({ letters }, span) => wordsAt(letters, span);

/** A factor, option or statement in words. @param {Desk} desk @param {string} section @param {string} id */
export const calledBy = (desk, section, id) =>
  desk.files.entries.find(each => each.section === section && each.id === id)?.label ?? id;

/** Put words of the text into a field of the form. @param {Desk} desk @param {string} key @param {Span} span */
export function takeWords(desk, key, span) {
  const form = formOf(desk);
  const { values, section } = form;
  values[key] = Array.isArray(values[key]) ? [...values[key], { at: span }] : { at: span };
  // What an option is called is mostly what the text calls it.
  if (key === "quote" && /^(options|groups)$/.test(section)) values.name ||= quoteOf(desk, span);
  delete form.chosen;
}

/** What stands in an entry by now, of whatever kind. @param {Desk} desk @param {string[]} path @returns {Record<string, any> | undefined} */
export function fieldsAt({ files }, [section = "", id = ""]) {
  const all = { "cases.yaml": files.cases, ...files.titled }[section];
  const found = all
    ? all.find(each => each.id === id)
    : files.entries.find(each => each.section === section && each.id === id);
  return found?.fields;
}

/** The form of a first author, if the text begins before all authors that are named. @param {Desk} desk */
export function formOfFirstAuthor(desk) {
  const [start = 0, end = 0] = desk.files.sentences[0] ?? [];
  const begin = inSection(desk, "passages").map(({ quotes: [first] }) => first?.[0] ?? start);
  const isMissing = begin.length > 0 && Math.min(...begin) > start;
  return isMissing ? newForm("passages", { begins: { at: [start, end] } }) : null;
}

const LONGEST = 60; // letters of a quote beside a name

/** @param {string} words */
export const shortened = words =>
  words.length > LONGEST ? `${words.slice(0, LONGEST).replace(/\s+\S*$/, "")} …` : words;

/** Where half-filled forms of a text are kept, so that a page that is loaded anew has them. @param {Desk} desk */
const storeOf = ({ files, mark }) => `tree-workshop:${files.place}:${mark}`;

/** @param {string[]} letters */
const markOf = letters =>
  letters.reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) | 0, 7);

/** @param {Desk} desk */
export function keepForms(desk) {
  try {
    sessionStorage.setItem(storeOf(desk), JSON.stringify(desk.forms));
  } catch {
    // A browser may keep nothing; then the forms last as long as the page.
  }
}

/** @param {Desk} desk @returns {Form[]} */
function keptForms(desk) {
  try {
    const kept = JSON.parse(sessionStorage.getItem(storeOf(desk)) ?? "[]");
    // Another guide in a folder of this name, or a newer form, has nothing to do with them.
    const fits = (/** @type {Form} */ { section, id, was }) =>
      !id || same(fieldsAt(desk, [section, id]), was);
    return Array.isArray(kept) && kept.every(fits) ? kept : [];
  } catch {
    return [];
  }
}
