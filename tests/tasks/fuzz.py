"""The coverage-guided fuzzer: `make fuzz`, or python tests/tasks/fuzz.py SECONDS.

One input is a text and a guide.yaml; see strange_guides.py for what must hold of any. What was
found interesting is kept in .fuzz/corpus for the next run, and what breaks in .fuzz/.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from pathlib import Path

FOLDER = Path(__file__).parents[2] / ".fuzz"
LARGEST = 6_000  # bytes: the shipped guide is larger, and slow to read a million times
BETWEEN = "\n=====\n"


def main(seconds: int) -> None:
    try:
        import atheris
    except ImportError:
        sys.exit("atheris is missing; `make fuzz` installs it where there is a wheel for it")
    with atheris.instrument_imports(include=["tree"]):
        import strange_guides as strange

    counts: Counter[bool] = Counter()

    def one_input(data: bytes) -> None:
        text, _, yaml = data.decode(errors="replace").partition(BETWEEN)
        counts[strange.survives(text, yaml)] += 1
        strange.starts(text)
        if counts.total() % 10_000 == 0:
            print(f"{counts.total()} inputs, {counts[True]} of them read as a guide", flush=True)

    def mutated(data: bytes, most: int, seed: int) -> bytes:
        chance = random.Random(seed)
        text, _, yaml = data.decode(errors="replace").partition(BETWEEN)
        kind = chance.randrange(6)
        if kind < 2:
            text, yaml = strange.changed(chance, *strange.begun(chance))
        elif kind == 2:
            text = strange.retold(chance, text)
        elif kind == 3:
            made = atheris.Mutate(yaml.encode(errors="replace"), most)
            yaml = made.decode(errors="replace")
        else:
            text, yaml = strange.changed(chance, text, yaml)
        return f"{text}{BETWEEN}{yaml}".encode(errors="replace")[:most]

    corpus = FOLDER / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, (text, yaml) in enumerate(strange.SEEDS):
        (corpus / f"seed{number}").write_bytes(f"{text}{BETWEEN}{yaml}".encode(errors="replace"))
    words = [word for word in (*strange.KEYS, *strange.SIGNS) if word.isprintable()]
    escaped = (word.replace("\\", "\\\\").replace('"', '\\"') for word in words)
    dictionary = FOLDER / "dictionary"
    dictionary.write_text("".join(f'"{word}"\n' for word in escaped if word.isascii()))
    options = [
        *(f"-dict={dictionary}", f"-max_total_time={seconds}", f"-max_len={LARGEST}"),
        # Slower than this, or larger, is a finding too.
        *("-timeout=20", "-rss_limit_mb=2000", f"-artifact_prefix={FOLDER}/"),
    ]
    atheris.Setup(
        [sys.argv[0], *options, str(corpus)],
        one_input,
        custom_mutator=mutated,
        internal_libfuzzer=True,
    )
    atheris.Fuzz()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 600)
