"""Charts: pure data → SVG, the same on phone, projector, page and PDF."""
