"""A process of its own: typst holds the interpreter while it lays out, and the room must not wait for paper.

`python -m mellanrum.outcomes.print.worker FOLDER STANDARDS` writes FOLDER/document.pdf out of FOLDER/document.typ, and reads
nothing outside the folder but fonts. Photos in FOLDER/pictures/WIDTHxHEIGHT become JPEGs without metadata that are no larger than
that. Exit code 1 with typst's own words on stderr when it refuses.
"""

from __future__ import annotations

import sys
from pathlib import Path

FONTS = Path(__file__).with_name("fonts")
PHOTO = ".webp"  # what people bring is stored as this, and drawn pictures are not


def printed_name(path: Path) -> Path:
    """What a picture laid at this path is called once it is ready for paper."""
    return path.with_suffix(".jpg") if path.suffix == PHOTO else path


def main(folder: Path, standards: str) -> int:
    import typst  # here: the server asks this module for a name, and never lays out

    _shrink(folder)
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


def _shrink(folder: Path) -> None:
    """Once: a second run finds JPEGs."""
    for path in (path for path in folder.glob(f"pictures/*/*{PHOTO}") if not printed_name(path).exists()):
        from PIL import Image  # here: loading it takes as long as laying out a page or two

        width, _x, height = path.parent.name.partition("x")
        with Image.open(path) as opened:
            image = opened.convert("RGB")
        image.thumbnail((int(width), int(height)), Image.Resampling.LANCZOS, reducing_gap=1.1)  # twice as fast, nobody sees it
        image.save(printed_name(path), quality=85)  # by its name alone: asked for a format, Pillow loads five


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1]), sys.argv[2]))
