"""The keys of `guide.yaml` and `cases.yaml`, read by loader, schema and documentation."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from ..model.parts import Standing
from ..model.relations import RelationKind

VERBS = {
    "prefer": Standing.PREFERRED,
    "offer": Standing.OFFERED,
    "withhold": Standing.WITHHELD,
}
RELATIONS = tuple(RelationKind)
# Of these keys a statement has one kind.
SAYING = (*VERBS, *RELATIONS, "remark")
BASES = ("stated", "implied")
# In a condition these are no names of factors.
ANY, ALL, NOT = "any", "all", "not"
WHEN, UNLESS = "when", "unless"
# How many of several answers are given.
COUNTS = AT_LEAST, AT_MOST, EXACTLY = "at_least", "at_most", "exactly"
SCORE, ASKED_IF = "score", "asked_if"
RESERVED = (WHEN, ANY, ALL, NOT, UNLESS, *COUNTS)
# The keys of a condition that hold together.
CONDITION = (WHEN, ANY, ALL)


@dataclass(frozen=True)
class Key:
    """A key, the shape of what it holds (see `schema`), and what it is for."""

    name: str
    holds: str
    about: str
    required: bool = False


@dataclass(frozen=True)
class Section:
    """A mapping with a fixed set of keys."""

    name: str
    keys: tuple[Key, ...]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of its keys."""
        return tuple(key.name for key in self.keys)

    @cached_property
    def required(self) -> tuple[str, ...]:
        """The names of the keys that it cannot do without."""
        return tuple(key.name for key in self.keys if key.required)


_DRAFT = Key("draft", "true", "proposed, and not confirmed yet; delete the line to confirm")
_DESCRIBED = (
    Key("name", "line", "what it is called, in words of the text or your own", required=True),
    Key("synonyms", "lines", "other names that the text uses"),
    Key("does", "quotes", "what it does, in the text's own words"),
)
_CONDITION = (
    Key(WHEN, "all-of", "holds where all of these do; left out, for everyone"),
    Key(ANY, "one-of", "holds where one of these does"),
    Key(ALL, "all-of-several", "holds where all of these do; a list may hold several any"),
)
_SHORT = Key("short", "line", "a short label for drawings, rows and tables")
_QUOTE = Key("quote", "quotes", "the words of the text, verbatim", required=True)

GUIDE = Section(
    "guide",
    (
        Key("title", "line", "the question that the text answers", required=True),
        Key("subject", "subject", "whom or what the text speaks of; default patient, patients"),
        Key("language", "line", "the language of the text, such as en, de or pt-BR; default en"),
        Key("text", "line", "the file of the text, beside the guide; default text.txt"),
        Key("passages", "passages", "the parts of the text, each with an author of its own"),
        Key("factors", "factors", "questions, in the order in which the tree asks", required=True),
        Key("options", "options", "courses of action", required=True),
        Key("groups", "groups", "names for several options at once"),
        Key("trees", "trees", "names of trees, each with the options or groups that it decides"),
        Key("grades", "grades", "the grades that the text gives, in their order, with meanings"),
        Key("scopes", "scopes", "stretches of the text whose statements share a condition"),
        Key("statements", "statements", "one entry for each clause of the text", required=True),
        Key("context", "contexts", "sentences that decide nothing, each with the reason"),
        Key("unclaimed", "unclaimed", "sentences that still have to be dealt with"),
        Key("examples", "examples", "cases to start from; what is left out is unknown"),
        Key("drafted", "drafted", "who proposed what is not confirmed yet"),
    ),
)
SUBJECT = Section(
    "subject",
    (
        Key("one", "line", "one of them, such as passenger", required=True),
        Key("many", "line", "several of them, such as passengers", required=True),
        Key("medical", "true", "their guide says on every screen that it is no medical advice"),
    ),
)
DRAFTED = Section(
    "drafted",
    (
        Key("by", "line", "the model, as it was named", required=True),
        Key("on", "line", "the day, such as 2026-11-29"),
        Key("prompt", "line", "the digest of the prompt that it was asked with"),
    ),
)
PASSAGE = Section(
    "passage",
    (
        Key("author", "line", "who wrote it", required=True),
        Key("begins", "one-quote", "its first words; it runs to the next passage", required=True),
        _DRAFT,
    ),
)
FACTOR = Section(
    "factor",
    (
        Key("question", "line", "the question about the case", required=True),
        _QUOTE,
        Key("values", "values", "its answers, or bands with their bounds; default yes, no"),
        Key("unit", "line", "what a number counts, such as years; without values, limits part it"),
        Key("range", "band", "the numbers that can be; another one is refused"),
        Key(SCORE, "score", "what it counts: other factors with their points"),
        Key(ASKED_IF, "all-of", "asked where all of these hold; elsewhere it does not apply"),
        Key("also", "lines", "named answers beside the number, such as not measured"),
        _SHORT,
        Key("help", "line", "how to answer, no more than the text says"),
        Key("judgement", "one-quote", "the words that leave the answer to somebody's judgement"),
        _DRAFT,
    ),
)
BAND = Section(
    "band",
    (
        Key("from", "number", "the band begins here: this number or more"),
        Key("over", "number", "the band begins here: more than this number"),
        Key("to", "number", "the band ends here: this number or less"),
        Key("below", "number", "the band ends here: less than this number"),
    ),
)
OPTION = Section("option", (*_DESCRIBED, _SHORT, _QUOTE, _DRAFT))
GROUP = Section(
    "group",
    (
        *_DESCRIBED,
        Key("options", "ids", "its options, or other groups", required=True),
        _QUOTE,
        _DRAFT,
    ),
)
# Keys that authors reach for, and what is meant.
MEANT = {
    **dict.fromkeys(
        ("recommend", "recommended", "suggest", "allow"), "prefer (first choice) or offer"
    ),
    **dict.fromkeys(("avoid", "forbid", "contraindicated", "exclude"), "withhold"),
    **dict.fromkeys(
        ("except", "exception", "exceptions", "excluding", "unless_any"),
        "an exception is written unless: {factor: value}",
    ),
    **dict.fromkeys(
        ("if", "where", "condition", "conditions", "for", "in_case"),
        "a condition is written when: {factor: value}",
    ),
    **dict.fromkeys(("overrides", "overrules", "beats"), "outweighs"),
    **dict.fromkeys(
        ("together", "combination", "combined", "with", "plus"), "combine: [option, option]"
    ),
    **dict.fromkeys(("sequence", "first", "then", "before", "after"), "order: [first, then]"),
    **dict.fromkeys(
        ("not_together", "incompatible", "exclusive", "never_with"),
        "a pair that does not go together is written apart: [option, option]",
    ),
    **dict.fromkeys(
        ("replace", "replaces", "instead_of", "alternative", "substitute"),
        "instead: {of: option, use: option}",
    ),
}
SCOPE = Section(
    "scope",
    (
        Key("begins", "one-quote", "its first words"),
        Key("ends", "one-quote", "its last words; left out, it ends with the passage"),
        Key("passage", "line", "a whole passage instead"),
        *_CONDITION,
        Key("quote", "quotes", "the words that state the condition"),
        _DRAFT,
    ),
)
STATEMENT = Section(
    "statement",
    (
        _QUOTE,
        *_CONDITION,
        Key(UNLESS, "all-of", "does not hold where all of these do: the exception to it"),
        Key("prefer", "ids", "first choice: these options or groups"),
        Key("offer", "ids", "named as possible, unranked: these options or groups"),
        Key("withhold", "ids", "not for these cases: these options or groups"),
        Key("combine", "two-ids", "these options or groups go together"),
        Key("order", "two-ids", "these options or groups follow each other"),
        Key("apart", "two-ids", "no two of these options or groups go together"),
        Key("instead", "instead", "one option or group in the place of another"),
        Key("remark", "line", "what holds and names no option"),
        Key("basis", "basis", "stated (the default), or implied, if a careful reader infers it"),
        Key("because", "line", "how an implied statement follows from the words"),
        Key("outweighs", "ids", "statements to which it is the exception, or `everything`"),
        Key("strength", "line", "the words of its quote that say how firmly the text says it"),
        Key("grade", "line", "its grade, one of grades"),
        _DRAFT,
    ),
)
INSTEAD = Section(
    "instead",
    (
        Key("of", "line", "the option or group that is replaced", required=True),
        Key("use", "line", "the option or group to use", required=True),
    ),
)
CONTEXT = Section(
    "context",
    (
        _QUOTE,
        Key("reason", "line", "why it decides nothing: heading, signature, ...", required=True),
        _DRAFT,
    ),
)
QUOTE = Section(
    "quote",
    (
        Key("words", "line", "the words of the text, verbatim", required=True),
        Key("in", "line", "the passage that they are in"),
        Key("nth", "ordinal", "which of several places, counted from 1"),
    ),
)
SECTIONS = (
    GUIDE,
    SUBJECT,
    DRAFTED,
    PASSAGE,
    FACTOR,
    BAND,
    OPTION,
    GROUP,
    SCOPE,
    STATEMENT,
    INSTEAD,
    CONTEXT,
    QUOTE,
)

CASE = Section(
    "case",
    (
        Key("vignette", "line", "the case, in a few sentences", required=True),
        Key("answers", "given", "the factors that the vignette answers; the others are unknown"),
        Key("distractors", "quotes", "words of the vignette that the text does not use"),
    ),
)
GIVEN = Section(
    "answer",
    (
        Key("value", "line", "the value of the factor", required=True),
        Key("words", "quotes", "the words of the vignette that say so", required=True),
    ),
)
# The keys of `cases.yaml`.
CASE_SECTIONS = (CASE, GIVEN)
