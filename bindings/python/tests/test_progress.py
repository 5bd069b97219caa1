"""Long reads: a bar, and Ctrl-C."""

from __future__ import annotations

import gzip
import io
import os
import signal
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
import tqdm

import floorwalker as fw

from test_threads import write_log


class Bar:
    """The protocol of tqdm, noted."""

    made: list[Bar] = []

    def __init__(self, **options: Any) -> None:
        self.options, self.done, self.closed = options, 0, 0
        self.made.append(self)

    def update(self, by: int) -> None:
        assert by >= 0 and not self.closed
        self.done += by

    def close(self) -> None:
        self.closed += 1


@pytest.fixture(scope="module")
def paths(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("logs")
    plain = write_log(folder / "queue_log", 20_000)
    packed = folder / "queue_log.1.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()[:500_000], 1))
    return [plain, packed]


def test_a_bar_goes_from_nothing_to_all(paths: list[Path]) -> None:
    Bar.made.clear()
    fw.read_queue_log(paths, zone="UTC", progress=Bar)
    (bar,) = Bar.made
    assert bar.options["total"] == sum(path.stat().st_size for path in paths) == bar.done
    assert bar.closed == 1


def test_no_bar_where_nobody_looks(paths: list[Path], capfd: pytest.CaptureFixture[str]) -> None:
    fw.read_queue_log(paths, zone="UTC")
    fw.read_queue_log(paths, zone="UTC", progress=False)
    assert capfd.readouterr() == ("", "")


def test_tqdm_itself(paths: list[Path]) -> None:
    shown = io.StringIO()
    fw.read_queue_log(paths, zone="UTC", progress=lambda **options: tqdm.tqdm(file=shown, mininterval=0, **options))
    assert "reading: 100%" in shown.getvalue()


def test_a_bar_that_breaks_stops_the_reading(paths: list[Path]) -> None:
    class Broken(Bar):
        def update(self, by: int) -> None:
            raise RuntimeError("no room for a bar")

    with pytest.raises(RuntimeError, match="no room for a bar"):
        fw.read_queue_log(paths, zone="UTC", progress=Broken)


def seconds_to_stop(work: Any, after: float) -> float:
    """How long it takes from Ctrl-C to the exception."""
    pressed: list[float] = []

    def press() -> None:
        time.sleep(after)
        pressed.append(time.perf_counter())
        os.kill(os.getpid(), signal.SIGINT)

    # A shell that starts a program in the background makes it deaf to Ctrl-C.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    thread = threading.Thread(target=press)
    thread.start()
    try:
        with pytest.raises(KeyboardInterrupt):
            work()
            time.sleep(after + 1)
            pytest.fail("the work was over before it could be interrupted")
        stopped = time.perf_counter()
    finally:
        thread.join()
        signal.signal(signal.SIGINT, before)
    return stopped - pressed[0]


@pytest.mark.skipif(sys.platform == "win32", reason="signals of other systems")
def test_reading_stops_within_a_tenth_of_a_second(tmp_path: Path) -> None:
    path = write_log(tmp_path / "queue_log", 20_000)
    many = [path.with_name(f"queue_log.{number}") for number in range(60)]
    for link in many:
        link.symlink_to(path)
    # The machine may be busy with something else: one of a few must be quick.
    times = [seconds_to_stop(lambda: fw.read_queue_log(many, zone="UTC"), 0.15) for _ in range(3)]
    assert min(times) < 0.1, times


@pytest.mark.skipif(sys.platform == "win32", reason="signals of other systems")
def test_counting_stops_within_a_tenth_of_a_second() -> None:
    legs = pa.table({"queue": ["a", "b"] * 500_000, "arrived_s": list(range(1_000_000)), "wait_s": [15] * 1_000_000})
    many = [legs] * 40
    times = [
        seconds_to_stop(lambda: fw.service_levels(many, zone="UTC", every="1h", rules="offered(20s)"), 0.2)
        for _ in range(3)
    ]
    assert min(times) < 0.1, times
