// @ts-check
import { readAnswers, renamedAnswers, unrenamed, writtenAnswers } from "./answers.js";
import { fieldsOfCondition, forEveryone, readCondition, writtenCondition } from "./conditions.js";

/**
 * An entry as its form holds it, and what a form asks Python to do.
 *
 * @import { ConditionForm } from "./conditions.js"
 * @import { Span } from "./letters.js"
 * @typedef {{at: Span} | {lost: string}} QuoteField  words of the text, or words that are not in it
 * @typedef {Record<string, any>} Fields  of an entry, as the guide has them
 *
 * @typedef {object} Form  plain data, so that it can be kept for another day
 * @property {string} section
 * @property {string} id  "" for a new entry
 * @property {Fields} was  the fields when it was opened
 * @property {Record<string, any>} values  what stands in it now
 * @property {string} problem  why Python did not save it
 * @property {string} [from]  the tab that it was opened from
 * @property {boolean} [tried]  whether saving was tried
 * @property {string} [chosen]  the field for which the next selection of words is meant
 * @property {boolean} [open]  whether its further fields are shown
 * @property {boolean} [hedged]  whether its words say how firmly they mean it, which is then in sight
 * @property {any} [conflict]  what the entry is by now, where somebody else has changed it
 */

export const EFFECTS = ["prefer", "offer", "withhold"];
export const RELATIONS = ["combine", "order", "apart"];
const SAYS = [...EFFECTS, ...RELATIONS, "instead", "remark"];

// The field of a new entry that the selected words go to.
/** @type {Record<string, string>} */
export const QUOTING = { passages: "begins", scopes: "begins" };

// The field of a new entry that comes next, where its words are selected.
/** @type {Record<string, string>} */
export const FIRST_FIELD = {
  factors: "question",
  options: "name",
  statements: "effect",
  context: "reason",
  passages: "author"
};

/** @param {any} value @returns {any[]} */
const list = value => (value === undefined ? [] : [value].flat());

/**
 * @param {string} section
 * @param {Fields} fields
 * @param {string} [id]
 * @returns {Form}
 */
export const newForm = (section, fields, id = "") => ({
  section,
  id,
  was: fields,
  values: READERS[section](fields),
  problem: ""
});

/** @type {Record<string, (fields: Fields) => Record<string, any>>} */
const READERS = {
  passages: ({ author = "", begins = null }) => ({ author, begins }),
  factors: readFactor,
  options: readOption,
  groups: fields => ({ ...readOption(fields), options: list(fields.options) }),
  scopes: fields => ({
    begins: fields.begins ?? null,
    ends: fields.ends ?? null,
    passage: fields.passage ?? "",
    quote: list(fields.quote),
    condition: readCondition(fields)
  }),
  statements: readStatement,
  context: ({ quote, reason = "" }) => ({ quote: list(quote), reason }),
  grades: ({ title = "", meaning = "" }) => ({ title, meaning }),
  trees: ({ title = "", options }) => ({ title, options: list(options) }),
  examples: ({ title = "", answers = {} }) => ({ title, answers: { ...answers } }),
  "cases.yaml": ({ vignette = "", answers = {}, distractors }) => ({
    vignette,
    answers: Object.entries(answers).map(([factor, { value, words }]) => ({
      factor,
      value,
      words: list(words)
    })),
    distractors: list(distractors)
  })
};

/** @param {Fields} fields */
function readFactor({ question = "", quote, short = "", help = "", judgement, asked_if, ...more }) {
  return {
    question,
    quote: list(quote),
    ...readAnswers(more),
    short,
    help,
    judgement: judgement ?? null,
    asked: readCondition({ when: asked_if })
  };
}

/** @param {Fields} fields */
function readOption({ name = "", quote, short = "", synonyms, does }) {
  return {
    name,
    quote: list(quote),
    short,
    synonyms: list(synonyms).join("; "),
    does: list(does)
  };
}

/** @param {Fields} fields */
function readStatement(fields) {
  const says = SAYS.filter(key => fields[key] !== undefined).map(effect => ({
    effect,
    names: effect === "instead" || effect === "remark" ? [] : list(fields[effect])
  }));
  const { of = "", use = "" } = fields.instead ?? {};
  return {
    quote: list(fields.quote),
    says: says.length ? says : [{ effect: "", names: [] }],
    of,
    use,
    remark: fields.remark ?? "",
    condition: readCondition(fields),
    unless: fields.unless ? readCondition(unlessParts(fields.unless)) : forEveryone(),
    strength: fields.strength ?? "",
    grade: fields.grade ?? "",
    implied: fields.basis === "implied",
    because: fields.because ?? "",
    outweighs: list(fields.outweighs)
  };
}

/** @param {Fields} unless */
function unlessParts({ any, all, ...when }) {
  return { when: Object.keys(when).length ? when : undefined, any, all };
}

/** @type {Record<string, (values: any) => Fields>} */
const WRITERS = {
  passages: ({ author, begins }) => ({ author, begins }),
  factors: writeFactor,
  options: writeOption,
  groups: values => ({ ...writeOption(values), options: values.options }),
  scopes: ({ begins, ends, passage, quote, condition }) => ({
    begins,
    ends,
    passage,
    quote,
    ...writeCondition(condition)
  }),
  statements: writeStatement,
  context: ({ quote, reason }) => ({ quote, reason }),
  grades: ({ title, meaning }) => ({ title, meaning }),
  trees: ({ title, options }) => ({ title, options }),
  examples: ({ title, answers }) => ({
    title,
    answers: Object.fromEntries(Object.entries(answers).filter(([, answer]) => answer.trim()))
  }),
  "cases.yaml": ({ vignette, answers, distractors }) => ({
    vignette,
    answers: Object.fromEntries(
      answers.map((/** @type {any} */ { factor, value, words }) => [factor, { value, words }])
    ),
    distractors
  })
};

/** @param {any} values */
function writeFactor(values) {
  const { question, quote, short, help, judgement, asked } = values;
  const asked_if = asked ? { asked_if: writtenCondition(asked) } : {};
  return { question, quote, ...writtenAnswers(values), short, help, judgement, ...asked_if };
}

/** @param {any} values */
function writeOption({ name, quote, short, synonyms, does }) {
  return {
    name,
    quote,
    short,
    synonyms: synonyms
      .split(";")
      .map((/** @type {string} */ each) => each.trim())
      .filter(Boolean),
    does
  };
}

/** @param {any} values */
function writeStatement(values) {
  const { says, of, use, remark, unless, implied, because } = values;
  /** @type {Record<string, any>} */
  const said = Object.fromEntries(SAYS.map(key => [key, null]));
  for (const { effect, names } of says) {
    if (effect === "instead") said.instead = of || use ? { of, use } : null;
    else if (effect) said[effect] = effect === "remark" ? remark : names;
  }
  return {
    quote: values.quote,
    ...writeCondition(values.condition),
    ...(unless ? { unless: writtenCondition(unless) } : {}),
    ...said,
    strength: values.strength,
    grade: values.grade,
    basis: implied ? "implied" : null,
    because: implied ? because : null,
    outweighs: values.outweighs
  };
}

/** @param {ConditionForm | null} condition  null where it has a shape of its own, which stays */
const writeCondition = condition => (condition ? fieldsOfCondition(condition) : {});

/**
 * What a form asks Python to do; null where nothing has been changed.
 *
 * @param {Form} form
 * @returns {Record<string, any> | null}
 */
export function askedOf({ section, id, was, values }) {
  const fields = cleaned(WRITERS[section](values));
  if (!id) {
    const given = Object.entries(fields).filter(([, value]) => value !== null);
    return { do: "add", section, fields: Object.fromEntries(given) };
  }
  const before = cleaned(WRITERS[section](READERS[section](was)));
  const changed = Object.keys(fields).filter(key => !same(fields[key], before[key]));
  const renamed = section === "factors" ? renamedAnswers(/** @type {any} */ (values)) : {};
  // The answers are only called otherwise: that is a step of its own kind.
  const others = changed.filter(key => key !== "values" || !onlyRenamed(was, values, renamed));
  if (!others.length && !Object.keys(renamed).length) return null;
  return {
    do: "change",
    path: [section, id],
    fields: Object.fromEntries(others.map(key => [key, fields[key]])),
    was: Object.fromEntries(changed.map(key => [key, was[key] ?? null])),
    renamed
  };
}

/** @param {Fields} was @param {any} values @param {Record<string, string>} renamed */
const onlyRenamed = (was, values, renamed) =>
  Object.keys(renamed).length > 0 &&
  same(writtenAnswers(unrenamed(values)).values, writtenAnswers(readAnswers(was)).values);

/** Fields in which what is empty is null. @param {Fields} fields @returns {Fields} */
const cleaned = fields =>
  Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [key, isEmpty(value) ? null : value])
  );

/** @param {any} value */
const isEmpty = value =>
  value === undefined ||
  value === null ||
  (typeof value === "string" && !value.trim()) ||
  (typeof value === "object" && !Object.keys(value).length);

/** @param {any} one @param {any} other */
export const same = (one, other) => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
