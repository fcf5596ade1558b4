import assert from "node:assert/strict";
import { test } from "node:test";
import { fillIn } from "../../tree/web/static/page/filling.js";
import { cases } from "./expected.mjs";

test("the page takes the words of quotes from its text", () => {
  for (const { payload, wordless } of cases) {
    assert.ok(wordless.every(quote => typeof quote === "number"));
    const { text, trees } = structuredClone(payload);
    const filled = { text, trees, quotes: [...wordless] };
    fillIn(filled, []);
    assert.deepEqual(filled.quotes, payload.quotes);
  }
});

test("a quote that the text does not hold just so keeps its words", () => {
  const filled = { text: [{ parts: [["a\u001cb", [0]]] }], trees: [], quotes: [["a b"], ["c", 0]] };
  fillIn(filled, []);
  assert.deepEqual(filled.quotes, [["a b"], ["c", 0]]);
});
