// @ts-check
import { draw } from "./explorer/drawing.js";
import { button, make } from "./explorer/elements.js";
import { optionReasons, outcomeParts } from "./explorer/outcome.js";
import { walk } from "./explorer/walking.js";
import { attemptOf, gradeOf } from "./practice/marking.js";
import { openRecord, randomName } from "./practice/record.js";
import { drawRound, firstTries } from "./practice/rounds.js";
import { box, gradedBox, hintBox, markedUp, paragraph, piecesOf } from "./practice/telling.js";
import { CHOICES, questionOf, unpack, valuesIn } from "./practice/worksheet.js";

/**
 * Practising in the static page.
 *
 * It holds no rule of medicine and none of grading but one: the steps are walked in their order,
 * and the first whose answer is not accepted is where the reading left the text. What the steps
 * are, what they accept and what is told of every answer stands in the worksheet (see
 * worksheet.py), which lies packed in the page, so that it is not read by accident.
 *
 * @import { Payload } from "./explorer/types.js"
 * @import { Asked, Chosen, Grade, Round, Step, Worksheet } from "./practice/types.js"
 */

const HINTS = 2;
const PRACTISE = "#practise";

/**
 * @param {HTMLElement} root
 * @param {Worksheet} sheet
 * @param {Payload} payload
 * @param {(answers: [string, string][]) => void} explore  open the explorer on a patient
 */
function showPractice(root, sheet, payload, explore) {
  const record = openRecord(sheet);
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
  const show = press("Show the path", () => {
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
    const drawing = stillDrawing("The path");
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
        payload.factors.flatMap(({ id }, i) => {
          const value = known[i];
          return value === undefined ? [] : [[id, value]];
        }),
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
    try {
      showPractice(root, sheet, payload, (answers) => {
        location.hash = `${new URLSearchParams(answers)}`;
      });
    } catch (error) {
      fail("Practising needs a newer browser.");
      console.error(error);
    }
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
