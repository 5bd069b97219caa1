"""Threads: the lock is released, nothing is shared, answers do not depend on who else asks."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyarrow as pa
import pytest

import floorwalker as fw

from conftest import CASES

CALL = (
    "{t0}|{id}.1|q{queue}|NONE|ENTERQUEUE||0611|1\n"
    "{t1}|{id}.1|q{queue}|SIP/{agent}|CONNECT|12|{id}.2|3\n"
    "{t2}|{id}.1|q{queue}|SIP/{agent}|COMPLETECALLER|12|60|1\n"
)


def write_log(path: Path, calls: int) -> Path:
    """A log of so many calls, each answered after 12 seconds."""
    start = 1_772_442_000
    with path.open("w", encoding="utf-8") as file:
        for number in range(calls):
            at = start + number * 2
            values = {"t0": at, "t1": at + 12, "t2": at + 72, "id": at, "queue": number % 5, "agent": 200 + number % 60}
            file.write(CALL.format(**values))
    return path


@pytest.fixture(scope="module")
def log_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_log(tmp_path_factory.mktemp("logs") / "queue_log", 20_000)


def test_another_thread_runs_meanwhile(log_path: Path) -> None:
    """While a log is read, a thread that only counts in Python must not stand still."""
    ticks: list[float] = []
    done = threading.Event()

    def tick() -> None:
        while not done.is_set():
            ticks.append(time.perf_counter())
            time.sleep(0.001)

    ticker = threading.Thread(target=tick)
    ticker.start()
    start = time.perf_counter()
    log = fw.read_queue_log(log_path, zone="UTC", progress=False)
    end = time.perf_counter()
    done.set()
    ticker.join()
    assert len(log.legs) == 20_000
    inside = [at for at in ticks if start < at < end]
    gaps = [later - earlier for earlier, later in zip(inside, inside[1:], strict=False)]
    assert len(inside) > 20, f"{len(inside)} ticks in {end - start:.3f} s"
    assert max(gaps) < (end - start) / 2


def test_two_threads_read_two_logs(log_path: Path) -> None:
    other = write_log(log_path.with_name("queue_log.other"), 10_000)
    expected = [fw.read_queue_log(path, zone="Europe/Rome") for path in (log_path, other)]
    running: list[int] = []
    most: list[int] = []

    class Bar:
        """Notes, while it is updated, how many reads are under way."""

        def __init__(self, **_: object) -> None:
            running.append(1)

        def update(self, _: int) -> None:
            most.append(len(running))

        def close(self) -> None:
            running.pop()

    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(lambda path: fw.read_queue_log(path, zone="Europe/Rome", progress=Bar), (log_path, other)))
    assert found == expected
    assert max(most) == 2


def test_many_threads_ask_the_same_things() -> None:
    log = fw.read_queue_log(CASES / "queue-log" / "10-pauses.log", zone="UTC")
    rules = ["offered(20s)", "excl_short(20s, 5s)"]

    def ask(_: int) -> tuple[object, ...]:
        tally = fw.service_levels(log, zone="Europe/Rome", rules=rules)
        merged = tally.merge(tally)
        return tally, merged, hash(tally), str(tally.figure("asa")), tally.table("offered"), repr(tally.rules)

    switch = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(ask, range(64)))
    finally:
        sys.setswitchinterval(switch)
    assert all(answer == answers[0] for answer in answers)


def test_one_table_is_read_by_many_threads() -> None:
    legs = pa.table({"queue": ["a", "b"] * 5_000, "arrived_s": list(range(10_000)), "wait_s": [15] * 10_000})
    tally = fw.service_levels(legs, zone="UTC", every="15m", rules="offered(20s)")
    questions: list[Callable[[], object]] = [
        lambda: tally.table(["asa", "offered"]).to_arrow(),
        lambda: tally.state().to_dicts(),
        lambda: fw.IntervalTally.from_state(tally.state()),
        lambda: fw.service_levels(legs, zone="UTC", every="15m", rules="offered(20s)"),
    ]
    with ThreadPoolExecutor(8) as pool:
        for question in questions:
            first, *rest = pool.map(lambda ask: ask(), [question] * 16)
            assert all(other == first for other in rest)


def test_the_module_is_made_for_interpreters_without_the_lock() -> None:
    enabled = getattr(sys, "_is_gil_enabled", lambda: None)()
    if enabled is None:
        pytest.skip("this Python always has the lock")
    assert not enabled or "free-threading" not in sys.version
