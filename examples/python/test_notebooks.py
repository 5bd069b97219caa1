"""Every notebook of this folder runs, from its first cell to its last."""

from __future__ import annotations

from pathlib import Path

import jupytext
import nbclient
import pytest

FOLDER = Path(__file__).resolve().parent
NOTEBOOKS = sorted(path for path in FOLDER.glob("*.py") if not path.name.startswith("test_"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs(path: Path) -> None:
    notebook = jupytext.read(path, fmt="py:percent")
    client = nbclient.NotebookClient(
        notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(FOLDER)}}
    )
    client.execute()
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert len(cells) > 5 and all(cell.execution_count for cell in cells)
    shown = [output for cell in cells for output in cell.outputs if "data" in output]
    assert any("text/html" in output.data for output in shown)
