"""What all commands have in common: how they are spelled, and how they end."""

from __future__ import annotations

import argparse
import itertools
import signal
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import Any

from .drawing.arrangement import HEAVY
from .logic.build import Tree
from .model.errors import allowed, shown


class Parser(argparse.ArgumentParser):
    """A parser that names what comes nearest to a misspelt command, option or choice.

    >>> Parser(prog="tea", exit_on_error=False).parse_args(["--hlep"])
    Traceback (most recent call last):
    argparse.ArgumentError: unknown option '--hlep': did you mean '--help'? allowed: --help
    """

    # argparse has overloads for other namespaces, which no command of ours uses.
    def parse_args(  # type: ignore[override]
        self, args: Sequence[str] | None = None, namespace: None = None
    ) -> argparse.Namespace:
        self._check_options(args)
        return super().parse_args(args, namespace)

    def parse_intermixed_args(  # type: ignore[override]
        self, args: Sequence[str] | None = None, namespace: None = None
    ) -> argparse.Namespace:
        self._check_options(args)
        return super().parse_intermixed_args(args, namespace)

    def _check_options(self, arguments: Sequence[str] | None) -> None:
        """Name all unknown options, before argparse misses what stands behind them."""
        known = [name for name in self._option_string_actions if name.startswith("--")]
        given = sys.argv[1:] if arguments is None else arguments
        wrong = []
        for argument in itertools.takewhile(lambda argument: argument != "--", given):
            name = argument.partition("=")[0]
            # As argparse does, take the beginning of an option for the option.
            if name.startswith("--") and not any(option.startswith(name) for option in known):
                wrong.append(f"unknown option {shown(name)}: {allowed(name, known)}")
        if wrong:
            self._refuse(None, "\n".join(wrong))

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        choices = action.choices
        if choices is not None and value not in choices:
            words = f"unknown {shown(value)}: {allowed(str(value), choices)}"
            raise argparse.ArgumentError(action, words)

    def _refuse(self, action: argparse.Action | None, message: str) -> None:
        if not self.exit_on_error:
            raise argparse.ArgumentError(action, message)
        self.error(message)


@contextmanager
def ended_cleanly() -> Iterator[None]:
    """Whatever asks a command to end, it removes first what it has half written.

    Python does so where Ctrl+C is pressed; a terminal that is closed and `kill` ask otherwise.
    """

    def end(number: int, _frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    numbers = [getattr(signal, name, None) for name in ("SIGTERM", "SIGHUP")]
    # Only this thread may listen; and what was set up to be ignored stays so, as by `nohup`.
    here = threading.current_thread() is threading.main_thread()
    heard = [n for n in numbers if here and n and signal.getsignal(n) is signal.SIG_DFL]
    for number in heard:
        signal.signal(number, end)
    try:
        yield
    finally:
        for number in heard:
            signal.signal(number, signal.SIG_DFL)


@contextmanager
def drawing_progress(*trees: Tree) -> Iterator[None]:
    """A line on standard error while much is drawn; on a terminal it counts seconds."""
    count = sum(len(tree.nodes) for tree in trees)
    if count <= HEAVY:
        yield
        return
    words = f"drawing {count} questions and outcomes ..."
    terminal = sys.stderr.isatty()
    print(words, end="" if terminal else "\n", file=sys.stderr, flush=True)
    done = threading.Event()

    def tell(began: float) -> None:
        while not done.wait(1):
            seconds = time.monotonic() - began
            print(f"\r{words} {seconds:.0f} s", end="", file=sys.stderr, flush=True)

    teller = threading.Thread(target=tell, args=(time.monotonic(),), daemon=True)
    if terminal:
        teller.start()
    try:
        yield
    finally:
        done.set()
        if terminal:
            teller.join()
            print(file=sys.stderr)
