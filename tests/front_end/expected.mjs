// What Python says: tests/unit/web/test_front_end_modules.py writes it and runs these tests.
import { readFileSync } from "node:fs";

const { EXPECTED } = process.env;
if (!EXPECTED) throw new Error("run: python -m pytest tests/unit/web/test_front_end_modules.py");

export const cases = JSON.parse(readFileSync(EXPECTED, "utf-8"));
export const liver = cases[0].payload;

/** Answers as the front end has them: undefined is unknown. */
export const answersOf = values => values.map(value => value ?? undefined);
