"""The guide on wintering bees: what its tests ask of it, and the parts of its text."""

from places import DATA

FOLDER = DATA / "wintering_bees"

COUNTED = {"mites_counted": "yes"}
ANY_BROOD = ["capped alone", "open"]
# What makes a colony a weak one, and what does not.
SIGNS = {
    "bee_frames": (4, 5),
    "old_queen": ("yes", "no"),
    "food_frames": (3, 4),
    "robbed": ("yes", "no"),
    "shade": ("yes", "no"),
}
# The factors that each section asks.
SECTIONS = (
    {"weight", "nights", "syrup_taken"},
    {"mites_counted", "mites", "brood", "caged", "temperature", "warm_nights", "resistant"},
    {*SIGNS, "sickness", "declared_free"},
    {"altitude", "damp", "storms", "flood_plain"},
    {"winter", "emergency", "warm_week"},
)
MEDICINES = ("oxalic_acid", "formic_acid", "thymol", "last_medicine", "another_medicine")
SILENT = ("silent", None, None)


def signs(*shown, others="unknown"):
    """A weak colony with some of the signs; the others are unknown, or not there."""
    place = {"unknown": None, "absent": 1}[others]
    answers = {s: is_so if s in shown else None for s, (is_so, _) in SIGNS.items()}
    if place:
        answers |= {s: SIGNS[s][place] for s in SIGNS if s not in shown}
    return answers


def said(guide, answers):
    """Of each option its standing, the words that say how firmly, and the grade."""
    found = guide.walk(answers).to_dict()["standings"]
    return {id: (each["standing"], each["strength"], each["grade"]) for id, each in found.items()}


def relations(guide, answers):
    """The relations that are certainly shown: of each its kind, its options, words and grade."""
    found = guide.walk(answers).to_dict()["relations"]
    return [
        (one["kind"], one["of"], one["strength"], one["grade"]) for one in found if one["certain"]
    ]


def plain(shown):
    """It in words, without the line breaks."""
    return " ".join(str(shown).split())
