// @ts-check
import { button, folded, make, on } from "../explorer/elements.js";
import { inSection, quoteOf, shortened, takeWords } from "./desk.js";
import { isWithin } from "./letters.js";
import { say } from "../messages.js";

/**
 * What forms are made of. What is typed goes into the form's values at once; what changes the shape
 * of a form shows it anew, and the focus comes back by the key of its control.
 *
 * @import { Desk } from "./desk.js"
 * @import { Form, QuoteField } from "./forms.js"
 * @import { Doings } from "./doing.js"
 *
 * @typedef {object} FormContext  what a field needs to know
 * @property {Desk} desk
 * @property {Form} form
 * @property {Doings} doings
 */

/** @param {string} name @param {HTMLElement} control @param {string} [help] */
export const labelled = (name, control, help = "") =>
  make(
    "label",
    "tw-field",
    make("span", "tw-name", name),
    control,
    ...(help ? [make("span", "tw-help", help)] : [])
  );

/** Fields that belong together, under one name. @param {string} name @param {...(Node | string)} parts */
export const grouped = (name, ...parts) =>
  make("fieldset", "tw-field", make("legend", "tw-name", name), ...parts);

/**
 * A line to type in, which writes into a value.
 *
 * @param {Record<string, any>} values
 * @param {string} key
 * @param {Record<string, string>} [attributes]
 */
export function lineField(values, key, attributes = {}) {
  const tag = attributes.rows ? "textarea" : "input";
  const field = /** @type {HTMLInputElement} */ (make(tag, { "data-key": key, ...attributes }));
  field.value = values[key] ?? "";
  on(field, "input", () => (values[key] = field.value));
  return field;
}

/**
 * @param {[value: string, label: string][]} choices
 * @param {string} value
 * @param {(value: string) => void} choose
 * @param {Record<string, string>} [attributes]
 */
export function choiceField(choices, value, choose, attributes = {}) {
  const field = /** @type {HTMLSelectElement} */ (make("select", attributes));
  for (const [each, label] of choices) field.append(make("option", { value: each }, label));
  field.value = value;
  on(field, "change", () => choose(field.value));
  return field;
}

/** @param {string} label @param {boolean} checked @param {(checked: boolean) => void} check @param {string} key */
export function checkField(label, checked, check, key) {
  const field = /** @type {HTMLInputElement} */ (
    make("input", { type: "checkbox", "data-key": key })
  );
  field.checked = checked;
  on(field, "change", () => check(field.checked));
  return make("label", "tw-check", field, " ", label);
}

/** Something chosen that can be taken away. @param {string} words @param {() => void} takeAway @param {string} key */
export const chip = (words, takeAway, key) =>
  make(
    "span",
    "tw-chip",
    words,
    button("×", takeAway, { "aria-label": say`Take away: ${words}`, "data-key": key })
  );

/**
 * Words of the text, taken by selecting them.
 *
 * @param {FormContext} context
 * @param {string} name
 * @param {string} key  a value that is a quote, or a list of them
 * @param {boolean} [needed]
 */
export function quoteField({ desk, form, doings }, name, key, needed = false) {
  const { values } = form;
  const isList = Array.isArray(values[key]);
  /** @type {QuoteField[]} */
  const quotes = isList ? values[key] : values[key] ? [values[key]] : [];
  const chosen = quotes.map((quote, i) => {
    const words = "at" in quote ? quoteOf(desk, quote.at) : say`Not in the text: ${quote.lost}`;
    const takeAway = () => {
      values[key] = isList ? quotes.filter(other => other !== quote) : null;
      doings.change({});
    };
    return isList && needed && quotes.length === 1
      ? make("span", "tw-chip tw-quote", words)
      : chip(words, takeAway, `${key}-${i}`);
  });
  const more = takeButton({ desk, form, doings }, key, quotes);
  return grouped(name, ...chosen, more);
}

/**
 * Takes the words that are selected; where there are none, or they are there already, it waits for
 * others.
 *
 * @param {FormContext} context
 * @param {string} key
 * @param {QuoteField[]} quotes
 */
function takeButton({ desk, form, doings }, key, quotes) {
  const { values } = form;
  const { selected } = desk;
  const isList = Array.isArray(values[key]);
  const isThere = quotes.some(quote => "at" in quote && selected && isWithin(selected, quote.at));
  const waits = form.chosen === key;
  if (selected && !isThere && !waits) {
    const words = shortened(quoteOf(desk, selected));
    const take = () => {
      takeWords(desk, key, selected);
      doings.change({});
    };
    const label = quotes.length && isList ? say`Add “${words}”` : say`Take “${words}”`;
    return button(label, take, { "data-key": `${key}-more` });
  }
  const wait = () => {
    if (waits) delete form.chosen;
    else form.chosen = key;
    doings.change({});
  };
  const words = waits
    ? say`Now select the words in the text …`
    : quotes.length
      ? say`Other words`
      : say`Select words`;
  return button(words, wait, { "data-key": `${key}-more`, "aria-pressed": `${waits}` });
}

/**
 * Several entries of a kind, chosen one by one; a new one can be made on the way.
 *
 * @param {FormContext} context
 * @param {string} name
 * @param {string} key
 * @param {[id: string, label: string][]} all
 * @param {string} more  the words for a new one; "" where none can be made
 * @param {number} [row]  of what a statement says, whose names they are
 */
export function namesField({ form, doings }, name, key, all, more, row) {
  const values = row === undefined ? form.values : form.values.says[row];
  const labels = Object.fromEntries(all);
  /** @type {string[]} */
  const chosen = values[key];
  const left = all.filter(([id]) => !chosen.includes(id));
  const chips = chosen.map(id => {
    const takeAway = () => {
      values[key] = chosen.filter(other => other !== id);
      doings.change({});
    };
    return chip(labels[id] ?? id, takeAway, `${key}-${id}`);
  });
  const add = choiceField(
    [["", chosen.length ? say`and also …` : say`Choose …`], ...left, ...made(more)],
    "",
    id => {
      if (id === NEW) makeFirst(form, doings, { kind: "names", field: key, row }, "options");
      else if (id) {
        values[key] = [...chosen, id];
        doings.change({});
      }
    },
    { "data-key": `${key}${row ?? ""}-more`, "aria-label": name }
  );
  return grouped(name, ...chips, ...(left.length || more ? [add] : []));
}

const NEW = "+new";

/** @param {string} more @returns {[string, string][]} */
export const made = more => (more ? [[NEW, more]] : []);

/** Whether a choice asks for a new entry. @param {string} id */
export const isNew = id => id === NEW;

/**
 * Let a form wait for an entry that is made first.
 *
 * @param {Form} form
 * @param {Doings} doings
 * @param {Record<string, any>} wants
 * @param {string} section
 */
export function makeFirst(form, doings, wants, section) {
  form.values.wants = wants;
  doings.begin(section);
}

/** Fields that most entries do without. @param {Form} form @param {...HTMLElement} parts */
export const furtherFields = (form, ...parts) => foldedAs(form, "open", say`More`, ...parts);

/**
 * What is folded, and stays as the author left it when it is shown anew.
 *
 * @param {Record<string, any>} holder
 * @param {string} key  where it says whether it is open
 * @param {string} summary
 * @param {...HTMLElement} parts
 */
export function foldedAs(holder, key, summary, ...parts) {
  const element = folded(summary, "tw-more", ...parts);
  element.open = Boolean(holder[key]);
  // The event comes late, also from an element that was replaced meanwhile.
  on(element, "toggle", () => {
    if (element.isConnected) holder[key] = element.open;
  });
  return element;
}

/** Options and groups. @param {Desk} desk @returns {[string, string][]} */
export const namesOf = desk =>
  [...inSection(desk, "options"), ...inSection(desk, "groups")].map(({ id, label }) => [id, label]);
