"""Every example in a docstring runs, every function has one, and the stubs say the same."""

from __future__ import annotations

import doctest
import inspect
import re
import types

import pytest

import floorwalker as fw

from conftest import ROOT


def documented() -> list[tuple[str, object]]:
    """Everything public, by its name, members of classes included."""
    found: list[tuple[str, object]] = [("floorwalker", fw)]
    for name, thing in [*vars(fw).items(), *vars(fw.staffing).items(), *vars(fw.forecast).items()]:
        if name.startswith("_") or isinstance(thing, types.ModuleType) or name == "annotations":
            continue
        found.append((name, thing))
        if inspect.isclass(thing):
            members = vars(thing).items()
            found += [(f"{name}.{member}", value) for member, value in members if not member.startswith("_")]
    return found


EXAMPLES = [
    test
    for name, thing in documented()
    if (doc := getattr(thing, "__doc__", None))
    for test in [doctest.DocTestParser().get_doctest(doc, {}, name, None, 0)]
    if test.examples
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda test: test.name)
def test_an_example_runs(example: doctest.DocTest) -> None:
    outcome = doctest.DocTestRunner(verbose=False).run(example, clear_globs=False)
    assert outcome.failed == 0


def test_everything_public_is_documented() -> None:
    bare = [name for name, thing in documented() if not getattr(thing, "__doc__", None)]
    assert bare == []


def test_every_function_shows_an_example() -> None:
    shown = {example.name for example in EXAMPLES}
    functions = {name for name, thing in documented() if inspect.isroutine(thing) and "." not in name}
    assert functions - shown == set()


def test_the_readme_of_the_project_runs() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```python\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)
    assert len(blocks) > 3 and all("assert" in block for block in blocks)
    exec("\n".join(blocks), {})
