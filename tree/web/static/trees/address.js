// @ts-check

/**
 * The tree in view as the address keeps it, like an answer: by an option of it, which stays the
 * same when other trees come and go. The first tree is what is not said.
 *
 * @import { Control } from "../explorer.js"
 * @import { Asked, Payload } from "../explorer/payload.js"
 * @typedef {Omit<Control, "attach">} Answered
 * @typedef {{get: () => number, set: (tree: number) => void, listen: Answered["listen"]}} InView
 */

/**
 * @param {Payload} payload
 * @returns {{asked: Asked, inView: (kept: Answered) => InView}}
 */
export function treeAsked({ trees, options }) {
  const [first, ...others] = trees.flatMap(tree => tree.options);
  const known = [...others, first];
  return {
    // No factor has a name like this.
    asked: { id: ".tree", values: known.map(option => options[option].id) },
    inView: ({ get, set, listen }) => ({
      listen,
      get: () => trees.findIndex(tree => tree.options.includes(known[get()[0]])),
      set: tree => set([known.indexOf(trees[tree].options[0])])
    })
  };
}
