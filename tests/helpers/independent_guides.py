"""Guides of many independent recommendations, "if finding 7 is there, give drug 7": a tree each."""

from __future__ import annotations

from pathlib import Path

from written_guides import written


def independent(folder: Path, count: int) -> Path:
    """Write a guide of so many recommendations."""
    made = {
        "title": "What to give?",
        "factors": {
            f"f{i}": {
                "question": f"Is finding {i} there?",
                "quote": f"finding {i} is there",
            }
            for i in range(count)
        },
        "options": {
            f"d{i}": {"name": f"drug {i}", "quote": f"give drug {i}."} for i in range(count)
        },
        "statements": {
            f"s{i}": {
                "quote": f"If finding {i} is there, give drug {i}.",
                "when": {f"f{i}": "yes"},
                "offer": f"d{i}",
            }
            for i in range(count)
        },
    }
    folder.mkdir(parents=True)
    sentences = (f"If finding {i} is there, give drug {i}." for i in range(count))
    (folder / "text.txt").write_text(" ".join(sentences) + "\n", encoding="utf-8")
    (folder / "guide.yaml").write_text(written(made), encoding="utf-8")
    return folder
