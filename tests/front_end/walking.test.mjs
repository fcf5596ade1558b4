import assert from "node:assert/strict";
import { test } from "node:test";
import { whatWould } from "../../tree/web/static/explorer/changing.js";
import { argumentsAbout } from "../../tree/web/static/explorer/explaining.js";
import { mattersBeside } from "../../tree/web/static/explorer/mattering.js";
import { endOf, walk } from "../../tree/web/static/explorer/walking.js";
import { answersOf, cases, liver } from "./expected.mjs";

const STANDINGS = ["preferred", "offered", "withheld"];

const seen = (payload, answers, view) => {
  const walked = walk(payload, answers, view);
  return {
    nodes: walked.nodes,
    branches: view.nodes.map(({ branches = [] }, node) =>
      branches.map((_, branch) => walked.branch(node, branch))
    ),
    next: walked.next(),
    outcomes: walked.outcomes,
    matters: [...walked.matters()].sort((a, b) => a - b),
    standings: walked.standings().map(({ standing, possible, because, firm }) => ({
      firm,
      standing,
      possible,
      because: because.map(statement => payload.statements.indexOf(statement))
    })),
    weights: walked
      .standings()
      .map((standing, option) =>
        argumentsAbout(payload, answers, option, standing).map(({ statement, weight, by }) => [
          ...[statement, ...by].map(one => payload.statements.indexOf(one)),
          weight
        ])
      )
  };
};

// As Python sorts lists of lists.
const inOrder = ways => ways.map(way => [...way]).sort((a, b) => compare(a.flat(), b.flat()));
const compare = (a, b) => {
  const at = a.findIndex((value, i) => value !== b[i]);
  if (at < 0) return a.length - b.length;
  return at < b.length && a[at] > b[at] ? 1 : at >= b.length ? 1 : -1;
};

test("all 243 patients of the liver guide", () => {
  const { answers, expected } = cases[0];
  assert.equal(new Set(answers.map(String)).size, 243);
  answers.forEach((values, i) => {
    const views = liver.views.map(view => seen(liver, answersOf(values), view));
    assert.deepEqual(views, expected[i].views, `${values}`);
  });
});

test("patients of generated guides", () => {
  for (const { payload, answers, expected } of cases.slice(1)) {
    answers.forEach((values, i) => {
      const views = payload.views.map(view => seen(payload, answersOf(values), view));
      assert.deepEqual(views, expected[i].views, `${values}`);
    });
  }
});

test("what would change the outcome", () => {
  assert.ok(cases[0].expected.filter(({ would }) => would.length).length > 60);
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
  const nothing = liver.factors.map(() => undefined);
  assert.equal(endOf(walk(liver, nothing)), 0);
  const walked = walk(
    liver,
    liver.factors.map(() => "no")
  );
  assert.ok(liver.views[0].nodes[endOf(walked)].standings);
});

test("what an answer changes beside the verdict", () => {
  let some = 0;
  for (const { payload, answers, expected } of cases) {
    answers.forEach((values, i) => {
      const walked = walk(payload, answersOf(values));
      const found = mattersBeside(payload, answersOf(values), walked.standings());
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
