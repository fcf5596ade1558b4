// @ts-check

/**
 * What is only there where it is needed: large.js is for large trees, trees.js for guides of
 * several, printing.js for trees that need a page of their own, several.js for questions of more
 * than two values, bands.js for those with numbers, and notebook.js has what needs a kernel: settings
 * that change the tree, and saving as a page; and what concerns authors. scorm/platform.js is for
 * practice in a learning platform.
 *
 * @import { Control, Source } from "../explorer.js"
 * @import { Actions } from "./actions.js"
 * @import { Asked, Band, Payload } from "./payload.js"
 * @import { Drawn } from "./pieces.js"
 * @import { State } from "./state.js"
 * @import { InView } from "../trees/address.js"
 * @import { TreeWalk } from "./walking.js"
 * @import { Worksheet } from "../practice/worksheet.js"
 *
 * @typedef {Omit<Control, "attach">} Answered
 *
 * @typedef {object} Settings
 * @property {HTMLElement} element
 * @property {() => void} rebuild
 * @property {() => void} answered  the kernel has answered
 *
 * @typedef {object} Trees  what a guide of several trees has around the view of one
 * @property {(...parts: HTMLElement[]) => HTMLElement} around
 * @property {() => void} rebuild
 * @property {() => void} render
 *
 * @typedef {object} Large  what a large tree has above its drawing, and instead of the outline
 * @property {HTMLElement} search
 * @property {HTMLElement} outline
 * @property {(walked: TreeWalk) => void} show
 */

/**
 * @type {{large?: (state: State, drawn: () => Drawn) => Large,
 *   opened?: (state: State, isInView: boolean) => HTMLElement,
 *   print?: (state: State, paper: HTMLElement) => void,
 *   trees?: (state: State, source: Source, actions: Actions) => Trees,
 *   changedToo?: (state: State) => string[],
 *   drawings?: (payload: Payload) => Promise<void>,
 *   several?: (place: HTMLElement, inputs: HTMLInputElement[], state: Answered, check: () => void) =>
 *     {chosen: (place: number) => number[], show: () => void},
 *   bandOf?: (bands: Band[], number: number) => number,
 *   inBands?: (factor: Asked, words: string) => number[],
 *   treeAsked?: (payload: Payload) => {asked: Asked, inView: (kept: Answered) => InView},
 *   coverage?: (payload: Payload, text: HTMLElement) => HTMLElement[],
 *   settings?: (state: State, source: Source, actions: Actions) => Settings,
 *   along?: (source: Source, status: HTMLElement) => HTMLElement[],
 *   shelf?: (sheet: Worksheet) => Storage,
 *   kept?: (answered: string) => string}}
 */
export const extras = {};
