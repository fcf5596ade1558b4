import assert from "node:assert/strict";
import { test } from "node:test";
import { unpacked } from "../../tree/web/static/page/unpacking.js";
import { cases } from "./expected.mjs";

test("a page knows all that its smaller payload stands for", () => {
  for (const { payload, packed, text } of cases) {
    const { sentences, ...known } = structuredClone(payload);
    for (const { parts } of known.text) for (const part of parts) part.length = 2;
    assert.deepEqual(unpacked(JSON.stringify(packed), text), known);
  }
  const [{ packed, text }] = cases;
  assert.throws(() => unpacked(JSON.stringify(packed), `${text} `), /was changed/);
  const written = cases.flatMap(({ payload }) => payload.quotes.map(([words]) => words));
  // Blanks of all kinds are one space, but for what is no blank to Python.
  assert.ok(written.includes("If it rains, or\ufeff snows, drink tea."));
});
