// @ts-check
import { extras } from "../explorer/extras.js";
import { plural, say } from "../messages.js";
import { keptIn } from "../practice/kept.js";
import { emptyRecord } from "../practice/record.js";
import { firstTries } from "../practice/rounds.js";
import { wayToPlatform } from "./api.js";
import { suspendedFrom, suspendedIn } from "./suspended.js";
import { interactionOf } from "./interactions.js";

/**
 * Practice in a learning platform. The record is kept there and not in the browser, and all that
 * the platform is to know is read off the record whenever it changes. Without a platform, the page
 * is as it is elsewhere.
 *
 * @import { Kept } from "../practice/kept.js"
 * @import { Worksheet } from "../practice/worksheet.js"
 * @import { Calls, Pair, Way } from "./api.js"
 * @import { Suspended } from "./suspended.js"
 * @import { Interaction } from "./interactions.js"
 *
 * @typedef {(element: string) => string} Get
 * @typedef {object} Dialect
 * @property {string} object  what the platform's object is called
 * @property {Calls} calls
 * @property {number} room  how many letters the platform keeps from one visit to the next
 * @property {(get: Get) => Pair[]} begun
 * @property {(percent: number, get: Get) => Pair[]} scored
 * @property {(place: string, interaction: Interaction) => Pair[]} answered
 * @property {(seconds: number) => Pair[]} left
 */

const SUSPENDED = "cmi.suspend_data";

/** @param {Dialect} dialect */
export function practiseIn(dialect) {
  const { object, calls, begun, left } = dialect;
  // Before the page looks at its address.
  if (!location.hash) history.replaceState(null, "", "#practise");
  const way = wayToPlatform(object, calls);
  if (!way) return;
  way.set(begun(way.get));
  const start = performance.now();
  addEventListener("pagehide", () => {
    way.set(left((performance.now() - start) / 1000));
    way.commit();
    way.end();
  });
  // A page that comes back from the browser's memory has said goodbye.
  addEventListener("pageshow", event => event.persisted && location.reload());
  extras.shelf = sheet => shelfIn(way, sheet, dialect);
}

/**
 * What stands for the browser's own memory.
 *
 * @param {Way} way
 * @param {Worksheet} sheet
 * @param {Dialect} dialect
 */
function shelfIn(way, sheet, dialect) {
  const found = suspendedFrom(sheet, way.get(SUSPENDED));
  /** @type {Suspended} */
  let state = found ?? { kept: emptyRecord(), best: -1, lost: 0 };
  const known = new Set(state.kept.attempts.map(({ id }) => id));
  // Of the answers before a change of the guide, nothing more is lost with each change.
  const before = state.lost;
  let count = Number(way.get("cmi.interactions._count")) || 0;
  // What was kept before stands in the place that the page looks for first.
  let resumed = found && JSON.stringify(found.kept);
  /** @type {Map<string, string>} */
  const places = new Map();
  extras.kept = answered => {
    const words = say`${answered} kept by the learning platform under your name. It keeps your score, too.`;
    const lost = plural(
      "It had no room for the oldest answer.",
      "It had no room for the {count} oldest answers.",
      state.lost
    );
    return state.lost ? `${words} ${lost}` : words;
  };
  /** @param {Kept} kept */
  const keep = kept => {
    const best = Math.max(state.best, percentOf(kept));
    if (best > state.best) way.set(dialect.scored(best, way.get));
    for (const attempt of kept.attempts.filter(({ id }) => !known.has(id))) {
      known.add(attempt.id);
      const interaction = interactionOf(sheet, attempt);
      if (interaction) way.set(dialect.answered(`cmi.interactions.${count++}`, interaction));
    }
    const [letters, lost] = suspendedIn(sheet, { kept, best, lost: before }, dialect.room);
    state = { kept, best, lost };
    return way.set([[SUSPENDED, letters]]) && way.commit();
  };
  return /** @type {Storage} */ ({
    getItem(/** @type {string} */ key) {
      const isOwn = key.endsWith(`/${sheet.digest}`);
      return places.get(key) ?? (isOwn ? resumed : null);
    },
    setItem(/** @type {string} */ key, /** @type {string} */ content) {
      places.set(key, content);
      const kept = keptIn(content);
      // The record then says that it could not be written.
      if (kept && !keep(kept)) throw new Error(SUSPENDED);
    },
    removeItem(/** @type {string} */ key) {
      places.delete(key);
      resumed = null;
      keep(emptyRecord());
    }
  });
}

/** How many were right at the first try in a round that is over; -1 before. @param {Kept} kept */
function percentOf({ round, attempts }) {
  if (!round?.questions.length || round.position < round.questions.length) return -1;
  const tries = firstTries(attempts.filter(attempt => attempt.round === round.id));
  const right = tries.filter(attempt => attempt.right).length;
  return Math.round((10000 * right) / round.questions.length) / 100;
}
