"""The stubs in the tree are those that the build makes, and say what the module says."""

from __future__ import annotations

import ast
import inspect
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import floorwalker as fw
from floorwalker import _floorwalker

from conftest import ROOT

BINDING = ROOT / "bindings" / "python"
STUB = BINDING / "python" / "floorwalker" / "_floorwalker.pyi"


def documented(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in tree.body:
        if isinstance(node, (ast.ClassDef, ast.FunctionDef)):
            if doc := ast.get_docstring(node):
                yield node.name, doc
        if isinstance(node, ast.ClassDef):
            for member in node.body:
                if isinstance(member, ast.FunctionDef) and (doc := ast.get_docstring(member)):
                    yield f"{node.name}.{member.name}", doc


STUBBED = dict(documented(ast.parse(STUB.read_text(encoding="utf-8"))))


def runtime(name: str) -> object:
    thing: object = _floorwalker
    for part in name.split("."):
        thing = inspect.getattr_static(thing, part) if inspect.isclass(thing) else getattr(thing, part)
    return thing.__func__ if isinstance(thing, staticmethod) else thing


@pytest.mark.parametrize("name", [name for name in STUBBED if not name.endswith("__new__")])
def test_docstrings_are_equal(name: str) -> None:
    assert inspect.cleandoc(runtime(name).__doc__ or "") == STUBBED[name]


def test_the_stub_is_the_generated_one(tmp_path: Path) -> None:
    maturin = shutil.which("maturin", path=str(Path(sys.executable).parent)) or shutil.which("maturin")
    if maturin is None:
        pytest.skip("maturin is not installed")
    made = subprocess.run(
        [maturin, "generate-stubs", "--profile", "dev", "--locked", "--features", "stubs", "--out", str(tmp_path)],
        cwd=BINDING,
        env={**os.environ, "CARGO_TARGET_DIR": str(ROOT / "target" / "python")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    generated = (tmp_path / "floorwalker" / "_floorwalker.pyi").read_text(encoding="utf-8")
    assert generated == STUB.read_text(encoding="utf-8"), "run: maturin generate-stubs --features stubs --out python"


def test_the_package_is_typed_and_exports_all() -> None:
    assert (Path(fw.__file__).parent / "py.typed").exists()
    for name in _floorwalker.__all__:
        homes = [home for home in (fw, fw.staffing, fw.forecast) if name in vars(home)]
        assert homes, name
        assert all(getattr(home, name) is getattr(_floorwalker, name) for home in homes)


def test_help_shows_every_argument_with_its_default() -> None:
    for function in (fw.service_levels, fw.service_level, fw.read_queue_log, fw.service_report, fw.agent_figures, fw.waiting):
        for name in inspect.signature(function).parameters:
            assert f"``{name}``" in (function.__doc__ or "") + (fw.service_levels.__doc__ or ""), (function, name)
    defaults = {name: one.default for name, one in inspect.signature(fw.service_levels).parameters.items()}
    assert (defaults["every"], defaults["by"], defaults["attribution"], defaults["waits"]) == ("30m", "queue", "arrival", "histogram")
    nine = {"queue": ["a"], "arrived_s": [1_772_442_000], "wait_s": [1]}
    tally = fw.service_levels(nine, zone="UTC", rules="offered(20s)")
    assert (tally.every, tally.attribution) == ("30m", "arrival")
