// @ts-check
import {
  calledBy,
  entryAt,
  formOf,
  formOfFirstAuthor,
  keepForms,
  keyOf,
  quoteOf,
  reviewed,
  takeWords
} from "./desk.js";
import { pickedChip, takeChip } from "./conditions.js";
import { askedOf, FIRST_FIELD, newForm, QUOTING } from "./forms.js";
import { wholeWords } from "./letters.js";
import { missingIn } from "./missing.js";
import { calledIn, wordsOfStep } from "./steps.js";
import { inARow, say } from "../messages.js";

/**
 * What the author does: each action changes the desk and shows it anew.
 *
 * @import { Desk, WrittenEntry } from "./desk.js"
 * @import { Fields, Form } from "./forms.js"
 * @import { Span } from "./letters.js"
 * @import { Ask } from "./talk.js"
 * @typedef {ReturnType<typeof doingsOn>} Doings
 * @typedef {(words: Record<string, any>, said: string, more?: (answer: any) => Partial<Desk>) => Promise<object | null>} Stepping
 */

/**
 * @param {Desk} desk
 * @param {Ask} ask
 * @param {() => void} show
 */
export function doingsOn(desk, ask, show) {
  /** @param {Partial<Desk>} more */
  const change = more => {
    Object.assign(desk, { said: "", trouble: "", removal: null }, more);
    keepForms(desk);
    show();
  };
  /** Ask for a step; what Python says where it was done. @param {Record<string, any>} words @param {string} said @param {(answer: any) => Partial<Desk>} [more] */
  const step = async (words, said, more = () => ({})) => {
    desk.working = true;
    show();
    const answer = await ask(words);
    desk.working = false;
    if (answer.named) {
      change({ removal: { words, named: answer.named } });
      return null;
    }
    if (answer.conflict) {
      const names = inARow(answer.conflict.map((/** @type {any} */ each) => named(desk, each)));
      change({ trouble: say`Changed in the file meanwhile, so nothing was done here: ${names}` });
      return null;
    }
    change(
      answer.problem
        ? { trouble: answer.problem }
        : { said: answer.message || said, ...more(answer) }
    );
    return answer.problem ? null : answer;
  };
  return {
    ask,
    change,
    step,
    show,
    /** @param {Span} span @param {boolean} [byKeys]  with keys it grows word by word, and `takeSelected` takes it */
    select(span, byKeys = false) {
      const selected = wholeWords(desk.tokens, span);
      const form = formOf(desk);
      const reviews = desk.tab === "review";
      // A form that is being saved goes, and the words are for what comes next.
      if (selected && form?.chosen && !reviews && !desk.working && !byKeys)
        takeWords(desk, form.chosen, selected);
      change({ selected, tab: reviews ? desk.tab : "write" });
    },
    /** Give the words to the form that waits for them. Returns whether one waits. */
    takeSelected() {
      const { selected, tab, working } = desk;
      const { chosen = "", section = "" } = formOf(desk) ?? {};
      if (!chosen || !selected || tab !== "write" || working) return false;
      takeWords(desk, chosen, selected);
      change({ focus: FIRST_FIELD[section] ?? `${chosen}-more` });
      return true;
    },
    /** Select a sentence, and move the focus to what can be made of it. @param {Span} selected */
    toSentence: selected => change({ selected, focus: "make-" }),
    ...formsOn(desk, ask, change),
    /** @param {string[]} path */
    goTo(path) {
      const entry = entryAt(desk, path);
      if (!entry) return;
      change({
        tab: "review",
        at: keyOf(entry),
        selected: entry.quotes[0] ?? desk.selected,
        forms: desk.forms.filter(form => !isUntouched(form))
      });
    },
    ...stepsOn(desk, step)
  };
}

/**
 * What is done with forms.
 *
 * @param {Desk} desk
 * @param {Ask} ask
 * @param {(more: Partial<Desk>) => void} change
 */
const formsOn = (desk, ask, change) => ({
  /** @param {string} section @param {Fields} [fields] */
  begin(section, fields) {
    const form = newForm(section, fields ?? begun(desk, section));
    // What is made on the way to something is mostly named by other words than that.
    if (!fields && desk.forms.length) {
      Object.assign(form, newForm(section, {}), { chosen: QUOTING[section] ?? "quote" });
    }
    form.from = desk.tab;
    const focus = desk.forms.length ? "" : (FIRST_FIELD[section] ?? "");
    change({ tab: "write", atTop: true, focus, forms: [...desk.forms, form] });
    if (section === "statements") suggestTo(desk, ask, change);
  },
  /** @param {WrittenEntry | {section: string, id: string, fields: any}} entry */
  edit({ section, id, fields }) {
    // A form that is open stays open, with what stands in it.
    const known = desk.forms.find(form => form.section === section && form.id === id);
    const others = desk.forms.filter(form => form !== known && !isUntouched(form));
    const form = known ?? newForm(section, fields, id);
    form.from = desk.tab;
    const focus = FIRST_FIELD[section] ?? "";
    change({ tab: "write", atTop: true, focus, forms: [...others, form] });
  },
  /** @param {string} tab */
  turnTo(tab) {
    const forms = desk.forms.filter(form => !isUntouched(form));
    const [words] = (tab === "review" && reviewed(desk)?.quotes) || [];
    change({ tab, forms, selected: words ?? desk.selected });
  },
  cancel() {
    const forms = desk.forms.slice(0, -1);
    change({ tab: backFrom(desk, formOf(desk)), atTop: !forms.length, forms });
  },
  save: () => saveForm(desk, ask, change)
});

/**
 * The steps that need no form.
 *
 * @param {Desk} desk
 * @param {Stepping} step
 */
const stepsOn = (desk, step) => ({
  /** @param {WrittenEntry} entry */
  confirm(entry) {
    const next = after(desk, [entry]);
    return step(confirming([entry]), say`Confirmed.`, () => next);
  },
  /** What was read together, as one step. @param {WrittenEntry[]} entries */
  confirmAll(entries) {
    const next = after(desk, entries);
    const count = entries.length;
    return step(confirming(entries), say`Confirmed: ${count}`, () => next);
  },
  /** @param {{section: string, id: string}} entry @param {boolean} [along] */
  remove: (entry, along) =>
    step(
      { do: "remove", path: pathTo(entry), along: Boolean(along) },
      say`Removed. Undo brings it back.`,
      () => {
        const form = desk.forms.find(each => keyOf(each) === keyOf(entry));
        return { tab: backFrom(desk, form), forms: desk.forms.filter(each => each !== form) };
      }
    ),
  /** Say that a statement is the exception to others. @param {WrittenEntry} entry @param {string[]} others */
  outweigh(entry, others) {
    const { outweighs } = entry.fields;
    const all = [...new Set([outweighs ?? [], others].flat())];
    const words = { do: "change", path: pathTo(entry), fields: { outweighs: all } };
    // What is settled in a review goes on with the card that was read.
    const card = desk.tab === "review" && reviewed(desk);
    const more = card ? { at: keyOf(card) } : {};
    return step({ ...words, was: { outweighs: outweighs ?? null } }, say`Saved.`, () => more);
  },
  /** Ask a question earlier. @param {WrittenEntry} entry @param {string | null} behind */
  move: (entry, behind) => step({ do: "move", path: pathTo(entry), behind }, say`Moved.`),
  undo: () => backAndForth(desk, step, "undo", say`Undone.`),
  redo: () => backAndForth(desk, step, "redo", say`Done again.`)
});

/**
 * Undo or redo, and say what that was.
 *
 * @param {Desk} desk
 * @param {Stepping} step
 * @param {"undo" | "redo"} does
 * @param {string} said
 */
function backAndForth(desk, step, does, said) {
  const { [does]: meant } = desk.files;
  // The step may remove the entry, or bring it back.
  const called = calledIn(desk, meant);
  const [place] = entryAt(desk, meant?.where ?? [])?.quotes ?? [];
  return step({ do: does }, said, ({ path, message }) => {
    const words = wordsOfStep(desk, meant, called || calledIn(desk, meant));
    const named = message || !words ? {} : { said: `${said} (${words})` };
    return { ...named, ...(place ? { selected: place } : {}), ...showAgain(desk, path) };
  });
}

/** What an entry is called. @param {Desk} desk @param {{path: string[]}} entry */
const named = (desk, { path: [section = "", id = ""] }) => calledBy(desk, section, id) || section;

/** To confirm what the author has read: Python looks whether it is still the same. @param {WrittenEntry[]} entries */
function confirming(entries) {
  const [first, ...also] = entries.map(each => ({ path: pathTo(each), was: each.fields }));
  return { do: "confirm", ...first, also };
}

/** Where a review goes on: with the card that is read, or with the next one that waits. @param {Desk} desk @param {WrittenEntry[]} confirmed @returns {Partial<Desk>} */
function after(desk, confirmed) {
  const read = reviewed(desk);
  if (desk.tab !== "review" || !read) return {};
  const waiting = desk.files.entries.filter(({ draft }) => draft);
  const left = waiting.slice(waiting.indexOf(read)).filter(each => !confirmed.includes(each));
  const [next] = left;
  return { at: next ? keyOf(next) : "", selected: next?.quotes[0] ?? desk.selected };
}

/** Whether nothing of an entry has been changed in its form. @param {Form} form */
const isUntouched = form => Boolean(form.id) && !askedOf(form);

/** Where the author goes on after a form: where it was opened, such as in the review, unless another one waits. @param {Desk} desk @param {Form} [form] */
const backFrom = ({ tab, forms }, form) =>
  (tab === "write" && forms.length < 2 && form?.from) || tab;

/** What was changed back, and its words. @param {Desk} desk @param {string[]} path @returns {Partial<Desk>} */
function showAgain(desk, path) {
  const entry = entryAt(desk, path);
  return entry ? { at: keyOf(entry), selected: entry.quotes[0] ?? desk.selected } : {};
}

/** @param {{section: string, id: string}} entry */
const pathTo = ({ section, id }) => [section, id];

/** The fields that a new entry begins with. @param {Desk} desk @param {string} section */
function begun(desk, section) {
  const { selected } = desk;
  if (!selected) return {};
  const quote = { at: selected };
  if (section in QUOTING) return { [QUOTING[section]]: quote };
  const words = quoteOf(desk, selected);
  // What an option is called is mostly what the text calls it.
  const name = section === "options" || section === "groups" ? { name: words } : {};
  return { quote: [quote], ...name };
}

/** What the selected words usually mean, if they do. @param {Desk} desk @param {Ask} ask @param {(more: Partial<Desk>) => void} change */
async function suggestTo(desk, ask, change) {
  const form = formOf(desk);
  const { suggestion } = await ask({ wants: "suggestion", at: desk.selected ?? [0, 0] });
  if (!suggestion) return;
  const { effect, strength, words } = suggestion;
  if (effect && !form.values.says[0].effect) {
    form.values.says[0].effect = effect;
    form.values.suggested = words;
  }
  // A hedge is part of what the text says, whatever it says.
  if (strength) {
    form.values.strength ||= quoteOf(desk, strength);
    form.hedged = true;
  }
  change({});
}

/** @param {Desk} desk @param {Ask} ask @param {(more: Partial<Desk>) => void} change */
async function saveForm(desk, ask, change) {
  const form = formOf(desk);
  // What was picked, and not taken yet, is meant.
  const picked = form.values.picking && pickedChip(form.values.picking);
  if (picked) takeChip(form.values, picked);
  form.problem = "";
  form.tried = true;
  if (missingIn(form)) {
    change({});
    return;
  }
  const words = askedOf(form);
  const rest = () => desk.forms.filter(each => each !== form);
  if (!words) {
    change({ tab: backFrom(desk, form), forms: rest() });
    return;
  }
  // What is pressed twice is meant once.
  if (desk.working && !desk.silent) return;
  desk.working = true;
  change({});
  const answer = await ask(words);
  desk.working = false;
  if (answer.conflict) {
    form.conflict = answer.conflict[0];
    change({});
  } else if (answer.problem) {
    form.problem = answer.problem;
    change({});
  } else {
    const path = answer.path ?? [];
    const field = handOn(desk, form.section, path[1]);
    const waits = rest().length > 0;
    // A form of another day has no selection beside it.
    const { at: place } = [form.values.quote ?? []].flat()[0] ?? {};
    const selected = desk.selected ?? place ?? null;
    const read = keyOf({ section: path[0] ?? "", id: path[1] ?? "" });
    const at = waits ? {} : { tab: backFrom(desk, form), at: read, selected };
    const before = form.section === "passages" ? formOfFirstAuthor(desk) : null;
    if (before) {
      const said = say`Saved. Who wrote what stands before it?`;
      change({ forms: [...rest(), before], said, focus: FIRST_FIELD.passages, atTop: true });
      return;
    }
    // Next comes the answer to what was made for a condition, or else the next sentence.
    const picks = rest().some(({ values }) => values.picking);
    const focus = picks ? "pick-" : waits ? field : "next";
    change({ forms: rest(), said: answer.message || say`Saved.`, focus, atTop: !waits, ...at });
  }
}

/**
 * Give a waiting form what was made for it, and return the key of the field that now has it.
 *
 * @param {Desk} desk
 * @param {string} section
 * @param {string} id
 */
function handOn(desk, section, id) {
  const waiting = desk.forms[desk.forms.length - 2];
  const give = waiting?.values.wants;
  if (!give || !id) return "";
  delete waiting.values.wants;
  if (give.kind === "names" && /^(options|groups)$/.test(section)) {
    const holder = give.row === undefined ? waiting.values : waiting.values.says[give.row];
    const { [give.field]: chosen } = holder;
    holder[give.field] = Array.isArray(chosen) ? [...chosen, id] : id;
    return Array.isArray(chosen) ? `${give.field}${give.row ?? ""}-more` : give.field;
  }
  if (give.kind === "chip" && section === "factors")
    waiting.values.picking = { ...give, factor: id };
  return "";
}
