// @ts-check

/**
 * The words of screens, in the language of the guide: the same as `tree/messages/__init__.py`. An
 * English sentence is the name of its message and stands where it is used, so an English page
 * carries no catalog.
 *
 * @typedef {object} Messages  the catalog of a page, as `tree/web/catalog.py` writes it
 * @property {Record<string, string>} words  each sentence, with {} for what is filled in, and
 *   what it is in the language, with the numbers of the parts
 * @property {Record<string, string[]>} plurals  the sentence for one, with its forms
 * @property {string} forms  which form, by the count; from 100 on by its last two digits
 */

/** @type {Messages | undefined} */
let catalog;

/** Take the catalog of a payload; English has none. @param {{messages?: Messages}} payload */
export const speak = ({ messages }) => (catalog = messages);

/**
 * A sentence with its parts, as the tag of a template. A part ends in a name, for translators see it.
 *
 * @param {ReadonlyArray<string>} pieces
 * @param {...unknown} parts
 */
export function say(pieces, ...parts) {
  const words = catalog?.words[pieces.join("{}")];
  const written = parts.map(part => (typeof part === "number" ? number(part) : part));
  return words ? filled(words, written) : String.raw({ raw: pieces }, ...written);
}

/**
 * A number with the marks of the language, as a translator writes 1,234.5.
 *
 * @param {number} value
 * @returns {string}
 */
export function number(value) {
  const [group = "", decimal = ""] = say`1,234.5`.match(/\D/g) ?? [];
  const [whole, part] = `${value}`.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, group);
  return part ? grouped + decimal + part : grouped;
}

/** Words of others, between the quotation marks of the language. @param {string} words */
export const inQuotes = words => say`“${words}”`;

/**
 * A sentence that depends on a count.
 *
 * @param {string} one  for one
 * @param {string} many  for more; {count} stands for the number
 * @param {number} count
 */
export function plural(one, many, count) {
  const form = catalog?.forms[count < 100 ? count : 100 + (count % 100)];
  const words = catalog?.plurals[one]?.[Number(form)] ?? (count === 1 ? one : many);
  return filled(words, { count: number(count) });
}

/** @param {string} words @param {any} parts */
const filled = (words, parts) => words.replace(/{(\w+)}/g, (_, name) => parts[name]);

/** A value as it is written for people. @param {string} value */
export const valued = value => {
  const label = value.charAt(0).toUpperCase() + value.slice(1);
  return /^(yes|no|unknown|any)$/.test(value) ? say([label]) : label;
};

/** A standing as it stands within a sentence. @param {string} label */
export const within = label => label[0].toLowerCase() + label.slice(1);

/** Words one after the other. @param {string[]} words */
export const inARow = words => words.join(say`, `);

/** The same of what has commas of its own. @param {string[]} words */
export const inTurn = words => words.join(say`; `);

/** Words after what they are of; without words, what comes before. @param {string} label */
export const withColon = (label, words = "") => (words ? say`${label}: ${words}` : say`${label}:`);

/** Words of which one will do. @param {string[]} words */
export const either = words => listed(words, (others, last) => say`${others} or ${last}`);

/** Words all of which count. @param {string[]} words */
export const both = words => listed(words, (others, last) => say`${others} and ${last}`);

/** @param {string[]} words @param {(others: string, last: string) => string} end */
const listed = (words, end) =>
  words[1] ? end(inARow(words.slice(0, -1)), `${words.slice(-1)}`) : `${words}`;
