"""A process of its own: typst holds the interpreter while it lays out, and the room must not wait for paper.

`python -m mellanrum.outcomes.print.worker FOLDER STANDARDS` writes FOLDER/document.pdf out of FOLDER/document.typ, and reads
nothing outside the folder but fonts. Exit code 1 with typst's own words on stderr when it refuses.
"""

from __future__ import annotations

import sys
from pathlib import Path

import typst

FONTS = Path(__file__).with_name("fonts")


def main(folder: Path, standards: str) -> int:
    try:
        # System fonts are a last resort for scripts that ours do not know.
        typst.compile(
            folder / "document.typ",
            output=folder / "document.pdf",
            root=folder,
            font_paths=[FONTS],
            pdf_standards=standards.split(","),  # type: ignore[arg-type]  # typst refuses what it does not know
        )
    except typst.TypstError as refused:
        sys.stderr.write(refused.diagnostic or str(refused))
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1]), sys.argv[2]))
