import assert from "node:assert/strict";
import { test } from "node:test";
import { arranged, besideLine, verdict } from "../../tree/web/static/explorer/arranging.js";
import { pointedPart, pointedWords, restsOn } from "../../tree/web/static/explorer/pointing.js";
import { newState, takePayload, walkAgain } from "../../tree/web/static/explorer/state.js";
import { walk } from "../../tree/web/static/explorer/walking.js";
import { cases, liver } from "./expected.mjs";

/** A state of the explorer with these answers. */
const stateWith = values => {
  const controls = liver.factors.map((factor, i) => ({
    get: () => [factor.values.indexOf(values[i] ?? "unknown")]
  }));
  const state = newState(liver);
  takePayload(state, liver, controls);
  return { state, controls };
};

test("each quote carries what quotes it, and nothing else", () => {
  const rests = restsOn(liver);
  assert.equal(rests.length, liver.quotes.length);
  rests.forEach(({ factors, branches, options, remarks }, number) => {
    const has = ({ quotes }) => quotes.includes(number);
    const statements = liver.statements.filter(has);
    const asked = statements.flatMap(({ asks }) => asks);
    for (const [factor, values] of asked) {
      assert.ok(factors.has(factor));
      for (const value of values) assert.ok(branches.has(`${factor} ${value}`));
    }
    const named = new Set(asked.flatMap(([f, values]) => values.map(value => `${f} ${value}`)));
    assert.deepEqual(branches, named);
    for (const { effects } of statements) for (const [option] of effects) options.has(option);
    for (const statement of remarks) assert.ok(has(liver.statements[statement]));
  });
});

test("words that are pointed at are described with all that rests on them", () => {
  const { state } = stateWith([]);
  restsOn(liver).forEach(({ factors, options }, number) => {
    const { description, quotes } = pointedWords(state, [number]);
    assert.deepEqual(quotes, new Set([number]));
    assert.ok(description.startsWith("On these words rest: "));
    for (const factor of factors) assert.ok(description.includes(liver.factors[factor].question));
    for (const option of options) assert.ok(description.includes(liver.options[option].name));
  });
});

test("a value stands apart from its question", () => {
  const { state } = stateWith([]);
  const all = restsOn(liver).map((_, number) => pointedWords(state, [number]).description);
  assert.ok(all.some(words => /\? (Yes|No)/.test(words)));
  assert.ok(all.every(words => !/\?(Yes|No)/.test(words)));
});

test("a part of the drawing has the words that it rests on", () => {
  const { state } = stateWith([]);
  liver.trees[0].views[0].nodes.forEach(({ factor, branches = [] }, node) => {
    const found = pointedPart(state, node, null, "");
    assert.ok(found.quotes.size > 0);
    assert.deepEqual([...found.factors], factor === undefined ? [] : [factor]);
    branches.forEach(([value], branch) => {
      const on = pointedPart(state, node, branch, "its label");
      assert.deepEqual([...on.branches], [`${factor} ${value}`]);
      assert.ok(on.description.startsWith("its label: “"));
    });
  });
});

test("the state follows the controls", () => {
  const { state, controls } = stateWith([]);
  assert.deepEqual(
    state.answers,
    liver.factors.map(() => undefined)
  );
  controls[0].get = () => [0];
  walkAgain(state, controls);
  assert.equal(state.answers[0], "yes");
  assert.deepEqual(state.viewed.taken, walk(liver, state.answers).trees[0].taken);
});

test("the verdict and what stands beside it name every option", () => {
  for (const values of cases[0].answers) {
    const { state } = stateWith(values);
    const words = [...verdict(state), besideLine(state)].join(" ");
    for (const { name } of liver.options) assert.ok(words.includes(name), words);
    assert.equal(words.includes("Next question"), state.viewed.next() !== null);
  }
});

test("options of a group stand together where all of it is there", () => {
  const groups = [
    { name: "two", options: [0, 2] },
    { name: "three", options: [0, 1, 2] }
  ];
  assert.deepEqual(arranged({ groups }, [0, 1, 2, 3]), [
    ["three", [0, 1, 2]],
    ["", [3]]
  ]);
  assert.deepEqual(arranged({ groups }, [0, 2, 3]), [
    ["two", [0, 2]],
    ["", [3]]
  ]);
  assert.deepEqual(arranged({ groups }, [1, 2]), [
    ["", [1]],
    ["", [2]]
  ]);
});
