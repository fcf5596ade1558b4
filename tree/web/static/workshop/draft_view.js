// @ts-check
import { button, folded, make, paragraph } from "../explorer/elements.js";
import { labelled, lineField } from "./fields.js";
import { say } from "../messages.js";

/**
 * A draft by an assistant: a prompt to copy, and its answer; or a function of the author's own.
 *
 * @import { Desk } from "./desk.js"
 * @import { Doings } from "./doing.js"
 */

/**
 * @param {Desk} desk
 * @param {Doings} doings
 */
export function draftView(desk, doings) {
  const { draft, busy, files } = desk;
  const ask = files.ask
    ? [
        make("h3", "tw-title", say`Ask the assistant`),
        paragraph(
          say`The text goes wherever your function sends it. This program itself sends nothing.`,
          "tw-help"
        ),
        button(busy ? say`Asking …` : say`Ask it`, () => askFunction(desk, doings), {
          "data-key": "ask"
        })
      ]
    : [];
  return make(
    "div",
    "tw-draft",
    paragraph(
      say`An assistant, that is a large language model of any maker, can make a proposal. Each of its quotes is looked up in your text, and you confirm everything yourself.`
    ),
    ...(draft.report ? reported(draft, doings) : []),
    ...ask,
    ...byHand(desk, doings)
  );
}

/** Copy, paste, take. @param {Desk} desk @param {Doings} doings */
function byHand(desk, doings) {
  const { draft, busy } = desk;
  const copied = draft.prompt
    ? [labelled(say`The prompt`, lineField(draft, "prompt", { rows: "4", readonly: "" }))]
    : [];
  return [
    make("h3", "tw-title", say`1. Copy the prompt`),
    paragraph(
      say`Paste it into the assistant that you use. Your text leaves this computer only where you paste it.`,
      "tw-help"
    ),
    button(say`Copy the prompt`, () => copyPrompt(desk, doings), { "data-key": "copy" }),
    ...(draft.copied
      ? [make("span", { class: "tw-help", role: "status" }, ` ${draft.copied}`)]
      : []),
    ...copied,
    make("h3", "tw-title", say`2. Paste its answer`),
    labelled(say`The answer, as it is`, lineField(draft, "answer", { rows: "6" })),
    labelled(say`Who answered (it is noted in the guide)`, lineField(draft, "model")),
    button(busy ? say`Reading …` : say`Take the answer`, () => takeAnswer(desk, doings), {
      class: "tw-main",
      "data-key": "take"
    })
  ];
}

/** @param {Desk} desk @param {Doings} doings */
async function copyPrompt(desk, doings) {
  const answer = await doings.ask({ wants: "prompt" });
  if (answer.problem) {
    doings.change({ trouble: answer.problem });
    return;
  }
  Object.assign(desk.draft, { prompt: answer.prompt, copied: await copyWords(answer.prompt) });
  doings.change({});
}

/** @param {string} words @returns {Promise<string>} */
async function copyWords(words) {
  try {
    await navigator.clipboard.writeText(words);
    return say`Copied.`;
  } catch {
    return say`The browser lets nothing be copied here: select the prompt below and copy it.`;
  }
}

/** @param {Desk} desk @param {Doings} doings */
async function takeAnswer(desk, doings) {
  const { answer, model } = desk.draft;
  doings.change({ busy: true });
  takeReport(desk, doings, await doings.ask({ wants: "answer", answer, model }));
}

/** @param {Desk} desk @param {Doings} doings */
async function askFunction(desk, doings) {
  doings.change({ busy: true });
  takeReport(desk, doings, await doings.ask({ wants: "draft", model: desk.draft.model }));
}

/** @param {Desk} desk @param {Doings} doings @param {Record<string, any>} answer */
function takeReport(desk, doings, answer) {
  if (answer.problem) {
    doings.change({ busy: false, trouble: answer.problem });
    return;
  }
  const { report, again, good, beside } = answer;
  Object.assign(desk.draft, {
    report,
    good,
    beside,
    again: Boolean(again),
    prompt: again?.prompt ?? "",
    copied: ""
  });
  if (good) desk.draft.answer = "";
  // What came of it stands at the top.
  doings.change({ busy: false, atTop: true, focus: good ? "to-review" : "copy" });
}

/** @param {Record<string, any>} draft @param {Doings} doings */
const reported = ({ report, good, beside, again }, doings) => [
  make("h3", "tw-title", say`What came of it`),
  ...(again
    ? [
        paragraph(
          say`Something is still to be corrected, or there is more to read. Copy the prompt again and paste one more answer, or correct it yourself in Review.`
        )
      ]
    : []),
  ...(beside
    ? [
        paragraph(
          say`The guide holds work of your own and stays as it is; the draft stands in ${beside}.`
        )
      ]
    : []),
  ...(good ? [] : [paragraph(say`No guide could be made of this answer.`, "tw-trouble")]),
  paragraph(report.summary, "tw-says"),
  ...(good && !beside
    ? [button(say`Go to Review`, () => doings.turnTo("review"), { "data-key": "to-review" })]
    : []),
  ...report.refused.map((/** @type {string} */ why) => paragraph(why, "tw-trouble")),
  ...titledLines(say`To be settled`, report.problems),
  ...(report.left_out.length
    ? [
        make("h4", {}, say`Left out of the guide`),
        ...report.left_out.map((/** @type {[string, string]} */ [words, written]) =>
          folded(words, "tw-more", make("pre", { class: "tw-report", tabindex: "0" }, written))
        )
      ]
    : []),
  ...titledLines(say`Quotes corrected to the words of the text`, report.corrected)
];

/** @param {string} title @param {string[]} lines */
const titledLines = (title, lines) =>
  lines.length
    ? [make("h4", {}, title), make("ul", "tw-list", ...lines.map(words => make("li", {}, words)))]
    : [];
