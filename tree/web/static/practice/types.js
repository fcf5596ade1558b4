// @ts-check

/**
 * What the worksheet holds (see worksheet.py), and what is kept of practising.
 *
 * @typedef {{guide: string, digest: string, seed: number, length: number,
 *   pull: number, fades: number, kinds: string[], factors: number,
 *   rows: [id: string, asks: string, help: string, values: [string, string][]][],
 *   questions: PackedQuestion[], steps: PackedStep[], quotes: [string, number[]][],
 *   sentences: string[][], choices: [string, string][], cases: [string, string][],
 *   words: string[]}} Worksheet
 * @typedef {[id: string, kind: number, patient: number, asks: number, option: number,
 *   choices: number[], steps: number[], walk: number[]]} PackedQuestion
 * @typedef {[row: number, onPath: number, accepted: number[], factor: number, statement: number,
 *   quotes: number, words: number[], read: number, says: number[],
 *   others: [value: number, statement: number, quotes: number, words: number[]][]]} PackedStep
 * @typedef {{line: string, sentences: string[][]}} Quoted
 * @typedef {{row: number, onPath: boolean, accepted: number[], factor: string,
 *   statement: string, quotes: Quoted, words: number[], read: Quoted,
 *   wrong: (value: number) => Divergence}} Step
 * @typedef {{step: Step, given: number, says: string, statement: string, quotes: Quoted,
 *   words: number[]}} Divergence
 * @typedef {{id: string, kind: string, patient: string, story: string, asks: string,
 *   option: string, choices: [string, string][], steps: Step[], rows: number[],
 *   walk: number[]}} Asked
 * @typedef {Map<number, number>} Chosen  row → the number of the chosen value
 * @typedef {{divergence: Divergence | null, asides: Divergence[], judged: [Step, boolean][]}} Grade
 * @typedef {{right: boolean, factor: string, statement: string, option: string,
 *   words: string}} Judged
 * @typedef {{guide: string, guide_digest: string, question: string, kind: string, case: string,
 *   answer: unknown, right: boolean, factor: string | null, statement: string | null,
 *   option: string | null, expected: string, given: string, seconds: number, round: string,
 *   judged: Judged[], id: string, at: string, learner: string}} Attempt
 * @typedef {{id: string, guide_digest: string, questions: string[], position: number}} Round
 * @typedef {{format: string, version: number, learner: string, attempts: Attempt[],
 *   rounds: number, round: Round | null}} Kept
 */
export {};
