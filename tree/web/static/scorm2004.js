// @ts-check
import { practiseIn } from "./scorm/platform.js";

/**
 * Practice in a platform that speaks SCORM 2004.
 *
 * @import { Interaction } from "./scorm/interactions.js"
 */

// No response may have more pairs, and no description more letters.
const MOST_PAIRS = 36;
const LONGEST_WORDS = 250;
const LONGEST_NAME = 100;

practiseIn({
  object: "API_1484_11",
  calls: ["Initialize", "Terminate", "GetValue", "SetValue", "Commit"],
  room: 64000,
  begun: get =>
    get("cmi.completion_status") === "completed" ? [] : [["cmi.completion_status", "incomplete"]],
  /** Whether it is passed is said where the platform names a score for that. */
  scored(percent, get) {
    const passing = get("cmi.scaled_passing_score");
    const passed = percent / 100 >= Number(passing) ? "passed" : "failed";
    return [
      ["cmi.score.raw", percent],
      ["cmi.score.min", 0],
      ["cmi.score.max", 100],
      ["cmi.score.scaled", percent / 100],
      ["cmi.completion_status", "completed"],
      ["cmi.progress_measure", 1],
      ["cmi.success_status", passing === "" ? "unknown" : passed]
    ];
  },
  answered: (place, interaction) => [
    [`${place}.id`, interaction.id],
    [`${place}.type`, interaction.type],
    [`${place}.timestamp`, `${interaction.at.slice(0, 22)}Z`],
    ...interaction.patterns.map(
      (pattern, i) =>
        /** @type {[string, string]} */ ([
          `${place}.correct_responses.${i}.pattern`,
          pairsIn2004(interaction, pattern)
        ])
    ),
    [`${place}.weighting`, 1],
    [`${place}.learner_response`, pairsIn2004(interaction, interaction.response)],
    [`${place}.result`, interaction.right ? "correct" : "incorrect"],
    [`${place}.latency`, timespanIn2004(interaction.seconds)],
    [`${place}.description`, [...interaction.words].slice(0, LONGEST_WORDS).join("")]
  ],
  left: seconds => [
    ["cmi.session_time", timespanIn2004(seconds)],
    ["cmi.exit", "suspend"]
  ]
});

/** @param {Interaction} interaction @param {[row: number, value: number][]} pairs */
function pairsIn2004({ type, nameOf }, pairs) {
  const marks = pairs.slice(0, MOST_PAIRS).map(([row, value]) => {
    const [asked, answer] = nameOf(row, value).map(identifier);
    return type === "choice" ? answer : `${asked}[.]${answer}`;
  });
  return marks.join("[,]");
}

/** A name as platforms take it: its number tells it from others that look alike. @param {[place: number, name: string]} named */
const identifier = ([place, name]) =>
  `${place}_${name.replace(/[^A-Za-z0-9]+/g, "_").slice(0, LONGEST_NAME)}`;

/** @param {number} seconds */
const timespanIn2004 = seconds => `PT${Math.floor(seconds * 100) / 100}S`;
