"""Try the public Technology Compatibility Kit of DMN: python tests/tasks/tck.py FOLDER.

FOLDER is `TestCases` of github.com/dmn-tck/tck, or a folder in it. Each model that is read becomes
a guide, and each of its test cases a walk. Ends with an error if a case differs. The models that
are not read are listed with why.
"""

from __future__ import annotations

import sys
from pathlib import Path

from dmn_cases import concluded, tck_cases

import tree
from tree.exchange.dmn_in import read
from tree.exchange.table_guide import guide_of


def tried(model: Path) -> list[str]:
    """The cases that differ, in words. Raises TreeError where the model is not read."""
    tables = read(model.read_bytes(), model.name)
    files = guide_of(tables, source=model.name)
    guide = tree.loads(files.text, files.guide)
    wrong, count = [], 0
    for path in sorted(model.parent.glob("*.xml")):
        for case in tck_cases(path):
            for decision, expected in case.expected.items():
                [table] = [table for table in tables if table.title == decision]
                found = concluded(table, guide, case.known)
                if "" in expected:
                    found = {"": next(iter(found.values()))}
                count += 1
                if {name: found.get(name) for name in expected} != expected:
                    wrong.append(f"{model.stem}, case {case.id}: {found}, not {expected}")
    print(f"| {model.stem} | {count - len(wrong)} of {count} |")
    return wrong


def main(folder: str) -> int:
    """Try all models in a folder; the number of cases that differ."""
    refused, wrong, read_models = [], [], 0
    for model in sorted(Path(folder).rglob("*.dmn")):
        try:
            wrong += tried(model)
            read_models += 1
        except tree.TreeError as error:
            refused.append(f"| {model.stem} | {error.problems[0].message} |")
    print(f"\n{read_models} models are read, {len(refused)} are not:", *refused, sep="\n")
    print(f"\n{len(wrong)} cases differ", *wrong, sep="\n")
    return len(wrong)


if __name__ == "__main__":
    sys.exit(min(main(sys.argv[1]), 1))
