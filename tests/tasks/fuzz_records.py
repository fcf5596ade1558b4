"""The fuzzer of records: `make fuzz`, or python tests/tasks/fuzz_records.py SECONDS [SEED].

One input is the file of a record; see strange_records.py for what must hold of any. A file that
breaks something is kept in .fuzz/.
"""

from __future__ import annotations

import faulthandler
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import strange_records as strange

KEPT = Path(__file__).parents[2] / ".fuzz"
AT_ONCE = 25  # files that a class is handed
HANGS = 120  # seconds; a folder that takes longer is a finding, too
OWN_OF = 5  # one of so many is also opened as one's own record
SHOWN_OF = 40  # of so many folders one is also shown


def main(seconds: float, seed: int) -> None:
    chance = random.Random(seed)
    counts: Counter[str] = Counter()
    begun, round = time.monotonic(), 0
    # In memory where that can be had: a disk is slow, and nothing of it is looked at.
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as name:
        place = Path(name)
        (place / "seeds").mkdir()
        seeds = strange.seeds(place / "seeds")
        while time.monotonic() < begun + seconds:
            folder, round = place / "class", round + 1
            folder.mkdir()
            (folder / strange.GOOD).write_bytes(seeds[3])
            for number in range(AT_ONCE):
                data = strange.changed(chance, chance.choice(seeds), place / "scratch.sqlite")
                (folder / f"{number}{chance.choice(('.sqlite', '.json'))}").write_bytes(data)
            faulthandler.dump_traceback_later(HANGS, exit=True)
            try:
                read, named = strange.check_class(folder, show=round % SHOWN_OF == 0)
                counts.update(files=AT_ONCE, read=read - 1, named=named)
                for path in sorted(folder.iterdir())[::OWN_OF]:
                    counts["used" if strange.check_own(path) else "set aside"] += 1
            except BaseException:
                KEPT.mkdir(exist_ok=True)
                kept = shutil.copytree(folder, KEPT / f"records-{seed}-{round}", dirs_exist_ok=True)
                print(f"the files are kept in {kept}", flush=True)
                raise
            finally:
                faulthandler.cancel_dump_traceback_later()
            shutil.rmtree(folder)
            if round % 40 == 0:
                print(_told(counts), flush=True)
    print(_told(counts), flush=True)


def _told(counts: Counter[str]) -> str:
    return (
        f"{counts['files']} files handed in: {counts['read']} read whole, {counts['named']} named;"
        f" opened as one's own: {counts['used']} used, {counts['set aside']} set aside"
    )


if __name__ == "__main__":
    main(
        float(sys.argv[1]) if len(sys.argv) > 1 else 600,
        int(sys.argv[2]) if len(sys.argv) > 2 else random.SystemRandom().randrange(10**6),
    )
