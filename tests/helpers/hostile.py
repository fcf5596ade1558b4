"""A guide in which every word from people tries to be markup."""

from __future__ import annotations

import json
from pathlib import Path

from tree.model.letters import visible

HOSTILE = [
    "<script>window.hacked = 1</script>",
    "<img src=x onerror='window.hacked = 2'>",
    "&lt;b&gt; &amp; ]]> \" ' ` $x^2$ \\alpha",
    "\u202etxet\u202c 🌳 转移",
]


# What turns the direction of writing stands in quotes alone: names are refused with it.
NAMES = [visible(words) for words in HOSTILE]


def write_hostile_guide(folder: Path) -> None:
    """A guide in which every label, value, quote and name tries to be markup."""
    folder.mkdir()
    (folder / "text.txt").write_text("\n".join(HOSTILE), encoding="utf-8")
    script, image, entities, other = HOSTILE
    guide = {
        "title": script,
        "passages": {"all": {"author": image, "begins": script}},
        "factors": {
            "a": {"question": image, "quote": entities, "help": script, "judgement": other},
            "b": {"question": entities, "quote": script, "values": [script, image, NAMES[3]]},
        },
        "options": {
            f"o{i}": {"name": NAMES[i], "synonyms": NAMES, "quote": words, "does": words}
            for i, words in enumerate(HOSTILE)
        },
        "statements": {
            "s": {
                "quote": entities,
                "any": {"a": "yes", "b": script},
                "withhold": ["o0", "o1"],
                "prefer": "o2",
                "basis": "implied",
                "because": image,
            },
            "t": {"quote": image, "offer": "o3"},
            "r": {"quote": script, "remark": script},
        },
        "examples": {script: {"a": "no", "b": image}},
    }
    # JSON is YAML.
    (folder / "guide.yaml").write_text(json.dumps(guide, ensure_ascii=False), encoding="utf-8")
