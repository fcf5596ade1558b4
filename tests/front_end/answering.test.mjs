import assert from "node:assert/strict";
import { test } from "node:test";
import "../../tree/web/static/bands.js";
import { placeOf, placesOf } from "../../tree/web/static/explorer/answering.js";
import { readAddress, writeAddress } from "../../tree/web/static/page/address.js";
import { cases, liver } from "./expected.mjs";

const yesNo = { values: ["yes", "no", "unknown"] };

test("yes and no in other words", () => {
  for (const word of ["yes", " Y ", "TRUE", "1", "t"]) assert.equal(placeOf(yesNo, word), 0, word);
  for (const word of ["no", "N", "false", "0"]) assert.equal(placeOf(yesNo, word), 1, word);
  for (const word of ["", " ", "unknown", "UNKNOWN"]) assert.equal(placeOf(yesNo, word), 2, word);
  for (const word of ["perhaps", "2", "constructor"]) assert.equal(placeOf(yesNo, word), -1, word);
});

test("a number falls into its band", () => {
  const age = {
    values: ["young", "old", "unknown"],
    bands: [
      [-1e12, 65, true, false],
      [65, 1e12, true, true]
    ]
  };
  const places = ["64.9", "64,9", "65", "old", "1e3", "1,000"].map(word => placeOf(age, word));
  assert.deepEqual(places, [0, 0, 1, 1, 1, -1]);
});

test("a value with an or in its name", () => {
  const room = { id: "room", values: ["wet or dry", "damp", "wet", "dry", "unknown"] };
  const found = ["wet or dry", "Wet or Dry or damp", "damp or wet", "wet, dry", "wet or cold"].map(
    words => placesOf(room, words)
  );
  assert.deepEqual(found, [[0], [0, 1], [1, 2], [2, 3], []]);
  for (const places of [[0], [0, 1], [1, 2], [2, 3], [0, 2, 3]]) {
    const address = writeAddress([room], [places], []);
    assert.deepEqual(readAddress(`#${address}`, [room]).chosen, [places]);
  }
});

test("an address leads back to its patient", () => {
  const { factors } = liver;
  for (const values of cases[0].answers) {
    const chosen = values.map((value, i) => [factors[i].values.indexOf(value ?? "unknown")]);
    const found = readAddress(`#${writeAddress(factors, chosen, [])}`, factors);
    assert.deepEqual(found, { chosen, wrong: [] });
  }
});

test("an address leads back to one of several values", () => {
  for (const { payload, answers } of cases) {
    const { factors } = payload;
    for (const values of answers) {
      const chosen = values.map((value, i) =>
        [value ?? "unknown"].flat().map(one => factors[i].values.indexOf(one))
      );
      const found = readAddress(`#${writeAddress(factors, chosen, [])}`, factors);
      assert.deepEqual(found, { chosen, wrong: [] });
    }
  }
});

test("what an address names wrongly is left out and said", () => {
  const [{ id }] = liver.factors;
  const { chosen, wrong } = readAddress(
    `#${id}=no&${id}=yes&x=1&${id}2=&__proto__=1`,
    liver.factors
  );
  assert.deepEqual(chosen, [[1], [2], [2], [2], [2]]);
  assert.deepEqual(wrong, [
    `a second answer to ${id}`,
    "unknown factor “x”",
    `unknown factor “${id}2”`,
    "unknown factor “__proto__”"
  ]);
});

test("the tree in view stands in the address like an answer", () => {
  const asked = [...liver.factors, { id: ".tree", values: ["second", "third", "first"] }];
  const chosen = asked.map(({ values }) => [values.length - 1]);
  assert.equal(writeAddress(asked, chosen, []), "");
  chosen[asked.length - 1] = [1];
  assert.equal(writeAddress(asked, chosen, []), ".tree=third");
  assert.deepEqual(readAddress("#.tree=third", asked), { chosen, wrong: [] });
  assert.deepEqual(readAddress("#.tree=4", asked).wrong, ["unknown value “4” of .tree"]);
});

test("a page that opens on a patient says so where the answer was taken back", () => {
  const { factors } = liver;
  const unknown = factors.map(({ values }) => values.length - 1);
  assert.equal(writeAddress(factors, unknown, []), "");
  assert.equal(writeAddress(factors, unknown, ["yes"]), `${factors[0].id}=unknown`);
});
