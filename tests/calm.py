"""How long work takes, measured so that a busy machine or a full heap does not count."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

REFERENCE = 0.016
"""Seconds of processor time of ``_reference`` on that machine."""


def cpu_seconds(work: Callable[[], object], tries: int = 3) -> float:
    """The least processor time of a few runs: noise only adds. The test run's own heap is not collected meanwhile."""
    return min(_once(work, time.process_time) for _ in range(tries))


def thread_seconds(work: Callable[[], object]) -> float:
    """The processor time of this thread for one run, without a collection of the test run's own heap."""
    return _once(work, time.thread_time)


def slowness() -> float:
    """How many times longer this machine computes now than the one where bars of seconds were set; 1 at least."""
    return max(1.0, cpu_seconds(_reference, tries=5) / REFERENCE)


def _reference() -> object:
    counted: dict[str, int] = {}
    for number in range(60_000):
        word = f"table_{number % 997}"
        counted[word] = counted.get(word, 0) + len(word.split("_"))
    return counted


def wall_seconds(attempt: Callable[[], float], enough: float, tries: int = 3) -> float:
    """The least of a few attempts that time themselves; the first that is fast enough ends it."""
    least = attempt()
    for _ in range(tries - 1):
        if least < enough:
            break
        least = min(least, attempt())
    return least


@contextmanager
def without_collections() -> Iterator[None]:
    """No collection of cycles inside: what the test run has on its heap takes a third of a second to go through."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextmanager
def heap_set_aside() -> Iterator[None]:
    """For what goes on for long: cycles are collected, but only among what is made inside."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _once(work: Callable[[], object], clock: Callable[[], float]) -> float:
    with without_collections():
        started = clock()
        work()
        return clock() - started
