import assert from "node:assert/strict";
import { test } from "node:test";
import { relationsFor, remarksFor } from "../../tree/web/static/explorer/beside.js";
import { answersOf, cases } from "./expected.mjs";

test("relations and remarks are those of Python", () => {
  let shown = 0;
  for (const { payload, answers, expected } of cases) {
    answers.forEach((values, i) => {
      const given = answersOf(values);
      const found = [
        relationsFor(payload, given),
        remarksFor(payload, given, false),
        remarksFor(payload, given, true)
      ];
      const said = found.map(each =>
        each.map(({ words, open }) => (open ? `Depends on open answers: ${words}` : words))
      );
      assert.deepEqual(said, expected[i].beside, `${values}`);
      shown += said.flat().length;
    });
  }
  assert.ok(shown > 500, `${shown}`);
});
