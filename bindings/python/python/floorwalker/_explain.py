"""How a service level came about."""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._floorwalker import Figure


@dataclass(frozen=True)
class ExplanationLine:
    """Contacts of one kind and what became of them."""

    verdict: str
    """``for``, ``against`` or ``left out``."""
    legs: int
    """How many."""
    category: str
    """What kind of contacts, in words."""


@dataclass(frozen=True)
class Explanation:
    """How a service level came about: what counted for it, what against it, what was left out.

    Printed, it is a short text; in a notebook, a table.
    """

    figure: Figure
    """The figure that is explained."""
    queues: tuple[str, ...]
    """The queues it is about, pooled."""
    lines: tuple[ExplanationLine, ...]
    """Every kind of contact that occurred: those for it, those against it, those left out."""
    text: str
    """All of it in words."""

    def __str__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        title, *_ = self.text.splitlines()
        rows = "".join(
            f"<tr><td>{line.verdict}</td><td style='text-align:right'>{line.legs}</td>"
            f"<td style='text-align:left'>{html.escape(line.category)}</td></tr>"
            for line in self.lines
        )
        return f"<p>{html.escape(title)}</p><table><tbody>{rows}</tbody></table>"
