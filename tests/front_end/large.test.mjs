import assert from "node:assert/strict";
import { test } from "node:test";
import { walkTree } from "../../tree/web/static/explorer/walking.js";
import { nodesWith, searchable, verdictLines } from "../../tree/web/static/large/search.js";
import { branchesTo, endsBelow, wayTo } from "../../tree/web/static/large/opening_outline.js";
import { cases, liver } from "./expected.mjs";

const [tree] = liver.trees;
const [view] = tree.views;

test("a question is found by its words, its answers and its quotes, in any case", () => {
  const wordsAt = searchable(liver, tree, view);
  view.nodes.forEach(({ factor }, node) => {
    if (factor === undefined) return;
    const { question, quotes } = liver.factors[factor];
    for (const asked of [question, ` ${question.toUpperCase()}  `, liver.quotes[quotes[0]][0]]) {
      assert.ok(nodesWith(asked, view, wordsAt).includes(node), asked);
    }
  });
  assert.deepEqual(nodesWith("  ", view, wordsAt), []);
  assert.deepEqual(nodesWith("no such words", view, wordsAt), []);
});

test("an option is found where an outcome is not silent about it", () => {
  // Of several trees each has options of its own.
  const { payload } = cases.find(({ payload: { trees } }) => trees.length > 4);
  for (const tree of payload.trees) {
    const [view] = tree.views;
    const wordsAt = searchable(payload, tree, view);
    tree.options.forEach((option, i) => {
      const { name } = payload.options[option];
      const found = new Set(nodesWith(name, view, wordsAt));
      view.nodes.forEach(({ standings }, node) => {
        if (standings) assert.equal(found.has(node), standings[i] !== "silent", name);
      });
    });
  }
});

test("an outcome has a line for each standing, the strongest first", () => {
  for (const { standings } of view.nodes) {
    if (!standings) continue;
    const lines = verdictLines(liver, tree, { standings });
    assert.equal(lines.length, new Set(standings).size);
    assert.ok(lines.every(line => /^.+: .+/.test(line)));
  }
});

test("ends are counted for each way", () => {
  const nodes = [
    {
      branches: [
        ["yes", 1],
        ["no", 2]
      ]
    },
    {
      branches: [
        ["yes", 2],
        ["no", 3]
      ]
    },
    { standings: [] },
    { standings: [] }
  ];
  assert.deepEqual(endsBelow({ nodes }), [3, 2, 1, 1]);
  assert.deepEqual(branchesTo({ nodes }), [
    [],
    [[0, 0]],
    [
      [0, 1],
      [1, 0]
    ],
    [[1, 1]]
  ]);
});

test("the way to a node is one that is not ruled out, where there is one", () => {
  for (const { payload, answers } of cases) {
    const [view] = payload.trees[payload.trees.length - 1].views;
    const above = branchesTo(view);
    const walked = walkTree(
      payload,
      answers[0].map(value => value ?? undefined),
      view
    );
    view.nodes.forEach((_, node) => {
      const way = wayTo({ above, walked }, node);
      assert.equal(way[0], 0);
      assert.equal(way[way.length - 1], node);
      if (walked.node(node) === "ruled-out") return;
      way.slice(1).forEach((target, i) => {
        const { branches } = view.nodes[way[i]];
        assert.ok(
          branches.some(([, to], k) => to === target && walked.branch(way[i], k) !== "ruled-out")
        );
      });
    });
  }
});
