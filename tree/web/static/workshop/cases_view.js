// @ts-check
import { button, make, paragraph } from "../explorer/elements.js";
import { say } from "../messages.js";

/**
 * The cases to practise on, each with what the guide makes of it.
 *
 * @import { Desk } from "./desk.js"
 * @import { Doings } from "./doing.js"
 */

/**
 * @param {Desk} desk
 * @param {Doings} doings
 */
export function casesView(desk, doings) {
  const { cases, outcomes } = desk.files;
  const shown = cases.map(({ id, fields }) => {
    const entry = { section: "cases.yaml", id, fields };
    return make(
      "div",
      "tw-card",
      make("p", "tw-says", fields.vignette ?? ""),
      ...(outcomes[id] ?? []).map(line => make("p", "tw-case", line)),
      make(
        "div",
        "tw-buttons",
        button(say`Change`, () => doings.edit(entry), { "data-key": `change-${id}` }),
        button(say`Remove`, () => doings.remove(entry), { "data-key": `remove-${id}` })
      )
    );
  });
  return make(
    "div",
    "tw-cases",
    paragraph(
      say`Cases to practise on. You write what is seen; what the text makes of it is worked out.`,
      "tw-help"
    ),
    ...shown,
    button(say`A new case`, () => doings.begin("cases.yaml", {}), { "data-key": "new-case" })
  );
}
