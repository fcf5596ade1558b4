// @ts-check

/**
 * What payload.py puts into the page, and what is found in it. Nothing is keyed by what a guide
 * names: an object already has a `constructor`, and its `__proto__` is no key.
 *
 * @typedef {[words: string, passage?: number]} Quote
 * @typedef {[low: number, high: number, lowInside: boolean, highInside: boolean]} Band
 * @typedef {{id: string, question: string, values: string[], help: string,
 *   judgement: number[], quotes: number[], bands?: Band[]}} Factor
 * @typedef {{id: string, name: string, synonyms: string[], quotes: number[],
 *   does: number[]}} Option
 * @typedef {{name: string, options: number[], quotes: number[]}} Group
 * @typedef {[factor: number, values: string[]][][]} Condition
 * @typedef {[option: number, standing: string, speaks?: number, outweighing?: number[],
 *   stated?: number[]]} Effect
 * @typedef {{quotes: number[], condition: Condition, effects: Effect[],
 *   remark?: string, because?: string}} Statement
 * @typedef {{factor?: number, branches?: [string, number][], standings?: string[]}} TreeNode
 * @typedef {{nodes: TreeNode[], svg: string, large: boolean}} View
 * @typedef {[words: string, quotes: number[], sentence?: number]} Part
 * @typedef {{title: string, language: string, disclaimer: string,
 *   standings: Record<string, string>, passages: [string, string, boolean][],
 *   order: number[], average: number, factors: Factor[], options: Option[], groups: Group[],
 *   statements: Statement[], sets: [factor: number, ends: number[]][], quotes: Quote[], examples: [string, string[]][],
 *   text: {author: string, parts: Part[]}[], sentences: string[], views: View[]}} Payload
 * @typedef {(string | undefined)[]} Answers  by factor; undefined is unknown
 * @typedef {"taken" | "possible" | "ruled-out"} State
 * @typedef {{standing: string | null, possible: string[], because: Statement[]}} OptionStanding
 * @typedef {{nodes: State[], branch: (node: number, branch: number) => State,
 *   path: [number, string][], outcomes: number, matters: () => Set<number>,
 *   next: () => number | null, standings: () => OptionStanding[]}} Walk
 * @typedef {Map<number, string>} Change  factor → its new value
 */
export {};
