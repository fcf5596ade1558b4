"""Random guides as an author would write them, and what they mean, read straight off.

A guide is a dict as YAML would give it. `chance` is a seeded random.Random, or the one that
hypothesis draws from.
"""

from __future__ import annotations

import itertools
import json
import random
import re

Value = dict[str, "Value"] | list["Value"] | str
LIMITS = ["6", "24"]  # that conditions name of a number without bands
NUMBERS = ["-40", "-1", "0", "0.5", "1", "6", "23.999", "24", "65", "999999999999"]


def guide(chance: random.Random, factors: int = 4, options: int = 3) -> dict[str, Value]:
    """A guide that fits `text()`, with everything that the format has in conditions."""
    asked = {f"f{i}": factor(chance, i) for i in range(chance.randint(1, factors))}
    choices = {f"o{i}": {"name": f"choice {i}"} for i in range(chance.randint(1, options))}
    for id, option in choices.items():
        option["quote"] = f"Take choice {id[1:]}."
    count = chance.randint(1, 5)
    made: dict[str, Value] = {
        "title": "What to do?",
        "factors": asked,
        "options": choices,
        "statements": {f"s{i}": statement(chance, i, count, asked, choices) for i in range(count)},
    }
    if chance.random() < 0.2:
        made["groups"] = {"all_kinds": {"name": "Take", "quote": "Take choice 0."}}
        made["groups"]["all_kinds"]["options"] = sorted(choices)
    if chance.random() < 0.7:
        # So that everything is used by some statement.
        some = {id: first_of(asked[id]) for id in asked}
        last = {"quote": f"Rule {count} holds.", "any": some, "offer": sorted(choices)}
        made["statements"][f"s{count}"] = last
    if chance.random() < 0.2:
        made["unclaimed"] = [f"Rule {chance.randint(0, 9)} holds."]
    return made


def text() -> str:
    """What such a guide quotes."""
    asks = "".join(f"Ask question {i}.\n" for i in range(10))
    takes = "".join(f"Take choice {i}. " for i in range(10))
    return f"{asks}{takes}\n" + "".join(f"Rule {i} holds. " for i in range(10))


def factor(chance: random.Random, number: int) -> dict[str, Value]:
    made: dict[str, Value] = {"question": f"{number}?", "quote": f"Ask question {number}."}
    kind = chance.randrange(4)
    if kind == 1:
        made["values"] = ["low", "middle", "high"]
    elif kind == 2:
        made["values"] = bands(chance)
        made["unit"] = "years"
    elif kind == 3:
        # Its bands follow from the limits in conditions.
        made["unit"] = "years"
        if chance.random() < 0.3:
            made["range"] = chance.choice([{"from": "-40"}, {"over": "0", "to": "99"}])
    if kind > 1 and chance.random() < 0.4:
        made["also"] = ["not measured"]
    return made


def is_number(made: dict[str, Value]) -> bool:
    """Whether the bands of a factor follow from limits."""
    return "values" not in made and "unit" in made


def bands(chance: random.Random) -> dict[str, Value]:
    """Two to four bands without a gap or an overlap."""
    cuts = sorted(chance.sample(NUMBERS, chance.randint(1, 3)), key=float)
    made: list[dict[str, Value]] = [{} for _ in range(len(cuts) + 1)]
    for i, cut in enumerate(cuts):
        end, begin = chance.choice((("to", "over"), ("below", "from")))
        made[i][end], made[i + 1][begin] = cut, cut
    return {f"band {i}": band for i, band in enumerate(made)}


def values_of(written: dict[str, Value]) -> list[str]:
    """The values of a factor; of a number without bands, those that stand beside it."""
    default = () if is_number(written) else ("yes", "no")
    return [*written.get("values", default), *written.get("also", ())]


class Answer(str):
    """An answer, with the number that it is or stands for."""

    number: float | None = None


def answers_of(written: dict[str, Value]) -> list[str]:
    """Answers that meet all that can be told apart of a factor: for a band, a number in it."""
    if "unit" not in written:
        return values_of(written)
    every = [number for at in LIMITS for number in (float(at) - 0.5, float(at))] + [99]
    every = [number for number in every if within(number, written.get("range", {}))]
    found = {str(number): number for number in every}
    if "values" in written:
        some = [float(at) + step for at in NUMBERS for step in (-0.0001, 0, 0.0001)]
        bands = written["values"].items()
        found = {name: next(n for n in some if within(n, band)) for name, band in bands}
    return [*map(_answer, found.items()), *written.get("also", ())]


def _answer(named: tuple[str, float]) -> Answer:
    answer = Answer(named[0])
    answer.number = named[1]
    return answer


def first_of(written: dict[str, Value]) -> Value:
    """A value of a factor, or a limit of a number."""
    return {"from": "6"} if is_number(written) else values_of(written)[0]


def within(number: float, limit: dict[str, str]) -> bool:
    """Whether a number fits a limit, read straight off."""
    return all(BOUNDS[bound](number, float(at)) for bound, at in limit.items())


BOUNDS = {
    "from": lambda number, bound: number >= bound,
    "over": lambda number, bound: number > bound,
    "to": lambda number, bound: number <= bound,
    "below": lambda number, bound: number < bound,
}


COUNTS = {
    "at_least": lambda number, bound: number >= bound,
    "at_most": lambda number, bound: number <= bound,
    "exactly": lambda number, bound: number == bound,
}


def statement(
    chance: random.Random, number: int, count: int, asked: dict, choices: dict
) -> dict[str, Value]:
    made: dict[str, Value] = {"quote": f"Rule {number} holds."}
    made |= condition(chance, asked)
    options = chance.sample(sorted(choices), chance.randint(1, len(choices)))
    for option in options:
        verb = chance.choice(("prefer", "offer", "withhold"))
        made.setdefault(verb, []).append(option)
    # Only those that come later: in a circle no guide is made.
    others = [f"s{i}" for i in range(number + 1, count)]
    if others and chance.random() < 0.3:
        made["outweighs"] = chance.sample(others, chance.randint(1, len(others)))
    if chance.random() < 0.1:
        made["draft"] = "true"
    return made


def condition(chance: random.Random, asked: dict) -> dict[str, Value]:
    """Any of when, any and all, nested once; mostly one of them, for two soon contradict.

    Now and then an exception.
    """
    makers = {"when": all_of, "any": one_of, "all": listed}
    keys = chance.sample(sorted(makers), chance.choice((0, 1, 1, 1, 1, 1, 1, 1, 1, 2)))
    made = {key: makers[key](chance, asked, 0) for key in keys}
    if chance.random() < 0.2:
        made["unless"] = all_of(chance, asked, 0)
    return made


def listed(chance: random.Random, asked: dict, nested: int) -> Value:
    if chance.random() < 0.5:
        return all_of(chance, asked, nested)
    return [all_of(chance, asked, nested) for _ in range(chance.randint(1, 2))]


def all_of(chance: random.Random, asked: dict, nested: int) -> dict[str, Value]:
    ids = chance.sample(sorted(asked), chance.randint(1, min(2, len(asked))))
    made: dict[str, Value] = {id: literal(chance, asked[id]) for id in ids}
    if not nested and chance.random() < 0.3:
        made["any"] = one_of(chance, asked, 1)
    if not nested and chance.random() < 0.2:
        made["all"] = listed(chance, asked, 1)
    if len(asked) > 1 and chance.random() < 0.15:
        made |= count(chance, asked)
    return made


def count(chance: random.Random, asked: dict) -> dict[str, Value]:
    """How many of several answers are given."""
    ids = chance.sample(sorted(asked), chance.randint(2, len(asked)))
    kind = chance.choice(sorted(COUNTS))
    least, most = int(kind == "at_least"), len(ids) - (kind == "at_most")
    number = str(chance.randint(least, most))
    return {kind: {number: {id: literal(chance, asked[id]) for id in ids}}}


def one_of(chance: random.Random, asked: dict, nested: int) -> Value:
    if chance.random() < 0.5:
        return all_of(chance, asked, nested)
    return [all_of(chance, asked, nested) for _ in range(chance.randint(1, 3))]


def literal(chance: random.Random, asked: dict[str, Value]) -> Value:
    """A value, several, a limit, or all but these."""
    if "unit" in asked and (is_number(asked) or chance.random() < 0.3):
        return limits(chance, asked)
    values = values_of(asked)
    kind = chance.randrange(4)
    some = chance.sample(values, chance.randint(1, len(values)))
    if kind == 0 or len(some) == len(values):
        return some[0]
    return (some[0], some, {"not": some[0]}, {"not": some})[kind]


def limits(chance: random.Random, asked: dict[str, Value]) -> Value:
    """A limit, several, or all but these; of bands that are written, one of their bounds."""
    cuts = [(bound, at) for band in asked.get("values", {}).values() for bound, at in band.items()]
    if "values" not in asked:
        cuts = [(bound, at) for bound in BOUNDS for at in LIMITS if inside(at, asked)]
    one = dict([chance.choice(cuts)])
    other = dict([chance.choice(cuts)])
    both = {**one, **other}
    if not ({"from", "over"} <= both.keys() or {"to", "below"} <= both.keys()):
        low, high = [float(both.get(a, both.get(b, 0))) for a, b in ends]
        one = both if len(both) == 2 and low < high else one
    several: list[Value] = [one, other, *asked.get("also", ())]
    return chance.choice([one, several, several, {"not": one}])


ends = (("from", "over"), ("to", "below"))


def inside(at: str, asked: dict[str, Value]) -> bool:
    """Whether a number is well within the range, so that a limit there parts it."""
    found = asked.get("range", {})
    return all(within(float(at) + step, found) for step in (-0.0001, 0.0001))


# --- what it means, without clauses ----------------------------------------------------------


def patients(made: dict[str, Value]) -> list[dict[str, str]]:
    """Every complete patient."""
    ids = list(made["factors"])
    each = [answers_of(factor) for factor in made["factors"].values()]
    return [dict(zip(ids, chosen, strict=True)) for chosen in itertools.product(*each)]


def holds(statement: dict[str, Value], patient: dict[str, str]) -> bool:
    """Whether the condition of a statement is met."""
    return (
        _all(statement.get("when", {}), patient)
        and ("any" not in statement or _any(statement["any"], patient))
        and _all(statement.get("all", {}), patient)
        and not ("unless" in statement and _all(statement["unless"], patient))
    )


def _all(value: Value, patient: dict[str, str]) -> bool:
    if isinstance(value, list):
        return all(_all(item, patient) for item in value)
    return all(_entry(key, item, patient) for key, item in value.items())


def _any(value: Value, patient: dict[str, str]) -> bool:
    if isinstance(value, list):
        return any(_all(item, patient) for item in value)
    return any(_entry(key, item, patient) for key, item in value.items())


def _entry(key: str, value: Value, patient: dict[str, str]) -> bool:
    if key == "any":
        return _any(value, patient)
    if key == "all":
        return _all(value, patient)
    if key in COUNTS:
        return all(
            COUNTS[key](sum(_entry(*one, patient) for one in several.items()), int(number))
            for number, several in value.items()
        )
    if isinstance(value, list):
        return any(_entry(key, item, patient) for item in value)
    if isinstance(value, dict) and "not" in value:
        return not _entry(key, value["not"], patient)
    if isinstance(value, dict):
        number = getattr(patient[key], "number", None)
        return number is not None and within(number, value)
    return patient[key] == value


# --- as YAML ---------------------------------------------------------------------------------


def written(value: Value, indent: str = "") -> str:
    """A value as YAML: a large mapping in lines, whatever is small in one."""
    if isinstance(value, dict) and value and (not indent or len(str(value)) > 70):
        lines = (f"{indent}{_text(k)}: {written(v, indent + '  ')}" for k, v in value.items())
        return "\n" * bool(indent) + "\n".join(lines)
    return flow(value)


def flow(value: Value) -> str:
    """A value as YAML on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_text(k)}: {flow(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    return _text(value)


def _text(value: str) -> str:
    if re.fullmatch(r"[\w.]([\w. ]*[\w.])?", value, re.ASCII):
        return value
    return json.dumps(value, ensure_ascii=value.isascii())
