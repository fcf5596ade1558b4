import assert from "node:assert/strict";
import { test } from "node:test";
import { unpacked } from "../../tree/web/static/page/unpacking.js";
import { cases } from "./expected.mjs";

test("a page knows all that its smaller payload stands for", () => {
  for (const { payload, packed } of cases) {
    assert.deepEqual(unpacked(JSON.stringify(packed)), payload);
  }
  const written = cases.flatMap(({ payload }) => payload.quotes.map(([words]) => words));
  // Blanks of all kinds are one space, but for what is no blank to Python.
  assert.ok(written.includes("If it rains, or\ufeff snows, drink tea."));
});
