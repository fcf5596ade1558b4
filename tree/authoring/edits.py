"""What a step of an author changes, as a value: applied, undone, and kept for later.

An edit names the blocks of the files that it changes, each with what was there and what is there
after it. So it also fits the files that has changed elsewhere meanwhile: what the field calls a
three-way merge, with entries in the place of lines.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, replace

from ..model.errors import TreeError
from .guide_files import CASES_END, GUIDE_END, EntryLines, GuideFiles, Path, joined, named

# The lines above, and those of the entry.
Lines = tuple[str, str]


@dataclass(frozen=True)
class LinesChange:
    """One block before and after: None where there is none. `behind`: the block that it follows."""

    path: Path
    behind: Path | None
    before: Lines | None
    after: Lines | None


@dataclass(frozen=True)
class Edit:
    """One step: `what` was done, such as "add"; `where`, the path of its entry; and the changes.

    >>> from .guide_files import guide_files
    >>> old, new = guide_files("title: Tea\\n"), guide_files("title: Coffee\\n")
    >>> edit = difference(old, new, "change", ("title",))
    >>> applied(old, edit) == new, applied(new, edit.undone) == old
    (True, True)
    """

    what: str
    where: Path
    changes: tuple[LinesChange, ...]

    @property
    def undone(self) -> Edit:
        """The edit that takes this one back."""
        back = (replace(c, before=c.after, after=c.before) for c in self.changes)
        return replace(self, changes=tuple(back))


@dataclass(frozen=True)
class Disagreement:
    """An entry that an edit meant to change and that is another one by now; None: not there."""

    path: Path
    expected: str | None
    found: str | None
    wanted: str | None

    def __str__(self) -> str:
        state = "is another one by now" if self.found else "is not there any more"
        if self.expected is None:
            state = "is there already" if self.found is not None else "has no place any more"
        return f"{named(self.path)} {state}"


@dataclass(frozen=True)
class Conflict:
    """Why an edit does not fit the files: the entries that it meets changed. Prints in words."""

    edit: Edit
    entries: tuple[Disagreement, ...]

    def __str__(self) -> str:
        return "; ".join(map(str, self.entries))


def difference(old: GuideFiles, new: GuideFiles, what: str, where: Path) -> Edit:
    """The edit that makes the new files of the old ones."""
    before, after = list(old.by_path), list(new.by_path)
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    kept = {path for i, _, n in matcher.get_matching_blocks() for path in before[i : i + n]}
    gone = [
        LinesChange(path, _before(before, at), _lines(old.by_path[path]), None)
        for at, path in enumerate(before)
        if path not in kept
    ]
    come = [
        LinesChange(path, _before(after, at), None, _lines(new.by_path[path]))
        for at, path in enumerate(after)
        if path not in kept
    ]
    changed = [
        LinesChange(path, None, _lines(old.by_path[path]), _lines(new.by_path[path]))
        for path in before
        if path in kept and old.by_path[path] != new.by_path[path]
    ]
    return Edit(what, where, (*gone, *changed, *come))


def applied(files: GuideFiles, edit: Edit) -> GuideFiles | Conflict:
    """The files after an edit, or the entries at which it does not fit any more.

    What the edit does not name may be anything by now. Nothing is changed that is not as the edit
    found it: no change of somebody else is lost.
    """
    blocks = list(files.blocks)
    wrong: list[Disagreement] = []
    for change in _in_turn(edit.changes):
        at = next((i for i, block in enumerate(blocks) if block.path == change.path), None)
        now = None if at is None else blocks[at]
        merged = _merged(change, now)
        if isinstance(merged, Disagreement):
            wrong.append(merged)
        elif at is not None:
            blocks[at : at + 1] = [merged] if merged else []
        elif merged:
            place = _place(blocks, change)
            if place is None:
                wrong.append(Disagreement(change.path, None, None, "".join(change.after or ())))
            else:
                blocks.insert(place, merged)
    if not wrong:
        try:
            made = joined(blocks)
        except TreeError:
            made = None
        # Lines that are indented in another way by now can mean something else where they stand.
        if made and [b.path for b in made.blocks] == [b.path for b in blocks]:
            return made
        wrong = [_misfit(files, change) for change in edit.changes]
    return Conflict(edit, tuple(wrong))


def _before(paths: list[Path], at: int) -> Path | None:
    """What stands before a block in the same file; None for the first."""
    return paths[at - 1] if at and _file(paths[at - 1]) == _file(paths[at]) else None


def _file(path: Path) -> bool:
    return path[:1] == CASES_END


def _lines(block: EntryLines) -> Lines:
    return block.lead, block.body


def _in_turn(changes: Iterable[LinesChange]) -> list[LinesChange]:
    """First what goes, then what changes, then what comes; a path may go and come elsewhere."""
    return sorted(changes, key=lambda change: (change.before is None) - (change.after is None))


def _merged(change: LinesChange, now: EntryLines | None) -> EntryLines | Disagreement | None:
    """The block after a change; lines above and lines of the entry may change independently."""
    if change.before is None:
        new = EntryLines(change.path, *(change.after or ("", "")))
        return new if now is None else _other(change, now)
    if now is None:
        return _other(change, None)
    if change.after is None:
        return None if _lines(now) == change.before else _other(change, now)
    made = []
    for before, after, here in zip(change.before, change.after, _lines(now), strict=True):
        if here != before and before != after and here != after:
            return _other(change, now)
        made.append(here if before == after else after)
    return EntryLines(change.path, *made)


def _other(change: LinesChange, now: EntryLines | None) -> Disagreement:
    return Disagreement(
        change.path,
        None if change.before is None else "".join(change.before),
        None if now is None else now.lead + now.body,
        None if change.after is None else "".join(change.after),
    )


def _misfit(files: GuideFiles, change: LinesChange) -> Disagreement:
    return _other(change, files.by_path.get(change.path))


def _place(blocks: list[EntryLines], change: LinesChange) -> int | None:
    """Where a new block goes: behind the one that it followed, or at the end of its section."""
    paths = [block.path for block in blocks]
    if change.behind is None:
        return paths.index(GUIDE_END) + 1 if _file(change.path) else 0
    if change.behind in paths:
        return paths.index(change.behind) + 1
    if change.path[:1] == CASES_END:
        return paths.index(CASES_END)
    section = change.path[:1] if len(change.path) == 2 else change.behind[:1]
    inside = [i for i, path in enumerate(paths) if path and path[:1] == section]
    return inside[-1] + 1 if inside else None
