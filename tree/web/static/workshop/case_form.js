// @ts-check
import { button, make } from "../explorer/elements.js";
import { isNumber } from "./answers.js";
import { valuesOf } from "./condition_fields.js";
import { inSection } from "./desk.js";
import { chip, choiceField, grouped, labelled, lineField } from "./fields.js";
import { lettersOf, tokensOf, wholeWords, wordsAt } from "./letters.js";
import { wordsIn } from "./marked_words.js";
import { inQuotes, say, valued } from "../messages.js";

/**
 * The form of a case to practise on: its words are marked, each with the answer that they give.
 *
 * @import { Span } from "./letters.js"
 * @import { FormContext } from "./fields.js"
 */

/** @param {FormContext} context */
export function caseFields(context) {
  const { form, doings } = context;
  const { values } = form;
  const isRead = Boolean(values.read || form.id);
  if (!isRead || values.rewriting) {
    const read = button(
      say`Mark its words`,
      () => {
        values.vignette = values.vignette.replace(/\s+/g, " ").trim();
        if (!values.vignette) return;
        values.read = true;
        delete values.rewriting;
        doings.change({});
      },
      { "data-key": "read" }
    );
    return [
      labelled(
        say`The case in a few sentences; say nothing of what the text makes of it`,
        lineField(values, "vignette", { rows: "6" })
      ),
      read
    ];
  }
  return [marking(context), ...answersOf(context)];
}

/** The words of the case, and what the selected ones answer. @param {FormContext} context */
function marking(context) {
  const { desk, form, doings } = context;
  const { values } = form;
  values.anchor ??= { at: 0 };
  const letters = lettersOf(values.vignette);
  const tokens = tokensOf(values.vignette, desk.files.tag);
  const marked = [
    ...values.answers.flatMap((/** @type {any} */ { words }) => words),
    ...values.distractors
  ].flatMap(({ at }) => (at ? [at] : []));
  const take = (/** @type {Span} */ span) => {
    values.selected = wholeWords(tokens, span);
    doings.change({});
  };
  const words = wordsIn(
    tokens,
    marked,
    values.selected,
    take,
    say`The case. Select words that answer a question.`,
    values.anchor
  );
  const rewrite = button(
    say`Change the words of the case`,
    () => {
      Object.assign(values, { rewriting: true, answers: [], distractors: [], selected: null });
      doings.change({});
    },
    { class: "tw-quiet", "data-key": "rewrite" }
  );
  const chosen = values.selected
    ? answering(context, values.selected, wordsAt(letters, values.selected))
    : make(
        "p",
        "tw-help",
        say`Select words that answer a question, with the mouse or with arrow keys.`
      );
  return make("div", {}, words, chosen, rewrite);
}

/** @param {FormContext} context @param {Span} selected @param {string} words */
function answering({ desk, form, doings }, selected, words) {
  const { values } = form;
  const done = (/** @type {() => void} */ act) => {
    act();
    values.selected = null;
    delete values.answers_to;
    doings.change({});
  };
  const quote = { at: selected };
  const factor = values.answers_to ?? "";
  // Points are added up, and no words answer them.
  const factors = inSection(desk, "factors")
    .filter(({ fields }) => !fields.score)
    .map(({ id, label }) => /** @type {[string, string]} */ ([id, label]));
  const ask = choiceField(
    [["", say`Choose a question …`], ...factors],
    factor,
    id => {
      values.answers_to = id;
      doings.change({});
    },
    { "data-key": "answers-to", "aria-label": say`Which question` }
  );
  const asked = inSection(desk, "factors").find(({ id }) => id === factor);
  const answer = (/** @type {string} */ value) =>
    done(() => {
      const known = values.answers.find((/** @type {any} */ each) => each.factor === factor);
      if (known) Object.assign(known, { value, words: [...known.words, quote] });
      else values.answers.push({ factor, value, words: [quote] });
    });
  /** @type {Record<string, string>} */
  const typed = {};
  const given = !asked
    ? []
    : isNumber(asked.fields)
      ? [
          lineField(typed, "number", {
            inputmode: "decimal",
            "data-key": "number",
            "aria-label": say`The number`
          }),
          button(say`Take`, () => typed.number?.trim() && answer(typed.number.trim()))
        ]
      : valuesOf(asked.fields).map(value =>
          button(valued(value), () => answer(value), { "data-key": `answer-${value}` })
        );
  return grouped(
    say`“${words}” answers`,
    ask,
    ...given,
    button(say`They tempt, and do not count`, () => done(() => values.distractors.push(quote)), {
      "data-key": "distractor"
    })
  );
}

/** What has been marked. @param {FormContext} context */
function answersOf({ desk, form, doings }) {
  const { values } = form;
  const letters = lettersOf(values.vignette);
  const said = (/** @type {any} */ { at, lost }) => (at ? wordsAt(letters, at) : lost);
  const chips = values.answers.map((/** @type {any} */ each) => {
    const label =
      inSection(desk, "factors").find(({ id }) => id === each.factor)?.label ?? each.factor;
    const words = `${label} ${valued(each.value)} – ${inQuotes(each.words.map(said).join(" … "))}`;
    return chip(
      words,
      () => {
        values.answers = values.answers.filter((/** @type {any} */ other) => other !== each);
        doings.change({});
      },
      `answer-${each.factor}`
    );
  });
  const tempting = values.distractors.map((/** @type {any} */ each, /** @type {number} */ i) =>
    chip(
      inQuotes(said(each)),
      () => {
        values.distractors = values.distractors.filter(
          (/** @type {any} */ other) => other !== each
        );
        doings.change({});
      },
      `distractor-${i}`
    )
  );
  return [
    ...(chips.length ? [grouped(say`What it answers`, ...chips)] : []),
    ...(tempting.length ? [grouped(say`What only tempts`, ...tempting)] : [])
  ];
}
