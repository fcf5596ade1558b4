// @ts-check
import { besideParts } from "./beside.js";
import { beforePrint, put, heading, make, paragraph, quotations } from "./elements.js";
import { extras } from "./extras.js";
import { firmly } from "./firmness.js";
import { answered, possibly } from "./reasoning.js";
import { inTurn, withColon, say } from "../messages.js";

/**
 * What a printed page shows beside the drawing: the patient, the outcome and its words, the source
 * and the day.
 *
 * @import { Source } from "../explorer.js"
 * @import { State } from "./state.js"
 */

/** @param {State} state @param {Source} source */
export function paperView(state, source) {
  const element = make("div", "dtree-print");
  const fill = () => {
    put(element, ...onPaper(state));
    extras.print?.(state, element);
  };
  // A notebook is not printed.
  if (source.address !== undefined) beforePrint(fill);
  return { element };
}

/** @param {State} state */
function onPaper({ payload, answers, walked }) {
  const known = answers.flatMap((answer, factor) =>
    answer ? answered(payload, factor, [answer].flat()) : []
  );
  const open = payload.factors
    .map(({ short, question }, factor) => (answers[factor] ? "" : `${short ?? question} `))
    .join("");
  const outcome = payload.options.map(({ name }, i) => {
    const now = walked.standings()[i];
    const left = possibly(payload, now);
    const undecided = say`Not decided yet (${left})`;
    const words = now.standing ? firmly(payload.standings[now.standing], now.firm()) : undecided;
    const quotes = new Set(now.because().flatMap(({ quotes }) => quotes));
    const quoted = quotations(payload, [...quotes]);
    return make("li", {}, `${withColon(name)} `, make("b", {}, words), ...quoted);
  });
  const authors = inTurn(payload.passages.map(([author]) => author));
  const day = new Date().toISOString().slice(0, 10);
  const source = [
    say`Source: “${payload.title}”, ${authors}.`,
    say`Printed ${day}.`,
    payload.disclaimer
  ];
  return [
    paragraph(say`Thick: the path taken. Dashed: ruled out.`),
    heading(0, say`The ${payload.subject}`),
    make("ul", {}, ...known),
    paragraph(open && say`Not answered: ${open}`),
    heading(0, say`What the text says`),
    make("ul", {}, ...outcome),
    ...besideParts(payload, answers).flat(),
    paragraph(source.join(" "))
  ];
}
