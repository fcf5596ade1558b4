// @ts-check

/**
 * A condition as a guide writes it, and as its form holds it: lines of chips.
 *
 * All lines hold together, and of the chips of a line one will do; or the other way round, one line
 * will do, and all its chips hold together. What has another shape is null: it is shown, and changed
 * in the file.
 *
 * @typedef {string | string[] | Record<string, any>} Asked  the value of a factor: one, several, what
 *   it is not, or limits
 * @typedef {{factor: string, value: Asked}} FactorChip
 * @typedef {{count: string, number: string, of: Record<string, Asked>}} CountChip
 * @typedef {FactorChip | CountChip} Chip
 * @typedef {{mode: "all" | "one", lines: Chip[][]}} ConditionForm
 *
 * @typedef {object} Picking  where a new chip goes, and what is chosen for it so far
 * @property {string} field
 * @property {number} line
 * @property {string} factor
 * @property {Record<string, string>} [limits]
 * @property {string[]} [checked]
 */

export const COUNTS = ["at_least", "at_most", "exactly"];

/** @returns {ConditionForm} */
export const forEveryone = () => ({ mode: "all", lines: [] });

/**
 * @param {Record<string, any>} fields  `when`, `any` and `all` of an entry
 * @returns {ConditionForm | null}
 */
export function readCondition({ when, any, all }) {
  const alternatives = Array.isArray(any) ? any : null;
  if (alternatives && !all && alternatives.some(each => size(each) > 1)) {
    return anyOfLines(when ?? {}, alternatives);
  }
  const lines = [];
  for (const part of [when, any && { any }, ...[all ?? []].flat()]) {
    if (part === undefined) continue;
    for (const [key, value] of Object.entries(part)) {
      if (key === "all") return null;
      const line = key === "any" ? oneOf(value) : plainChips({ [key]: value });
      if (!line) return null;
      // Of counts of one kind each is a condition of its own.
      lines.push(...(key === "any" ? [line] : line.map(chip => [chip])));
    }
  }
  return { mode: "all", lines };
}

/**
 * @param {ConditionForm} form
 * @returns {Record<string, any>}  as one mapping, with `any` and `all` inside
 */
export function writtenCondition({ mode, lines }) {
  const full = lines.filter(({ length }) => length);
  if (mode === "one" && full.length > 1) {
    return { any: full.map(line => together(line) ?? { all: line.map(alone) }) };
  }
  const single = mode === "one" ? (full[0] ?? []).map(chip => [chip]) : full;
  /** @type {Record<string, any>} */
  const found = {};
  /** @type {Record<string, any>[]} */
  const further = [];
  for (const line of single) {
    if (line.length === 1) {
      if (!add(found, line[0])) further.push(alone(line[0]));
    } else further.push({ any: together(line) ?? line.map(alone) });
  }
  if (further.length === 1 && further[0].any) return { ...found, any: further[0].any };
  return further.length ? { ...found, all: further } : found;
}

/** The keys of an entry for a condition; null takes a key away. @param {ConditionForm} form */
export function fieldsOfCondition(form) {
  const { any = null, all = null, ...when } = writtenCondition(form);
  return { when: size(when) ? when : null, any, all };
}

/**
 * What holds in any case stands in every line.
 *
 * @param {Record<string, any>} when
 * @param {Record<string, any>[]} alternatives
 * @returns {ConditionForm | null}
 */
function anyOfLines(when, alternatives) {
  const lines = alternatives.map(each => plainChips({ ...when, ...each }));
  const twice = alternatives.some(each => Object.keys(each).some(key => key in when));
  if (twice || !lines.every(Boolean)) return null;
  return { mode: "one", lines: /** @type {Chip[][]} */ (lines) };
}

/** @param {Record<string, any>} mapping @returns {Chip[] | null} */
function plainChips(mapping) {
  /** @type {Chip[]} */
  const chips = [];
  for (const [key, value] of Object.entries(mapping)) {
    if (key === "any" || key === "all") return null;
    if (!COUNTS.includes(key)) chips.push({ factor: key, value });
    else {
      for (const [number, of] of Object.entries(value)) chips.push({ count: key, number, of });
    }
  }
  return chips;
}

/** @param {any} value  what stands under `any` @returns {Chip[] | null} */
function oneOf(value) {
  if (!Array.isArray(value)) return plainChips(value);
  if (value.some(each => size(each) > 1)) return null;
  const found = value.map(plainChips);
  return found.every(Boolean) ? /** @type {Chip[]} */ (found.flat()) : null;
}

/** Chips as one mapping, or null where a key would stand twice. @param {Chip[]} chips */
function together(chips) {
  /** @type {Record<string, any>} */
  const found = {};
  return chips.every(chip => add(found, chip)) ? found : null;
}

/** @param {Chip} chip */
const alone = chip => /** @type {Record<string, any>} */ (together([chip]));

/** Whether there was room for a chip. @param {Record<string, any>} found @param {Chip} chip */
function add(found, chip) {
  if ("factor" in chip) {
    if (chip.factor in found) return false;
    found[chip.factor] = chip.value;
    return true;
  }
  if (found[chip.count]?.[chip.number]) return false;
  found[chip.count] = { ...found[chip.count], [chip.number]: chip.of };
  return true;
}

/** @param {any} value */
const size = value => Object.keys(value ?? {}).length;

/** What has been picked so far, as a chip; null where that is nothing yet. @param {Picking} picking @returns {FactorChip | null} */
export function pickedChip({ factor, checked = [], limits = {} }) {
  const given = Object.entries(limits).filter(([, number]) => number.trim());
  if (given.length) {
    const numbers = given.map(([bound, number]) => [bound, number.trim().replace(",", ".")]);
    return { factor, value: Object.fromEntries(numbers) };
  }
  return checked.length ? { factor, value: checked.length === 1 ? checked[0] : checked } : null;
}

/** End the picking in a form: its chip goes where it was picked for. @param {Record<string, any>} values @param {Chip | null} chip */
export function takeChip(values, chip) {
  const { field, line } = values.picking;
  delete values.picking;
  if (!chip) return;
  const { lines } = values[field];
  if (lines[line]) lines[line].push(chip);
  else lines.push([chip]);
}
