"""Random guides for the tests, and what they say by plain enumeration: no tree is needed."""

import itertools
from dataclasses import fields, replace

from chances import chances
from hypothesis import assume
from hypothesis import strategies as st

from tree import Guide
from tree.logic.tree_walk import TreeWalk
from tree.logic.walk import Walk
from tree.model.parts import EVERYTHING, Factor, Group, Option, Reading, Standing, Statement
from tree.model.relations import Member, Relation, RelationKind
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
def readings(draw, factors=6, options=3, passages=1, patients=800, outweighing=True):
    """A guide of at most so many factors, options and complete patients, with conditions of
    any shape. Every statement quotes a sentence, in a guide of several passages perhaps two."""
    chance = draw(chances())
    asked = []
    for i in range(chance.randint(0, factors)):
        values = chance.choice([("yes", "no"), ("yes", "no"), ("a", "b", "c")])
        patients //= len(values)
        if patients:
            asked.append(Factor(f"f{i}", f"Question {i}?", (), values))
    choices = tuple(Option(f"o{i}", f"Option {i}") for i in range(chance.randint(1, options)))
    source = text(passages)

    def conjunction():
        # Now and then it asks two things of one factor, which may even contradict.
        return frozenset(
            (factor.id, frozenset(some(chance, factor.values)))
            for factor in chance.choices(asked, k=chance.randint(0, 3) if asked else 0)
        )

    def quote():
        return words(source, chance.randrange(passages), chance.randrange(SENTENCES))

    def statement():
        return (
            tuple(conjunction() for _ in range(chance.randint(1, 3))),
            {option.id: chance.choice(EFFECTS) for option in some(chance, choices)},
            [quote() for _ in range(1 if passages == 1 else chance.randint(1, 2))],
            chance.choice([False, True]),
            {*chance.choices([*(f"s{i}" for i in range(7)), EVERYTHING], k=chance.randint(0, 2))},
        )

    made = [statement() for _ in range(chance.randint(0, 7))]
    always = [EVERYTHING] if outweighing else []
    # A statement outweighs those that come later in some order, so not in a circle.
    order = chance.sample([f"s{i}" for i in range(7)], 7) if outweighing else []
    found = Reading(
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
                outweighs=tuple(sorted(outweighed & {*always, *_after(f"s{i}", order, made)})),
            )
            for i, (condition, effects, quotes, implied, outweighed) in enumerate(made)
        ),
    )
    assume(not in_a_circle(found))
    return found


def some(chance, things):
    """One or more of them, each once."""
    return chance.sample(things, chance.randint(1, len(things)))


def _after(id, order, made):
    known = {f"s{i}" for i in range(len(made))}
    return known & {*order[order.index(id) + 1 :]} if order else ()


@st.composite
def readings_and_answers(draw, **limits):
    reading = draw(readings(**limits))
    chance = draw(chances(2 * len(reading.factors)))
    answers = {
        factor.id: value
        for factor in reading.factors
        if (value := chance.choice([None, *factor.values])) is not None
    }
    return reading, answers


@st.composite
def readings_beside(draw, **limits):
    """A guide that also has remarks and relations, of options and of a group, some conditional;
    and answers, some of them open."""
    reading, answers = draw(readings_and_answers(**limits))
    ids = [option.id for option in reading.options]
    group = Group("g", "Group", options=tuple(ids[: draw(st.integers(1, len(ids)))]))
    members = [*(Member(id, (id,)) for id in ids), Member("g", group.options)]
    literals = [
        st.tuples(st.just(f.id), st.sets(st.sampled_from(f.values), min_size=1).map(frozenset))
        for f in reading.factors
    ]
    some = st.frozensets(st.one_of(literals), max_size=2) if literals else st.just(frozenset())
    more = []
    for number in range(draw(st.integers(1, 4))):
        chosen = draw(st.permutations(members))[: draw(st.integers(2, 3))]
        kind = draw(st.sampled_from(RelationKind))
        related = [chosen[0]]
        for member in chosen[1:]:
            if not {*member.options} & {o for other in related for o in other.options}:
                related.append(member)
        related = related[: 2 if kind is RelationKind.INSTEAD else 3]
        says = {"remark": f"Remark {number}."}
        if len(related) > 1:
            says = {"relation": Relation(kind, tuple(related))}
        condition = tuple(draw(st.lists(some, min_size=1, max_size=2)))
        quotes = (words(reading.text, 0, number % SENTENCES),)
        more.append(Statement(f"b{number}", quotes, condition, **says))
    statements = (*reading.statements, *more)
    return replace(reading, groups=(group,), statements=statements), answers


def guide(reading):
    """The same as a Guide, with everything that can be asked of it."""
    return Guide(**{field.name: getattr(reading, field.name) for field in fields(reading)})


def walk(reading, answers):
    """The walk of answers that are checked first, as a guide does it."""
    return Walk(reading, reading.check_answers(answers))


def walk_on(tree, answers):
    """The same on one tree."""
    return TreeWalk(tree, tree.reading.check_answers(answers))


def patients(reading, answers=()):
    """Every complete patient that fits the answers. What does not apply to one is left out."""
    answers = dict(answers)
    choices = [[answers[f.id]] if f.id in answers else f.values for f in reading.factors]
    ids = [factor.id for factor in reading.factors]
    found = [dict(zip(ids, chosen, strict=True)) for chosen in itertools.product(*choices)]
    if any(factor.asked_if for factor in reading.factors):
        kept = (applying(reading, patient) for patient in found)
        found = list({tuple(patient.items()): patient for patient in kept}.values())
    return found


def applying(reading, patient):
    """The answers of a patient to questions that apply."""
    kept = {}
    for factor in reading.factors:
        if all(kept.get(on) in values for on, values in factor.asked_if):
            kept[factor.id] = patient[factor.id]
    return kept


def asked_for(reading, option):
    """The factors that all that is said of an option may ask: of it, or of what is outweighed."""
    said = {s.id: s for s in reading.statements if option in dict(s.effects)}
    # What outweighs need not speak of the option itself.
    while more := {
        one.id: one
        for one in reading.statements
        if one.id not in said and {*one.outweighs} & said.keys()
    }:
        said |= more
    return asked_by(reading, said.values())


def asked_by(reading, statements):
    """The factors that statements ask: in a count those counted, and all that these depend on."""
    counted = {count.id: [id for id, _ in count.points] for count in reading.counts}
    found = {
        asked
        for statement in statements
        for conjunction in statement.condition
        for id, _ in conjunction
        for asked in counted.get(id, [id])
    }
    depending = {f.id: {id for id, _ in f.asked_if} for f in reading.factors}
    while more := {other for id in found for other in depending[id]} - found:
        found |= more
    return found


def patients_of(reading, ids):
    """Every patient as far as some factors go."""
    factors = tuple(factor for factor in reading.factors if factor.id in ids)
    return patients(replace(reading, factors=factors))


# --- what decides, as docs/architecture.md has it, word for word and case by case -----------


def holds(statement, patient, counts=()):
    """Whether a statement holds for a complete patient. `counts`: of the guide, if it has some."""
    known = {**patient, **{count.id: total(count, patient) for count in counts}}
    return any(
        all(known.get(factor) in values for factor, values in conjunction)
        for conjunction in statement.condition
    )


def total(count, patient):
    """The value of a count of others."""
    points = sum(dict(worth).get(patient.get(factor), 0) for factor, worth in count.points)
    (value,) = [v for v, band in zip(count.values, count.bands, strict=True) if band.holds(points)]
    return value


def outweighs_on(one, other, option):
    """Whether one statement outweighs another on an option of the other."""
    if not one.outweighs:
        return False
    own, theirs = dict(one.effects), dict(other.effects)
    named = other.id in one.outweighs
    if one is other or option not in theirs:
        return False
    if named and not own.keys() & theirs.keys():
        return True
    veto = EVERYTHING in one.outweighs and EVERYTHING not in other.outweighs
    return option in own and (named or (veto and one.id not in other.outweighs))


def counts(reading, statement, option, patient):
    """It holds, and nothing that outweighs it does."""
    return holds(statement, patient, reading.counts) and not any(
        outweighs_on(other, statement, option) and holds(other, patient, reading.counts)
        for other in reading.statements
    )


def speaking(reading, patient, option):
    """What counts on an option, but for what is implied and gives way to what is stated."""
    said = [s for s in reading.statements if option in dict(s.effects)]
    said = [s for s in said if counts(reading, s, option, patient)]
    if any(s.basis == "stated" and s.effect_on(option) is not Standing.WITHHELD for s in said):
        said = [
            s for s in said if s.basis == "stated" or s.effect_on(option) is not Standing.WITHHELD
        ]
    return said


def deciding(reading, patient, option):
    """What an option's standing is, and the statements that decide it."""
    said = speaking(reading, patient, option)
    for standing in EFFECTS:
        if decide := [s for s in said if s.effect_on(option) is standing]:
            return standing, decide
    return Standing.SILENT, []


def standings(reading, patient):
    """The standing of each option: no tree is needed for that."""
    return tuple(deciding(reading, patient, option.id)[0] for option in reading.options)


def there(reading, patient):
    """The options that are preferred or offered for a complete patient."""
    pairs = zip(reading.options, standings(reading, patient), strict=True)
    return {o.id for o, s in pairs if s in (Standing.PREFERRED, Standing.OFFERED)}


def shown_members(reading, statement, patient):
    """The options and groups that a relation names for a complete patient; none where it is not
    shown: as docs/authors.md has it."""
    options = there(reading, patient)
    members = [m for m in statement.relation.members if options & {*m.options}]
    if statement.relation.kind is RelationKind.INSTEAD:
        used = statement.relation.members[1]
        members = list(statement.relation.members) if used in members else []
    elif len(members) < 2:
        members = []
    return tuple(m.id for m in members) if holds(statement, patient, reading.counts) else ()


def in_a_circle(reading):
    """Whether a statement outweighs itself, by way of others."""
    after = {
        one.id: {
            other.id
            for other in reading.statements
            for option in dict(other.effects)
            if outweighs_on(one, other, option)
        }
        for one in reading.statements
    }
    for _ in after:
        after = {id: ids.union(*(after[i] for i in ids)) for id, ids in after.items()}
    return any(id in ids for id, ids in after.items())


def table(reading):
    """The outcome of every complete patient, by the patient's values in the guide's order."""
    return {tuple(p.values()): standings(reading, p) for p in patients(reading)}


def ends(reading, outcomes, answers=()):
    """The distinct outcomes in such a table of the patients that fit the answers."""
    return {outcomes[tuple(p.values())] for p in patients(reading, answers)}
