// @ts-check
import { isNumeral, writtenAnswers } from "./answers.js";
import { EFFECTS, RELATIONS } from "./forms.js";
import { say } from "../messages.js";

/**
 * What a form still needs before it can be saved. Without it, an entry would be saved that says
 * nothing, or something else than its author meant.
 *
 * @import { Form } from "./forms.js"
 */

const QUOTED = ["factors", "options", "groups", "statements", "context"];

/** The first thing that is missing, in words; "" where nothing is. @param {Form} form */
export function missingIn(form) {
  const { section, values } = form;
  if (values.picking) return say`Press Take in the condition first, or Cancel.`;
  if (QUOTED.includes(section) && !values.quote.length)
    return say`Select the words in the text first.`;
  return MISSING[section]?.(form) ?? "";
}

/** @type {Record<string, (form: Form) => string>} */
const MISSING = {
  passages: ({ values: { author, begins } }) => {
    if (isBlank(author)) return say`Say who wrote it.`;
    return begins ? "" : say`Select its first words in the text.`;
  },
  scopes: ({ values: { begins, passage, condition } }) => {
    if (!begins && !passage) return say`Select its first words in the text.`;
    return condition && !condition.lines.length ? say`Choose the condition.` : "";
  },
  factors: missingInFactor,
  options: ({ values: { name } }) => (isBlank(name) ? say`Say what it is called.` : ""),
  groups: ({ values: { name, options } }) => {
    if (isBlank(name)) return say`Say what it is called.`;
    return options.length ? "" : say`Choose which options they are.`;
  },
  statements: missingInStatement,
  context: ({ values: { reason } }) => (isBlank(reason) ? say`Say why it decides nothing.` : ""),
  grades: ({ values: { title, meaning } }) => {
    if (isBlank(title)) return say`Write the grade as the text does.`;
    return isBlank(meaning) ? say`Say what it means.` : "";
  },
  trees: ({ values: { title, options } }) => {
    if (isBlank(title)) return say`Say what it is called.`;
    return options.length ? "" : say`Choose which options they are.`;
  },
  examples: ({ values: { title, answers } }) => {
    if (isBlank(title)) return say`Say what it is called.`;
    return Object.values(answers).some(answer => !isBlank(answer))
      ? ""
      : say`Give one answer at least.`;
  }
};

/** @param {Form} form */
function missingInFactor(form) {
  const { question, kind, values, unit, range, bands } = form.values;
  const named = (/** @type {any[]} */ rows) => rows.filter(({ name }) => !isBlank(name));
  if (isBlank(question)) return say`Write the question.`;
  if (kind === "list" && named(values).length < 2) return say`Write two answers or more.`;
  if (kind === "number" && isBlank(unit) && isBlank(range.low + range.high))
    return say`Say what the number counts, such as days.`;
  if (kind === "bands" && named(bands).length < 2) return say`Write two ranges or more.`;
  if (
    kind === "score" &&
    !Object.keys(writtenAnswers(/** @type {any} */ (form.values)).score).length
  )
    return say`Say which answers give points, and how many.`;
  return wrongNumber(form.values);
}

/** A number that is none. @param {any} values */
function wrongNumber({ kind, range, bands, score }) {
  const ranges = kind === "bands" ? [range, ...bands] : kind === "number" ? [range] : [];
  const points = kind === "score" ? score.flatMap((/** @type {any} */ { worth }) => worth) : [];
  const typed = [
    ...ranges.flatMap(({ low, high }) => [low, high]),
    ...points.map((/** @type {any} */ each) => each.points)
  ];
  const words = typed.find(each => !isBlank(each) && !isNumeral(each));
  return words ? say`A number such as 18 or 38.5 belongs here, not “${words}”.` : "";
}

/** @param {Form} form */
function missingInStatement({ values }) {
  const { says, of, use, remark, implied, because } = values;
  if (!says[0].effect) return say`Choose what the words say.`;
  for (const { effect, names } of says) {
    if ([...EFFECTS, ...RELATIONS].includes(effect) && !names.length)
      return say`Choose the options that the words speak of.`;
    if (effect === "instead" && !(of && use)) return say`Choose both options.`;
    if (effect === "remark" && isBlank(remark)) return say`Write in short what the words say.`;
  }
  return implied && isBlank(because) ? say`Say how it follows from the words.` : "";
}

/** @param {string} words */
const isBlank = words => !words?.trim();
