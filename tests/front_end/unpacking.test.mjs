import assert from "node:assert/strict";
import { test } from "node:test";
import { unpacked } from "../../tree/web/static/page/unpacking.js";
import { cases } from "./expected.mjs";

/** Neighbours that belong to the same quotes as one part; what sentences are for is left out. */
function joined(parts) {
  const kept = [];
  for (const [words, quotes] of parts) {
    const last = kept.at(-1);
    if (`${last?.[1]}` === `${quotes}` && last) last[0] += words;
    else kept.push([words, quotes]);
  }
  return kept;
}

test("a page knows all that its smaller payload stands for", () => {
  for (const { payload, packed, text } of cases) {
    const { sentences, ...known } = structuredClone(payload);
    for (const passage of known.text) passage.parts = joined(passage.parts);
    assert.deepEqual(unpacked(JSON.stringify(packed), text), known);
  }
  const [{ packed, text }] = cases;
  assert.throws(() => unpacked(JSON.stringify(packed), `${text} `), /was changed/);
  const written = cases.flatMap(({ payload }) => payload.quotes.map(([words]) => words));
  // Blanks of all kinds are one space, but for what is no blank to Python.
  assert.ok(written.includes("If it rains, or\ufeff snows, drink tea."));
});
