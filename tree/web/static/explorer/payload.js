// @ts-check

/**
 * What the page knows of a guide, as `tree/web/payload.py` writes it. Things refer to each other
 * by position, never by a name of the guide: an object already has a `constructor`, and its
 * `__proto__` is no key.
 *
 * @typedef {object} Payload
 * @property {string} title
 * @property {string} language
 * @property {string} disclaimer
 * @property {string} subject  whom it speaks of, such as patient
 * @property {string[]} [grades]  the firmest first
 * @property {Record<string, string>} standings  each standing in words
 * @property {[author: string, id: string, speaks: boolean][]} passages
 * @property {number[]} order  the factors in the order in which they are asked
 * @property {number} average  how many questions are asked on average
 * @property {Factor[]} factors
 * @property {Option[]} options
 * @property {Group[]} groups
 * @property {Statement[]} statements
 * @property {[factor: number, ends: number[]][]} sets  of cases; see `isIn`
 * @property {number[]} [beside]  the sets on which it depends what is said beside the standings
 * @property {Quote[]} quotes
 * @property {[name: string, values: string[]][]} examples  a value for each factor
 * @property {{passage?: number, parts: TextPart[]}[]} text
 * @property {string[]} [sentences]  what each sentence of the text is used for
 * @property {TreeShown[]} trees  each of the options that are decided together
 * @property {[option: number, standing: string][]} everyone  what holds for everyone
 * @property {boolean} [mixed]  whether the guide is read another way than the words of screens
 * @property {import("../messages.js").Messages} [messages]  in languages other than English
 *
 * @typedef {[words: string, passage?: number]} Quote
 * @typedef {[low: number, high: number, lowInside: boolean, highInside: boolean]} Band
 * @typedef {{id: string, question: string, values: string[], help?: string,
 *   judgement?: number[], quotes: number[], bands?: Band[], short?: string,
 *   askedIf?: [factor: number, values: string[]][]}} Factor  the last value is unknown
 * @typedef {Pick<Factor, "id" | "values" | "bands">} Asked  what an answer in words is to
 * @typedef {{id: string, name: string, synonyms?: string[], quotes: number[],
 *   does?: number[], short?: string}} Option
 * @typedef {{name: string, options: number[], quotes: number[]}} Group
 * @typedef {{quotes: number[], asks: [factor: number, values: string[]][], holds: number,
 *   effects: Effect[], remark?: string, because?: string, strength?: string,
 *   grade?: number, relation?: Relation}} Statement  `holds`: a set of cases
 * @typedef {[kind: string, members: [name: string, options: number[]][]]} Relation
 * @typedef {[option: number, standing: string, speaks?: number, outweighing?: number[],
 *   stated?: number[]]} Effect
 * @typedef {{factor?: number, branches?: [value: string, target: number][],
 *   standings?: string[], verdicts?: [verdict: string, options: number[]][]}} TreeNode  a question,
 *   or an outcome with a standing for each option of its tree; `verdicts`: where the text says how firmly
 * @typedef {{name: string, options: number[], views: View[]}} TreeShown  `views`: forms of the
 *   same tree; the first is the one that decides
 * @typedef {{nodes: TreeNode[], svg: string, problem?: string, large?: boolean}} View  `problem`: why there is no drawing
 * @typedef {[words: string, quotes: number[], sentence?: number]} TextPart
 * @typedef {string | string[] | undefined} Answer  a value, or several of which one is right;
 *   undefined is unknown
 * @typedef {Answer[]} Answers  one for each factor
 */
export {};
