"""Random guides for the tests, and what they say by plain enumeration: no tree is needed."""

import itertools
from dataclasses import fields

from hypothesis import strategies as st

from tree import Guide
from tree.logic.walk import Walk
from tree.model.parts import Factor, Option, Reading, Standing, Statement
from tree.model.text import Passage, Text

EFFECTS = [Standing.WITHHELD, Standing.PREFERRED, Standing.OFFERED]
SENTENCES = 4  # in each passage


def text(count):
    """A text of so many passages, p0, p1, …, each of four sentences."""
    parts = [
        "".join(f"Passage {p} says {k} things. " for k in range(2, 2 + SENTENCES)) + "\n\n"
        for p in range(count)
    ]
    starts = [0, *itertools.accumulate(map(len, parts))]
    passages = [Passage(f"p{p}", f"Author {p}", start, 0) for p, start in enumerate(starts[:-1])]
    return Text("text.txt", "".join(parts)).with_passages(passages)


def words(source, passage, number):
    """The quote of one whole sentence of `text`."""
    ((start, end),) = source.find(f"Passage {passage} says {2 + number} things.")
    return source.quote(start, end)


@st.composite
def readings(draw, factors=6, options=3, passages=1, patients=800):
    """A guide of at most so many factors, options and complete patients, with conditions of
    any shape. Every statement quotes a sentence, in a guide of several passages perhaps two."""
    asked = []
    for i in range(draw(st.integers(0, factors))):
        values = draw(st.sampled_from([("yes", "no"), ("yes", "no"), ("a", "b", "c")]))
        patients //= len(values)
        if patients:
            asked.append(Factor(f"f{i}", f"Question {i}?", (), values))
    choices = tuple(Option(f"o{i}", f"Option {i}") for i in range(draw(st.integers(1, options))))
    literals = [
        st.tuples(
            st.just(factor.id),
            st.sets(st.sampled_from(factor.values), min_size=1).map(frozenset),
        )
        for factor in asked
    ]
    # Now and then a conjunction asks two things of one factor, which may even contradict.
    conjunction = (
        st.frozensets(st.one_of(literals), max_size=3) if literals else st.just(frozenset())
    )
    source = text(passages)
    quote = st.builds(
        lambda p, k: words(source, p, k),
        st.integers(0, passages - 1),
        st.integers(0, SENTENCES - 1),
    )
    statement = st.tuples(
        st.lists(conjunction, min_size=1, max_size=3).map(tuple),
        st.dictionaries(
            st.sampled_from([o.id for o in choices]), st.sampled_from(EFFECTS), min_size=1
        ),
        st.lists(quote, min_size=1, max_size=1 if passages == 1 else 2),
        st.booleans(),
    )
    return Reading(
        id="random",
        title="Random",
        text=source,
        factors=tuple(asked),
        options=choices,
        statements=tuple(
            Statement(
                f"s{i}",
                tuple(quotes),
                condition,
                tuple(effects.items()),
                basis="implied" if implied else "stated",
                because=f"Reason {i}." if implied else "",
            )
            for i, (condition, effects, quotes, implied) in enumerate(
                draw(st.lists(statement, max_size=7))
            )
        ),
    )


@st.composite
def readings_and_answers(draw, **limits):
    reading = draw(readings(**limits))
    answers = {
        factor.id: value
        for factor in reading.factors
        if (value := draw(st.sampled_from([None, *factor.values]))) is not None
    }
    return reading, answers


def guide(reading):
    """The same as a Guide, with everything that can be asked of it."""
    return Guide(**{field.name: getattr(reading, field.name) for field in fields(reading)})


def walk(tree, answers):
    """The walk of answers that are checked first, as a guide does it."""
    return Walk(tree, tree.reading.check_answers(answers))


def patients(reading, answers=()):
    """Every complete patient that fits the answers."""
    answers = dict(answers)
    choices = [[answers[f.id]] if f.id in answers else f.values for f in reading.factors]
    ids = [factor.id for factor in reading.factors]
    return [dict(zip(ids, chosen, strict=True)) for chosen in itertools.product(*choices)]


def standings(reading, patient):
    """The strongest statement that applies, for each option: no tree is needed for that."""
    found = []
    for option in reading.options:
        said = [s.effect_on(option.id) for s in reading.statements if s.applies(patient)]
        for standing in EFFECTS:
            if standing in said:
                found.append(standing)
                break
        else:
            found.append(Standing.SILENT)
    return tuple(found)


def table(reading):
    """The outcome of every complete patient, by the patient's values in the guide's order."""
    return {tuple(p.values()): standings(reading, p) for p in patients(reading)}


def ends(reading, outcomes, answers=()):
    """The distinct outcomes in such a table of the patients that fit the answers."""
    return {outcomes[tuple(p.values())] for p in patients(reading, answers)}
