import assert from "node:assert/strict";
import { test } from "node:test";
import { whatWould } from "../../tree/web/static/explorer/changing.js";
import { argumentsAbout } from "../../tree/web/static/explorer/explaining.js";
import { mattersBeside } from "../../tree/web/static/explorer/mattering.js";
import { settlesMost, settling } from "../../tree/web/static/explorer/settling.js";
import { endOf, walk, walkTree } from "../../tree/web/static/explorer/walking.js";
import { answersOf, cases, liver } from "./expected.mjs";

const STANDINGS = ["preferred", "offered", "withheld"];

const inOrderOf = set => [...set].sort((a, b) => a - b);

/** One form of a tree. */
const seenOn = (view, walked) => ({
  nodes: view.nodes.map((_, node) => walked.node(node)),
  branches: view.nodes.map(({ branches = [] }, node) =>
    branches.map((_, branch) => walked.branch(node, branch))
  ),
  next: walked.next(),
  outcomes: walked.outcomes,
  possible: walked.possible().map(standings => [...standings].sort()),
  matters: inOrderOf(walked.matters())
});

const seen = (payload, answers) => {
  const walked = walk(payload, answers);
  const standings = walked.standings();
  return {
    trees: payload.trees.map(({ views }, tree) =>
      views.map((view, i) =>
        seenOn(view, i ? walkTree(payload, answers, view) : walked.trees[tree])
      )
    ),
    matters: inOrderOf(walked.matters()),
    settling: settling(payload, answers, walked).map(([factor, left]) => [factor, ...left]),
    settlesMost: settlesMost(payload, answers, walked),
    standings: standings.map(({ standing, possible, because, firm }) => ({
      firm: firm(),
      standing,
      possible,
      because: because().map(statement => payload.statements.indexOf(statement))
    })),
    weights: standings.map((standing, option) =>
      argumentsAbout(payload, answers, option, standing).map(({ statement, weight, by }) => [
        ...[statement, ...by].map(one => payload.statements.indexOf(one)),
        weight
      ])
    )
  };
};

/** The same as Python says it, without what other tests compare. */
const walkedInPython = ({ beside, mattersBeside, would, ...walked }) => walked;

// As Python sorts lists of lists.
const inOrder = ways => ways.map(way => [...way]).sort((a, b) => compare(a.flat(), b.flat()));
const compare = (a, b) => {
  const at = a.findIndex((value, i) => value !== b[i]);
  if (at < 0) return a.length - b.length;
  return at < b.length && a[at] > b[at] ? 1 : at >= b.length ? 1 : -1;
};

test("every patient of the liver guide", () => {
  const { answers, expected } = cases[0];
  assert.equal(new Set(answers.map(String)).size, answers.length);
  answers.forEach((values, i) => {
    assert.deepEqual(seen(liver, answersOf(values)), walkedInPython(expected[i]), `${values}`);
  });
});

test("patients of other guides, of one tree and of several", () => {
  assert.ok(cases.filter(({ payload }) => payload.trees.length > 2).length > 2);
  for (const { payload, answers, expected } of cases.slice(1)) {
    answers.forEach((values, i) => {
      assert.deepEqual(seen(payload, answersOf(values)), walkedInPython(expected[i]), `${values}`);
    });
  }
});

test("what would change the outcome", () => {
  const { answers, expected } = cases[0];
  assert.ok(expected.filter(({ would }) => would.length).length >= answers.length / 4);
  for (const { payload, answers, expected } of cases) {
    answers.forEach((values, i) => {
      if (!expected[i].would.length) return;
      const would = payload.options.map((_, option) =>
        STANDINGS.map(wanted => inOrder(whatWould(payload, answersOf(values), option, wanted)))
      );
      assert.deepEqual(would, expected[i].would, `${values}`);
    });
  }
});

test("a path ends at the first open question, or at an outcome", () => {
  const [{ views }] = liver.trees;
  const on = answer =>
    walkTree(
      liver,
      liver.factors.map(() => answer),
      views[0]
    );
  assert.equal(endOf(on(undefined)), 0);
  assert.ok(views[0].nodes[endOf(on("no"))].standings);
});

test("what an answer changes beside the verdict", () => {
  let some = 0;
  for (const { payload, answers, expected } of cases) {
    answers.forEach((values, i) => {
      const walked = walk(payload, answersOf(values));
      const found = mattersBeside(payload, answersOf(values));
      // Of what changes the outcome it is not asked.
      const others = [...found].filter(factor => !walked.matters().has(factor));
      assert.deepEqual(
        others.sort((a, b) => a - b),
        expected[i].mattersBeside,
        `${values}`
      );
      some += others.length;
    });
  }
  assert.ok(some > 20);
});
