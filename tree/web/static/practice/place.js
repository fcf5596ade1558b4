// @ts-check

/**
 * Where the browser keeps the record of a guide.
 *
 * Two guides may lie in folders of the same name, and a guide changes now and then. So each record
 * has a place of its own, named after the guide as it was when the record was begun; a guide that
 * has changed finds its record by what was practised there.
 *
 * @import { Attempt, Kept } from "./kept.js"
 * @import { Worksheet } from "./worksheet.js"
 */

const PLACE = "tree-practice";
// So much of what was judged must still stand in a guide that has changed.
const ENOUGH = 0.5;

/** @typedef {(content: string) => Kept | null} Reader */

/**
 * The place of a guide's record: the one that it has, or else a new one.
 *
 * @param {Storage} store
 * @param {Worksheet} sheet
 * @param {Reader} read
 */
export function ownPlace(store, sheet, read) {
  const folder = `${PLACE}/${sheet.guide}/`;
  const own = `${folder}${sheet.digest}`;
  if (store.getItem(own) !== null) return own;
  let [best, most] = [own, 0];
  const known = itemsOf(sheet);
  for (const key of Object.keys(store)) {
    // What was set aside has a longer name.
    if (!key.startsWith(folder) || !/^[0-9a-f]+$/.test(key.slice(folder.length))) continue;
    const attempts = read(store.getItem(key) ?? "")?.attempts ?? [];
    const version = attempts[attempts.length - 1]?.guide_digest;
    const newest = attempts.filter(attempt => attempt.guide_digest === version);
    const share = shareOf(sheet, known, newest);
    if (share >= ENOUGH && share > most) [best, most] = [key, share];
  }
  return best;
}

/** Where all guides of folders of this name once had one record together. @param {string} guide */
export const oldPlace = guide => `${PLACE}/${guide}`;

/**
 * Take what belongs to this guide from the record that guides once shared. What is left there is
 * another guide's, and waits for it.
 *
 * @param {Storage} store
 * @param {Worksheet} sheet
 * @param {string} key  the place of the guide's own record
 * @param {Reader} read
 */
export function takeShared(store, sheet, key, read) {
  const place = oldPlace(sheet.guide);
  const content = store.getItem(place) ?? "";
  const shared = read(content);
  if (!shared) return;
  const known = itemsOf(sheet);
  const all = shared.attempts;
  const ours = new Set(
    [...new Set(all.map(attempt => attempt.guide_digest))].filter(version => {
      const same = all.filter(attempt => attempt.guide_digest === version);
      return shareOf(sheet, known, same) >= ENOUGH;
    })
  );
  const round = shared.round?.guide_digest === sheet.digest ? shared.round : null;
  if (!ours.size && !round) return;
  const isOurs = (/** @type {Attempt} */ { guide_digest: version }) => ours.has(version);
  const own = read(store.getItem(key) ?? "") ?? { ...shared, attempts: [], rounds: 0, round: null };
  const ids = new Set(own.attempts.map(({ id }) => id));
  const taken = all.filter(attempt => isOurs(attempt) && !ids.has(attempt.id));
  const attempts = [...taken, ...own.attempts].sort((a, b) => (a.at < b.at ? -1 : 1));
  const rounds = Math.max(own.rounds, shared.rounds);
  const rest = {
    ...shared,
    attempts: all.filter(attempt => !isOurs(attempt)),
    round: round ? null : shared.round
  };
  // First there is room made, for the browser may have no more.
  if (rest.attempts.length || rest.round) store.setItem(place, JSON.stringify(rest));
  else store.removeItem(place);
  try {
    store.setItem(key, JSON.stringify({ ...own, attempts, rounds, round: own.round ?? round }));
  } catch {
    store.setItem(place, content);
  }
}

/**
 * What can be misread in a guide: each factor and statement with the words that it quotes.
 *
 * @param {Worksheet} sheet
 */
function itemsOf({ steps, words, quotes }) {
  const found = new Set();
  for (const [, , , factor, statement, quoted, , , , others] of steps) {
    for (const [about, place] of [[statement, quoted], ...others.map(([, s, q]) => [s, q])]) {
      found.add(itemOf(words[factor], words[about], quotes[place][0]));
    }
  }
  return found;
}

/** @param {string} factor @param {string} statement @param {string} words */
const itemOf = (factor, statement, words) => JSON.stringify([factor, statement, words]);

/**
 * How much of what was judged in some attempts stands in a guide, as it was: 1 is all of it.
 *
 * @param {Worksheet} sheet
 * @param {Set<string>} known
 * @param {Attempt[]} attempts
 */
function shareOf({ digest }, known, attempts) {
  if (!attempts.length) return 0;
  if (attempts.every(attempt => attempt.guide_digest === digest)) return 1;
  const judged = attempts.flatMap(attempt => attempt.judged).filter(({ words }) => words);
  const items = new Set(judged.map(step => itemOf(step.factor, step.statement, step.words)));
  return [...items].filter(item => known.has(item)).length / Math.max(items.size, 1);
}
