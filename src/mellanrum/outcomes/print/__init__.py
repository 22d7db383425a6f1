"""The document tree on paper: typst lays it out, as PDF/A-3a and PDF/UA-1 in one file."""
