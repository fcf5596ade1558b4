// @ts-check
import { practiseIn } from "./scorm/platform.js";

/**
 * Practice in a platform that speaks SCORM 1.2.
 *
 * @import { Interaction } from "./scorm/interactions.js"
 */

const CORE = "cmi.core";
// What a platform calls the parts of an answer: one letter or digit each.
const letterOf = (/** @type {number} */ place) => place.toString(36);
// No response may be longer.
const LONGEST_RESPONSE = 255;

practiseIn({
  object: "API",
  calls: ["LMSInitialize", "LMSFinish", "LMSGetValue", "LMSSetValue", "LMSCommit"],
  room: 4096,
  begun: get =>
    get(`${CORE}.lesson_status`) === "not attempted"
      ? [[`${CORE}.lesson_status`, "incomplete"]]
      : [],
  /** Whether it is passed is said where the platform names a score for that. */
  scored(percent, get) {
    const mastery = get("cmi.student_data.mastery_score");
    const passed = percent >= Number(mastery) ? "passed" : "failed";
    return [
      [`${CORE}.score.raw`, percent],
      [`${CORE}.score.min`, 0],
      [`${CORE}.score.max`, 100],
      [`${CORE}.lesson_status`, mastery === "" ? "completed" : passed]
    ];
  },
  answered(place, interaction) {
    const at = new Date(interaction.at);
    return [
      [`${place}.id`, interaction.id],
      [`${place}.type`, interaction.type],
      [`${place}.time`, at.toTimeString().slice(0, 8)],
      ...interaction.patterns.map(
        (pattern, i) =>
          /** @type {[string, string]} */ ([
            `${place}.correct_responses.${i}.pattern`,
            pairsIn12(interaction, pattern)
          ])
      ),
      [`${place}.weighting`, 1],
      [`${place}.student_response`, pairsIn12(interaction, interaction.response)],
      [`${place}.result`, interaction.right ? "correct" : "wrong"],
      [`${place}.latency`, timespanIn12(interaction.seconds)]
    ];
  },
  left: seconds => [
    [`${CORE}.session_time`, timespanIn12(seconds)],
    [`${CORE}.exit`, "suspend"]
  ]
});

/** As many of the pairs as there is room for. @param {Interaction} interaction @param {[row: number, value: number][]} pairs */
function pairsIn12({ type }, pairs) {
  const marks = pairs.map(([row, value]) =>
    type === "choice" ? letterOf(value) : `${letterOf(row)}.${letterOf(value)}`
  );
  while (marks.join(",").length > LONGEST_RESPONSE) marks.pop();
  return marks.join(",");
}

/** @param {number} seconds */
function timespanIn12(seconds) {
  const whole = Math.floor(seconds);
  const padded = (/** @type {number} */ number, digits = 2) => `${number}`.padStart(digits, "0");
  const hundredths = Math.floor((seconds - whole) * 100);
  const minutes = padded(Math.floor(whole / 60) % 60);
  return `${padded(Math.floor(whole / 3600), 4)}:${minutes}:${padded(whole % 60)}.${padded(hundredths)}`;
}
