import { button, download, draw, make, optionReasons, outcomeParts, walk } from "./explorer.js";

/**
 * Practising in the static page.
 *
 * It holds no rule of medicine and none of grading but one: the steps are walked in their order,
 * and the first whose answer is not accepted is where the reading left the text. What the steps
 * are, what they accept and what is told of every answer stands in the worksheet (see
 * worksheet.py), which lies packed in the page, so that it is not read by accident.
 *
 * In this order: types · the worksheet · grading · rounds · the record · what is told · the
 * screen · the page. In the page all scripts are one module, so names must not meet explorer.js's.
 *
 * @typedef {import("./explorer.js").Payload} Payload
 * @typedef {{guide: string, digest: string, seed: number, length: number,
 *   pull: number, fades: number, kinds: string[], factors: number,
 *   rows: [id: string, asks: string, help: string, values: [string, string][]][],
 *   questions: PackedQuestion[], steps: PackedStep[], quotes: [string, number[]][],
 *   sentences: string[][], choices: [string, string][], cases: [string, string][],
 *   words: string[]}} Worksheet
 * @typedef {[id: string, kind: number, patient: number, asks: number, option: number,
 *   choices: number[], steps: number[], walk: number[]]} PackedQuestion
 * @typedef {[row: number, onPath: number, accepted: number[], factor: number, statement: number,
 *   quotes: number, words: number[], read: number, says: number[],
 *   others: [value: number, statement: number, quotes: number, words: number[]][]]} PackedStep
 * @typedef {{line: string, sentences: string[][]}} Quoted
 * @typedef {{row: number, onPath: boolean, accepted: number[], factor: string,
 *   statement: string, quotes: Quoted, words: number[], read: Quoted,
 *   wrong: (value: number) => Divergence}} Step
 * @typedef {{step: Step, given: number, says: string, statement: string, quotes: Quoted,
 *   words: number[]}} Divergence
 * @typedef {{id: string, kind: string, patient: string, story: string, asks: string,
 *   option: string, choices: [string, string][], steps: Step[], rows: number[],
 *   walk: number[]}} Asked
 * @typedef {Map<number, number>} Chosen  row → the number of the chosen value
 * @typedef {{divergence: Divergence | null, asides: Divergence[], judged: [Step, boolean][]}} Grade
 * @typedef {{right: boolean, factor: string, statement: string, option: string,
 *   words: string}} Judged
 * @typedef {{guide: string, guide_digest: string, question: string, kind: string, case: string,
 *   answer: unknown, right: boolean, factor: string | null, statement: string | null,
 *   option: string | null, expected: string, given: string, seconds: number, round: string,
 *   judged: Judged[], id: string, at: string, learner: string}} Attempt
 * @typedef {{id: string, guide_digest: string, questions: string[], position: number}} Round
 * @typedef {{format: string, version: number, learner: string, attempts: Attempt[],
 *   rounds: number, round: Round | null}} Kept
 */

const CHOICES = -1;
const HINTS = 2;
const PRACTISE = "#practise";
const RECORD = { format: "practice-record", version: 1 };

// --- the worksheet -----------------------------------------------------------------------

/**
 * @param {string} packed
 * @returns {Promise<Worksheet>}
 */
export async function unpack(packed) {
  const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return JSON.parse(await new Response(stream).text());
}

/**
 * A question of the worksheet, its numbers resolved.
 *
 * @param {Worksheet} sheet
 * @param {number} number
 * @returns {Asked}
 */
export function questionOf(sheet, number) {
  const [id, kind, patient, asks, option, choices, steps, walked] = sheet.questions[number];
  const resolved = steps.map((step) => stepOf(sheet, step));
  return {
    id,
    kind: sheet.kinds[kind],
    patient: sheet.cases[patient][0],
    story: sheet.cases[patient][1],
    asks: sheet.words[asks],
    option: sheet.words[option],
    choices: choices.map((choice) => sheet.choices[choice]),
    steps: resolved,
    rows: resolved.map(({ row }) => row).sort((a, b) => a - b),
    walk: walked,
  };
}

/**
 * @param {Worksheet} sheet
 * @param {number} number
 * @returns {Step}
 */
function stepOf(sheet, number) {
  const [row, onPath, accepted, factor, statement, quotes, words, read, says, others] =
    sheet.steps[number];
  /** @param {number} quoted @returns {Quoted} */
  const quotedAs = (quoted) => {
    const [line, sentences] = sheet.quotes[quoted];
    return { line, sentences: sentences.map((each) => sheet.sentences[each]) };
  };
  /** @type {Step} */
  const step = {
    row,
    onPath: onPath === 1,
    accepted,
    factor: sheet.words[factor],
    statement: sheet.words[statement],
    quotes: quotedAs(quotes),
    words,
    read: quotedAs(read),
    wrong(given) {
      const other = others.find(([value]) => value === given);
      return {
        step,
        given,
        says: sheet.words[says[given]],
        statement: other ? sheet.words[other[1]] : step.statement,
        quotes: other ? quotedAs(other[2]) : step.quotes,
        words: other ? other[3] : step.words,
      };
    },
  };
  return step;
}

/**
 * What can be chosen in a row, with the words for it.
 *
 * @param {Worksheet} sheet
 * @param {Asked} asked
 * @param {number} row
 */
const valuesIn = (sheet, asked, row) => (row === CHOICES ? asked.choices : sheet.rows[row][3]);

// --- grading -----------------------------------------------------------------------------

/**
 * @param {Asked} asked
 * @param {Chosen} chosen
 * @returns {Grade}
 */
export function gradeOf({ steps }, chosen) {
  /** @type {Grade} */
  const found = { divergence: null, asides: [], judged: [] };
  for (const step of steps) {
    const given = chosen.get(step.row) ?? NaN;
    const right = step.accepted.includes(given);
    if (step.onPath && !found.divergence) {
      found.judged.push([step, right]);
      if (!right) found.divergence = step.wrong(given);
    } else if (!step.onPath && !right) {
      found.asides.push(step.wrong(given));
    }
  }
  return found;
}

/**
 * A graded answer as the record keeps it, but for its id, time and learner.
 *
 * @param {Worksheet} sheet
 * @param {Asked} asked
 * @param {Chosen} chosen
 * @param {Grade} grade
 * @returns {Omit<Attempt, "id" | "at" | "learner" | "round" | "seconds">}
 */
export function attemptOf(sheet, asked, chosen, { divergence, judged }) {
  const optionIn = (/** @type {Step} */ { row }) =>
    row < sheet.factors ? asked.option : sheet.rows[row][0];
  const labelOf = (/** @type {number} */ row, /** @type {number} */ value) =>
    valuesIn(sheet, asked, row)[value][1];
  const step = divergence?.step;
  return {
    guide: sheet.guide,
    guide_digest: sheet.digest,
    question: asked.id,
    kind: asked.kind,
    case: asked.patient,
    answer: answerOf(sheet, asked, chosen),
    right: !divergence,
    factor: step?.factor || null,
    statement: divergence?.statement || null,
    option: (step && optionIn(step)) || null,
    expected: step ? labelOf(step.row, step.accepted[0]) : "",
    given: divergence ? labelOf(divergence.step.row, divergence.given) : "",
    judged: judged.map(([step, right]) => {
      // Where the text is silent, misread was what it says for other patients.
      const about = right || !divergence ? step : divergence;
      const { statement, quotes } = about;
      const { factor } = step;
      return { right, factor, statement, option: optionIn(step), words: quotes.line };
    }),
  };
}

/**
 * @param {Worksheet} sheet
 * @param {Asked} asked
 * @param {Chosen} chosen
 */
function answerOf(sheet, asked, chosen) {
  if (asked.rows[0] === CHOICES) return asked.choices[chosen.get(CHOICES) ?? 0][0];
  const said = [...chosen].sort(([a], [b]) => a - b).map(([row, value]) => {
    const [id, , , values] = sheet.rows[row];
    return { option: row >= sheet.factors, entry: [id, values[value][0]] };
  });
  const part = (/** @type {boolean} */ options) =>
    Object.fromEntries(said.filter(({ option }) => option === options).map(({ entry }) => entry));
  const withOptions = asked.rows.some((row) => row >= sheet.factors);
  return withOptions ? { factors: part(false), options: part(true) } : part(false);
}

// --- rounds: as practising.py draws them, with chance of its own ---------------------------

/**
 * Numbers between 0 and 1, the same ones for the same seed. Python's chance is another one: with
 * the same seed, the notebook and the page draw by the same rule, but not the same questions.
 *
 * @param {string} seed
 */
function chanceOf(seed) {
  let state = 0;
  const next = () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
  };
  for (const letter of seed) state = (next() * 2 ** 32) ^ (letter.codePointAt(0) ?? 0);
  return next;
}

/**
 * The first attempt at each question of each round: what came before any feedback.
 *
 * @param {Attempt[]} attempts
 */
function firstTries(attempts) {
  const found = new Map();
  for (const attempt of attempts) {
    const key = JSON.stringify([attempt.round, attempt.question]);
    if (!found.has(key)) found.set(key, attempt);
  }
  return /** @type {Attempt[]} */ ([...found.values()]);
}

/**
 * A round: questions by number, the kinds in turn, shuffled, and those drawn more often in which
 * something was misread; newer readings count more.
 *
 * @param {Worksheet} sheet
 * @param {Attempt[]} attempts
 * @param {string} seed
 * @param {number} [length]
 */
export function drawRound(sheet, attempts, seed, length = sheet.length) {
  /** @type {Map<string, number>} */
  const trouble = new Map();
  for (const { judged } of firstTries(attempts)) {
    for (const { right, factor, statement } of judged) {
      for (const key of keysOf(factor, statement)) {
        const worse = right ? 0 : 1;
        const before = trouble.get(key) ?? 0;
        trouble.set(key, before * sheet.fades + worse * (1 - sheet.fades));
      }
    }
  }
  const chance = chanceOf(seed);
  const weights = sheet.questions.map(([, , , , , , steps]) => {
    const keys = steps.flatMap((step) => {
      const [, , , factor, statement] = sheet.steps[step];
      return keysOf(sheet.words[factor], sheet.words[statement]);
    });
    return 1 + sheet.pull * Math.max(0, ...keys.map((key) => trouble.get(key) ?? 0));
  });
  const piles = sheet.kinds.map((_, kind) =>
    sheet.questions
      .flatMap((question, number) => (question[1] === kind ? [number] : []))
      .map((number) => ({ number, key: chance() ** (1 / weights[number]) }))
      .sort((a, b) => b.key - a.key)
      .map(({ number }) => number),
  );
  /** @type {number[]} */
  const drawn = [];
  while (drawn.length < length && piles.some((pile) => pile.length)) {
    for (const pile of piles) if (drawn.length < length) drawn.push(...pile.splice(0, 1));
  }
  for (let last = drawn.length - 1; last > 0; last--) {
    const other = Math.floor(chance() * (last + 1));
    [drawn[last], drawn[other]] = [drawn[other], drawn[last]];
  }
  return drawn;
}

/** @param {string} factor @param {string} statement */
const keysOf = (factor, statement) => [
  ...(factor ? [`factor ${factor}`] : []),
  ...(statement ? [`statement ${statement}`] : []),
];

// --- the record --------------------------------------------------------------------------

/** A random name of eight bytes; it tells nothing. */
const randomName = () =>
  [...crypto.getRandomValues(new Uint8Array(8))]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");

/** The time in UTC, written as Python writes it. */
const timeNow = () => new Date().toISOString().replace("Z", "+00:00");

/**
 * The record of one guide in this browser. Two pages may write to it: what is kept is read again
 * before each change. Where the browser keeps nothing, the record lives as long as the page.
 *
 * @param {string} guide
 */
function openRecord(guide) {
  const key = `tree-practice/${guide}`;
  /** @type {string[]} */
  const messages = [];
  /** @type {Storage | null} */
  let store = null;
  try {
    store = window.localStorage;
  } catch {
    // Not allowed here.
  }
  /** @returns {Kept} */
  const fresh = () => ({ ...RECORD, learner: randomName(), attempts: [], rounds: 0, round: null });
  let known = fresh();
  // Whether `known` holds what could not be written.
  let unwritten = !store;

  /** What is kept, with what this page could not write yet. */
  const read = () => {
    const content = store?.getItem(key) ?? null;
    const found = content === null ? null : keptIn(content);
    if (content !== null && !found) setAside(content);
    if (unwritten) {
      const ids = new Set(known.attempts.map(({ id }) => id));
      const others = found?.attempts.filter(({ id }) => !ids.has(id)) ?? [];
      known = { ...known, attempts: [...others, ...known.attempts] };
    } else if (found || known.attempts.length) {
      // Another page may have forgotten everything.
      known = found ?? fresh();
    }
    return known;
  };
  /** @param {string} content  of something else, or broken; it is never deleted */
  const setAside = (content) => {
    let number = 1;
    while (store?.getItem(`${key}.set-aside-${number}`) != null) number += 1;
    const name = `${key}.set-aside-${number}`;
    try {
      store?.setItem(name, content);
      store?.removeItem(key);
      messages.push(
        `What this browser kept under “${key}” was no record of practice, or a broken one. ` +
          `It is kept as “${name}”, and a new record is begun.`,
      );
    } catch {
      // There is no room for it elsewhere: it stays, and nothing of ours takes its place.
      store = null;
      unwritten = true;
    }
  };
  /** @param {(kept: Kept) => Kept} act */
  const change = (act) => {
    known = act(guarded(read) ?? known);
    try {
      if (!store) return;
      store.setItem(key, JSON.stringify(known));
      unwritten = false;
    } catch {
      unwritten = true;
    }
  };
  /** @template T @param {() => T} act */
  const guarded = (act) => {
    try {
      return act();
    } catch {
      store = null;
      unwritten = true;
    }
  };
  guarded(read);
  return {
    messages,
    kept: () => known,
    isKept: () => !unwritten,
    /** @param {Omit<Attempt, "id" | "at" | "learner">} attempt */
    add: (attempt) =>
      change((kept) => {
        const made = { ...attempt, id: randomName(), at: timeNow(), learner: kept.learner };
        return { ...kept, attempts: [...kept.attempts, made] };
      }),
    /** @param {Round} round */
    begin: (round) => change((kept) => ({ ...kept, round, rounds: kept.rounds + 1 })),
    /** @param {string} id @param {number} position  it never goes back */
    move: (id, position) =>
      change((kept) => {
        if (kept.round?.id !== id) return kept;
        const further = Math.max(position, kept.round.position);
        return { ...kept, round: { ...kept.round, position: further } };
      }),
    forget() {
      known = fresh();
      guarded(() => store?.removeItem(key));
    },
    save() {
      guarded(read);
      const { learner, attempts } = known;
      const content = `${JSON.stringify({ ...RECORD, learner, attempts }, null, 1)}\n`;
      const name = `practice-record-${learner.slice(0, 8)}.json`;
      download(name, new Blob([content], { type: "application/json" }));
    },
  };
}

const isText = (/** @type {unknown} */ value) =>
  typeof value === "string" && !/[\ud800-\udfff]/u.test(value);
const isTextOrNull = (/** @type {unknown} */ value) => value === null || isText(value);
const isCount = (/** @type {unknown} */ value) => Number.isInteger(value) && Number(value) >= 0;
const isNumber = (/** @type {unknown} */ value) => Number.isFinite(value);
const isTrueOrFalse = (/** @type {unknown} */ value) => typeof value === "boolean";
/** @typedef {(value: unknown) => boolean} Check */
/** @param {Record<string, Check>} checks @returns {Check} */
const isMapping = (checks) => (value) =>
  typeof value === "object" &&
  value !== null &&
  Object.keys(value).every((name) => Object.hasOwn(checks, name)) &&
  Object.entries(checks).every(([name, check]) =>
    check(/** @type {Record<string, unknown>} */ (value)[name]),
  );
/** @param {Check} check @returns {Check} */
const isListOf = (check) => (value) => Array.isArray(value) && value.every(check);

const isJudged = isMapping({
  right: isTrueOrFalse,
  factor: isText,
  statement: isText,
  option: isText,
  words: isText,
});
const isAttempt = isMapping({
  guide: isText,
  guide_digest: isText,
  question: isText,
  kind: isText,
  case: isText,
  answer: (answer) => answer !== undefined,
  right: isTrueOrFalse,
  factor: isTextOrNull,
  statement: isTextOrNull,
  option: isTextOrNull,
  expected: isText,
  given: isText,
  seconds: isNumber,
  round: isText,
  judged: isListOf(isJudged),
  id: isText,
  at: isText,
  learner: isText,
});
const isRound = isMapping({
  id: isText,
  guide_digest: isText,
  questions: isListOf(isText),
  position: isCount,
});
const isKept = isMapping({
  format: (format) => format === RECORD.format,
  version: (version) => version === RECORD.version,
  learner: isText,
  attempts: isListOf(isAttempt),
  rounds: isCount,
  round: (round) => round === null || isRound(round),
});

/**
 * The record in some text that anybody may have written; null where there is none.
 *
 * @param {string} content
 * @returns {Kept | null}
 */
function keptIn(content) {
  try {
    const found = JSON.parse(content);
    return isKept(found) ? found : null;
  } catch {
    return null;
  }
}

// --- what is told: the same as telling.py ---------------------------------------------------

/** @param {string} words @param {string} [kind] */
const paragraph = (words, kind = "") => make("p", kind ? { class: kind } : {}, words);

/** @param {string} kind @param {...(Node | string)} parts */
const box = (kind, ...parts) => make("div", { class: `tp-said ${kind}`.trim() }, ...parts);

/** @param {string[]} pieces  plain, marked, plain, … */
const markedUp = (pieces) =>
  pieces
    .map((words, i) => (i % 2 ? make("mark", {}, words) : words))
    .filter((part) => part !== "");

/** @param {Quoted} quoted */
const sentencesOf = ({ sentences }) =>
  sentences.map(([author, ...pieces]) => {
    const who = author ? [make("span", { class: "tp-who" }, `the text: ${author}`)] : [];
    return make("blockquote", {}, ...markedUp(pieces), ...who);
  });

/**
 * The story, cut at its marks.
 *
 * @param {string} story
 * @param {number[]} spans  first, last, first, last, … in letters
 */
function piecesOf(story, spans) {
  const letters = [...story];
  const pairs = spans.flatMap((start, i) => (i % 2 ? [] : [[start, spans[i + 1]]]));
  /** @type {string[]} */
  const pieces = [];
  let at = 0;
  for (const [start, end] of pairs.sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    if (end <= at) continue;
    const first = Math.max(start, at);
    pieces.push(letters.slice(at, first).join(""), letters.slice(first, end).join(""));
    at = end;
  }
  return [...pieces, letters.slice(at).join("")];
}

/** @param {string} story @param {number[]} spans */
function vignetteWords(story, spans) {
  const letters = [...story];
  const words = spans.flatMap((start, i) =>
    i % 2 ? [] : [letters.slice(start, spans[i + 1]).join("")],
  );
  const who = make("span", { class: "tp-who" }, "the vignette");
  return make("blockquote", {}, words.join(" … "), who);
}

/** @param {Asked} asked @param {Divergence} found */
const divergedParts = ({ story }, { says, quotes, words }) => [
  paragraph(says),
  ...sentencesOf(quotes),
  ...(words.length ? [vignetteWords(story, words)] : []),
];

/** @param {Asked} asked @param {Grade} grade */
function gradedBox(asked, { divergence, asides, judged }) {
  const last = judged.at(-1);
  const parts = divergence
    ? [make("b", {}, "Not what the text says."), ...divergedParts(asked, divergence)]
    : [make("b", {}, "Right."), ...(last ? sentencesOf(last[0].quotes) : [])];
  if (asides.length) {
    const words = "Read otherwise too, though nothing hangs on it for this patient";
    const summary = `${words} (${asides.length})`;
    const told = asides.flatMap((aside) => divergedParts(asked, aside));
    parts.push(make("details", {}, make("summary", {}, summary), ...told));
  }
  return box(divergence ? "tp-wrong" : "tp-right", ...parts);
}

/** @param {Asked} asked @param {Step} step @param {string} name @param {number} hints */
function hintBox({ story }, { read, words }, name, hints) {
  const told = read.sentences.length
    ? [paragraph("Read again in the text:"), ...sentencesOf(read)]
    : [paragraph("The sentence that decides holds for every patient.")];
  if (hints > 1) {
    told.push(
      ...(words.length
        ? [paragraph("And in the vignette:"), vignetteWords(story, words)]
        : [paragraph("Look for it in the vignette: it may not say.")]),
    );
  }
  return box("", make("p", {}, make("b", {}, "Hint."), name && ` ${name}`), ...told);
}

// --- the screen --------------------------------------------------------------------------

/**
 * @param {HTMLElement} root
 * @param {Worksheet} sheet
 * @param {Payload} payload
 * @param {(answers: Record<string, string>) => void} explore  open the explorer on a patient
 */
function showPractice(root, sheet, payload, explore) {
  const record = openRecord(sheet.guide);
  const numbers = new Map(sheet.questions.map(([id], number) => [id, number]));
  /** @type {Round} */
  let round;
  let at = 0;
  /** @type {Asked | null} */
  let asked = null;
  /** @type {Grade | null} */
  let grade = null;
  /** @type {Step | null} what the last answer misread, for the hints of the next try */
  let misread = null;
  /** @type {Chosen} */
  let chosen = new Map();
  let hints = 0;
  let begun = 0;

  const count = make("span", { class: "tp-quiet" });
  const filled = make("div");
  const bar = make(
    "div",
    { class: "tp-bar", role: "progressbar", "aria-label": "Answered", "aria-valuemin": "0" },
    filled,
  );
  const warned = make("div", { role: "status" });
  const story = make("div", { class: "tp-story" });
  const hintRow = make("div", { class: "tp-buttons" });
  const hinted = make("div", { role: "status" });
  const answers = make("div");
  const said = make("div", { role: "status" });
  const buttons = make("div", { class: "tp-buttons" });
  const walked = make("div");
  const keeping = make("div", { class: "tp-keeping" });

  /** @param {string} words @param {() => void} act @param {string} [kind] */
  const press = (words, act, kind = "") =>
    button(words, act, { class: `tp-button ${kind}`.trim() });
  const hint = press("Hint", () => {
    if (!asked) return;
    hints = Math.min(hints + 1, HINTS);
    const { steps } = asked;
    const step = misread ?? steps.find(({ row }) => !chosen.has(row)) ?? steps[0];
    hinted.replaceChildren(hintBox(asked, step, nameOf(step.row), hints));
  });
  const submit = press("Submit", () => give(), "tp-primary");
  const again = press("Try again", () => {
    beginTry();
    submit.focus();
  });
  const show = press("Show the walk", () => {
    if (!asked) return;
    showWalk(asked);
    showState();
    next.focus({ preventScroll: true });
    walked.scrollIntoView({ block: "nearest" });
  });
  const next = press("Next", () => {
    at += 1;
    record.move(round.id, at);
    ask();
    (asked ? hint : another).focus({ preventScroll: true });
    root.scrollIntoView({ block: "start" });
  }, "tp-primary");
  const another = press("Another round", () => {
    begin();
    hint.focus({ preventScroll: true });
    root.scrollIntoView({ block: "start" });
  }, "tp-primary");

  /** @param {number} row */
  const nameOf = (row) => (row === CHOICES ? "" : sheet.rows[row][1]);

  // --- what a student does ---

  const begin = () => {
    const { attempts, rounds } = record.kept();
    const drawn = drawRound(sheet, attempts, `${sheet.seed}/${rounds}`);
    const questions = drawn.map((number) => sheet.questions[number][0]);
    round = { id: randomName(), guide_digest: sheet.digest, questions, position: 0 };
    record.begin(round);
    at = 0;
    ask();
  };

  const give = () => {
    if (!asked || grade) return;
    const open = asked.steps.filter(({ row }) => !chosen.has(row));
    if (open.length) {
      const row = Math.min(...open.map(({ row }) => row));
      const first = row === CHOICES ? "." : ` to: ${nameOf(row)}`;
      const more = open.length > 1 ? ` (${open.length} are open.)` : "";
      const words = ` First choose an answer${first}${more}`;
      said.replaceChildren(box("", make("b", {}, "Not submitted."), words));
      return;
    }
    grade = gradeOf(asked, chosen);
    const seconds = Math.round((performance.now() - begun) / 100) / 10;
    record.add({ ...attemptOf(sheet, asked, chosen, grade), seconds, round: round.id });
    // What is right is done with, even if the page is closed now.
    if (!grade.divergence) record.move(round.id, at + 1);
    misread = grade.divergence?.step ?? null;
    said.replaceChildren(gradedBox(asked, grade));
    tellStory(grade.divergence?.words ?? []);
    showState();
    (grade.divergence ? again : next).focus();
  };

  // --- what is shown ---

  const ask = () => {
    const id = round.questions[at];
    asked = id === undefined ? null : questionOf(sheet, numbers.get(id) ?? 0);
    misread = null;
    chosen = new Map();
    answers.replaceChildren(...(asked ? answerParts(asked) : []));
    beginTry();
    if (!asked) said.replaceChildren(overBox());
  };

  const beginTry = () => {
    grade = null;
    hints = 0;
    begun = performance.now();
    for (const place of [hinted, said, walked]) place.replaceChildren();
    tellStory([]);
    showState();
  };

  /** @param {number[]} spans */
  const tellStory = (spans) => {
    story.hidden = !asked;
    story.replaceChildren(...markedUp(piecesOf(asked?.story ?? "", spans)));
  };

  const showState = () => {
    const total = round.questions.length;
    const done = Math.min(at + (grade ? 1 : 0), total);
    count.textContent = `${done} of ${total} answered`;
    bar.setAttribute("aria-valuemax", `${total}`);
    bar.setAttribute("aria-valuenow", `${done}`);
    filled.style.width = `${(100 * done) / Math.max(total, 1)}%`;
    for (const set of answers.querySelectorAll("fieldset")) set.disabled = grade !== null;
    hintRow.replaceChildren(...(asked && !grade ? [hint] : []));
    next.textContent = at + 1 < total ? "Next" : "Finish";
    const toShow = walked.hasChildNodes() ? [] : [show];
    const toTry = grade?.divergence ? [again] : [];
    buttons.replaceChildren(
      ...(!asked ? [another] : grade ? [...toTry, ...toShow, next] : [submit]),
    );
    tellKeeping();
  };

  /** @param {Asked} question */
  const answerParts = (question) => {
    const parts = [paragraph(question.asks, "tp-asks")];
    for (const row of question.rows) {
      if (row === sheet.factors) {
        const words = "What does the text say of each option, for this patient?";
        parts.push(paragraph(words, "tp-part"));
      }
      parts.push(choicesOf(question, row));
    }
    return parts;
  };

  /** @param {Asked} question @param {number} row */
  const choicesOf = (question, row) => {
    const legend = make("legend", { class: "tp-label" }, nameOf(row) || question.asks);
    if (row === CHOICES) legend.classList.add("tp-unseen");
    else if (sheet.rows[row][2]) {
      legend.append(make("span", { class: "tp-who" }, sheet.rows[row][2]));
    }
    const column = row === CHOICES ? " tp-column" : "";
    const choices = make("div", { class: `tp-choices${column}` });
    // What is right must not be seen in the page: a choice is its number.
    valuesIn(sheet, question, row).forEach(([, words], value) => {
      const input = make("input", { type: "radio", name: `tp-${row}`, value: `${value}` });
      input.addEventListener("change", () => chosen.set(row, value));
      choices.append(make("label", {}, words, input));
    });
    return make("fieldset", {}, legend, choices);
  };

  const tries = () =>
    firstTries(record.kept().attempts.filter((attempt) => attempt.round === round.id));

  const overBox = () => {
    const found = tries();
    const right = found.filter((attempt) => attempt.right).length;
    const judged = found.flatMap((attempt) => attempt.judged);
    const wrong = new Set(judged.flatMap(({ right, words }) => (right || !words ? [] : [words])));
    const score = `${right} of ${round.questions.length} right at the first try`;
    const parts = [make("b", {}, `The round is over: ${score}.`)];
    if (wrong.size) {
      parts.push(paragraph("Misread, and drawn more often in the next round:"));
      for (const words of wrong) parts.push(make("blockquote", {}, words));
    }
    return box("tp-right", ...parts);
  };

  /** The drawing, with nothing in it to press. */
  const stillDrawing = (/** @type {string} */ label) => {
    const drawing = draw(payload.views[0], () => {}, () => {});
    for (const part of drawing.svg.querySelectorAll("g")) {
      for (const name of ["role", "tabindex", "aria-label"]) part.removeAttribute(name);
    }
    drawing.svg.setAttribute("role", "img");
    const frame = { class: "dtree-drawing", role: "region", "aria-label": label, tabindex: "0" };
    return { ...drawing, frame: make("div", frame, drawing.svg) };
  };

  /** @param {Asked} question */
  const showWalk = ({ walk: values }) => {
    const known = payload.factors.map(({ values: all }, i) =>
      values[i] === all.length - 1 ? undefined : all[values[i]],
    );
    const found = walk(payload, known);
    const drawing = stillDrawing("The walk");
    drawing.highlight(found, known);
    drawing.advise(found);
    for (const part of drawing.svg.querySelectorAll("[aria-pressed]")) {
      part.removeAttribute("aria-pressed");
    }
    const words = outcomeParts(payload, found, (option) =>
      make(
        "details",
        { class: "dtree-option" },
        make("summary", {}, payload.options[option].name),
        ...optionReasons(payload, known, option, found.standings()[option]),
      ),
    );
    const same = make("details", {}, make("summary", {}, "The same in words"), ...words);
    const open = press("Open this patient in the explorer", () =>
      explore(
        Object.fromEntries(
          payload.factors.flatMap(({ id }, i) => (known[i] === undefined ? [] : [[id, known[i]]])),
        ),
      ),
    );
    walked.replaceChildren(make("div", { class: "dtree tp-walk" }, drawing.frame, same, open));
    drawing.fit();
    drawing.follow(found);
  };

  /** The text and the tree, to look things up in. */
  const book = () => {
    const passages = payload.text.flatMap(({ author, parts }) => [
      ...(author ? [make("div", { class: "tp-who" }, author)] : []),
      make("div", {}, parts.map(([words]) => words).join("")),
    ]);
    const text = { class: "tp-text", tabindex: "0", role: "region", "aria-label": "The text" };
    const place = make("div", { class: "dtree" });
    const tree = make("details", {}, make("summary", {}, "The tree"), place);
    tree.addEventListener("toggle", () => {
      if (place.hasChildNodes()) return;
      const drawing = stillDrawing("The tree");
      place.append(drawing.frame);
      drawing.fit();
    });
    return [
      make("details", {}, make("summary", {}, "The text"), make("div", text, ...passages)),
      tree,
    ];
  };

  let forgetting = false;
  const tellKeeping = () => {
    const number = record.kept().attempts.length;
    const answered = number === 1 ? "1 answer" : `${number} answers`;
    const lost =
      "This browser keeps nothing here: your answers will be gone when this page is closed. " +
      "Save your record before.";
    const warnings = [...record.messages, ...(record.isKept() ? [] : [lost])];
    // Said again only where it changed.
    if (warned.textContent !== warnings.join("")) {
      warned.replaceChildren(...warnings.map((words) => paragraph(words, "tp-warning")));
    }
    const forget = press("Forget it", () => askToForget(true));
    const acts = forgetting
      ? [
          make("span", {}, `Forget ${answered} for good?`),
          press("Yes, forget", () => {
            forgetting = false;
            record.forget();
            begin();
            hint.focus();
          }),
          press("No, keep", () => askToForget(false)),
        ]
      : [press("Save my record", record.save), ...(number ? [forget] : [])];
    const kept = "kept in this browser, with a random number and no name";
    const told = paragraph(`${answered} ${record.isKept() ? kept : "so far"}.`, "tp-quiet");
    keeping.replaceChildren(told, make("div", { class: "tp-buttons" }, ...acts));
  };
  /** @param {boolean} really */
  const askToForget = (really) => {
    forgetting = really;
    tellKeeping();
    /** @type {HTMLElement | null} */ (keeping.querySelector("button:last-of-type"))?.focus();
  };

  root.replaceChildren(
    make("h2", { class: "tp-title" }, "Practise"),
    make(
      "p",
      { class: "tp-quiet" },
      "Read about the patient and answer as the text would. Where your reading leaves the text, " +
        "you are shown the first such place.",
    ),
    count,
    bar,
    warned,
    story,
    hintRow,
    hinted,
    answers,
    said,
    buttons,
    walked,
    ...book(),
    keeping,
  );
  const resumed = record.kept().round;
  const fits =
    resumed?.guide_digest === sheet.digest &&
    resumed.position < resumed.questions.length &&
    resumed.questions.every((id) => numbers.has(id));
  if (resumed && fits) {
    round = resumed;
    at = resumed.position;
    ask();
  } else {
    begin();
  }
}

// --- the page ----------------------------------------------------------------------------

const sheetPlace = document.getElementById("tp-sheet");
if (sheetPlace) offerPractice(sheetPlace.textContent ?? "");

/**
 * Links between the explorer and practising. Both stand in the address, so that Back and a
 * reload do what one expects: `#practise`, or else the patient.
 *
 * @param {string} packed
 */
function offerPractice(packed) {
  const root = /** @type {HTMLElement} */ (document.getElementById("tp-page"));
  // The page takes its still parts away; the drawing is needed with its ids.
  const svg = /** @type {Element} */ (document.querySelector("#dtree-plain svg"));
  const exploreLink = make("a", { href: "#" }, "Explore");
  const practiseLink = make("a", { href: PRACTISE }, "Practise");
  const nav = { class: "tp-nav", "aria-label": "Parts of this page" };
  document.getElementById("dtree-live")?.before(make("nav", nav, exploreLink, practiseLink));
  let begun = false;
  let patient = "";

  const fail = (/** @type {string} */ words) =>
    root.replaceChildren(paragraph(words, "tp-warning"));
  const begin = async () => {
    begun = true;
    if (typeof DecompressionStream === "undefined") {
      fail("Practising needs a newer browser. The rest of this page works in this one, too.");
      return;
    }
    const sheet = await unpack(packed).catch(() => null);
    if (!sheet) {
      fail("The questions of this page are broken: it was not copied whole. Get it anew.");
      return;
    }
    /** @type {Payload} */
    const payload = JSON.parse(document.getElementById("dtree-payload")?.textContent ?? "");
    payload.views[0].svg = new XMLSerializer().serializeToString(svg);
    showPractice(root, sheet, payload, (answers) => {
      location.hash = `${new URLSearchParams(answers)}`;
    });
  };
  const look = () => {
    const practising = location.hash === PRACTISE;
    document.body.classList.toggle("tp-practising", practising);
    for (const link of [exploreLink, practiseLink]) link.removeAttribute("aria-current");
    (practising ? practiseLink : exploreLink).setAttribute("aria-current", "page");
    if (practising && !begun) begin();
  };
  practiseLink.addEventListener("click", () => {
    if (location.hash !== PRACTISE) patient = location.hash;
  });
  exploreLink.addEventListener("click", (event) => {
    event.preventDefault();
    if (location.hash === PRACTISE) location.hash = patient;
  });
  // Before the explorer hears it: practising is no patient.
  window.addEventListener("popstate", (event) => {
    if (location.hash === PRACTISE) event.stopImmediatePropagation();
    look();
  });
  const straight = location.hash === PRACTISE;
  if (straight) history.replaceState(null, "", "#");
  queueMicrotask(() => {
    patient = location.hash;
    if (straight) history.replaceState(null, "", PRACTISE);
    look();
  });
}
