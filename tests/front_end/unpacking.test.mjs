import assert from "node:assert/strict";
import { test } from "node:test";
import { unpacked } from "../../tree/web/static/page/unpacking.js";
import { cases } from "./expected.mjs";

test("a page has the words of its quotes from the text", () => {
  for (const { payload } of cases) {
    const packed = { ...payload, quotes: payload.quotes.map(quote => quote.slice(1)) };
    assert.deepEqual(unpacked(JSON.stringify(packed)).quotes, payload.quotes);
  }
  const written = cases.flatMap(({ payload }) => payload.quotes.map(([words]) => words));
  // Blanks of all kinds are one space, but for what is no blank to Python.
  assert.ok(written.includes("If it rains, or\ufeff snows, drink tea."));
});
