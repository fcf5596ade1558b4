// @ts-check

/**
 * How a question is answered, as a guide writes it, and as its form holds it: yes or no, one of a
 * list, a number, ranges of a number with names, or points for the answers to other questions.
 *
 * @typedef {object} RangeForm  a range of numbers
 * @property {string} lowKind  "from" or "over"
 * @property {string} low
 * @property {string} highKind  "to" or "below"
 * @property {string} high
 * @typedef {RangeForm & {name: string, was?: string}} BandForm
 * @typedef {{factor: string, worth: {answer: string, points: string}[]}} PointsForm
 *
 * @typedef {object} AnswersForm
 * @property {string} kind
 * @property {{name: string, was?: string}[]} values
 * @property {BandForm[]} bands
 * @property {string} unit
 * @property {RangeForm} range
 * @property {string} also
 * @property {PointsForm[]} score
 */

/** @returns {RangeForm} */
export const noRange = () => ({ lowKind: "from", low: "", highKind: "below", high: "" });

/** @param {Record<string, any>} fields  of a question @returns {AnswersForm} */
export function readAnswers({ values, unit = "", range, also, score }) {
  const hasBands = values && typeof values === "object" && !Array.isArray(values);
  const listed = values && !hasBands ? [values].flat() : [];
  return {
    kind: kindOfAnswers({ values, unit, range, score, hasBands }),
    values: listed.map(name => ({ name, was: name })),
    bands: hasBands ? Object.entries(values).map(readBand) : [],
    unit,
    range: readRange(range),
    also: [also ?? []].flat().join("; "),
    score: Object.entries(score ?? {}).map(readPoints)
  };
}

/** @param {Record<string, any>} found */
function kindOfAnswers({ values, unit, range, score, hasBands }) {
  // Points in ranges with names are written by hand.
  if (score) return values ? "kept" : "score";
  if (hasBands) return "bands";
  if (values) return "list";
  return unit || range ? "number" : "yes-no";
}

/** @param {[string, any]} band @returns {BandForm} */
const readBand = ([name, bounds]) => ({ ...readRange(bounds), name, was: name });

/** @param {Record<string, string>} [bounds] @returns {RangeForm} */
function readRange({ from, over, to, below } = {}) {
  return {
    lowKind: over === undefined ? "from" : "over",
    low: from ?? over ?? "",
    highKind: to === undefined ? "below" : "to",
    high: to ?? below ?? ""
  };
}

/** @param {[string, any]} worth @returns {PointsForm} */
const readPoints = ([factor, worth]) => ({
  factor,
  worth: Object.entries(typeof worth === "string" ? { yes: worth } : worth).map(
    ([answer, points]) => ({ answer, points })
  )
});

/** @param {AnswersForm} form @returns {Record<string, any>} */
export function writtenAnswers({ kind, values, bands, unit, range, also, score }) {
  const none = { values: null, unit: null, range: null, also: null, score: null };
  const number = { unit, range: writtenRange(range) };
  const beside = also
    .split(";")
    .map(each => each.trim())
    .filter(Boolean);
  const named = values.map(({ name }) => name.trim()).filter(Boolean);
  /** @type {Record<string, Record<string, any>>} */
  const written = {
    "yes-no": none,
    list: { ...none, values: named },
    number: { ...none, ...number, also: beside },
    bands: { ...none, ...number, values: writtenBands(bands), also: beside },
    score: { ...none, ...number, score: writtenPoints(score) },
    kept: {}
  };
  return written[kind];
}

/** @param {RangeForm} range @returns {Record<string, string>} */
function writtenRange({ lowKind, low, highKind, high }) {
  return {
    ...(low.trim() ? { [lowKind]: numberOf(low) } : {}),
    ...(high.trim() ? { [highKind]: numberOf(high) } : {})
  };
}

/** @param {BandForm[]} bands */
const writtenBands = bands =>
  Object.fromEntries(
    bands.flatMap(band => (band.name.trim() ? [[band.name.trim(), writtenRange(band)]] : []))
  );

/** @param {PointsForm[]} score */
function writtenPoints(score) {
  const each = score.map(({ factor, worth }) => {
    const given = worth.filter(({ answer, points }) => answer.trim() && points.trim());
    const [only] = given;
    return /** @type {[string, any]} */ ([
      factor,
      given.length === 1 && only.answer === "yes"
        ? numberOf(only.points)
        : Object.fromEntries(given.map(({ answer, points }) => [answer.trim(), numberOf(points)]))
    ]);
  });
  return Object.fromEntries(each.filter(([, worth]) => Object.keys(worth).length));
}

/** As a guide writes a number. @param {string} typed */
const numberOf = typed => typed.trim().replace(",", ".");

/** Answers that are called otherwise now, each by its old name. @param {AnswersForm} form @returns {Record<string, string>} */
export const renamedAnswers = ({ kind, values, bands }) =>
  Object.fromEntries(
    (kind === "list" ? values : kind === "bands" ? bands : []).flatMap(({ name, was }) =>
      was && name.trim() && name.trim() !== was ? [[was, name.trim()]] : []
    )
  );

/** The same answers under their old names. @param {AnswersForm} form @returns {AnswersForm} */
export const unrenamed = form => ({
  ...form,
  values: form.values.map(each => ({ ...each, name: each.was ?? each.name })),
  bands: form.bands.map(each => ({ ...each, name: each.was ?? each.name }))
});

/** Whether a question is answered with a number that has no ranges with names. @param {Record<string, any>} fields */
export const isNumber = ({ unit, range, values, score }) =>
  Boolean((unit || range || score) && !values);

/** Whether a number is a number. @param {string} typed */
export const isNumeral = typed => /^-?\d+([.,]\d+)?$/.test(typed.trim());
