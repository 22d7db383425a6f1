"""How long things about people are kept: said here once, for what deletes them and for what tells them."""

from __future__ import annotations

from datetime import timedelta

FINAL_AFTER = timedelta(days=7)  # after closing: then nobody can tell any more who gave what anonymously
TICKET = timedelta(days=180)  # a phone's way back into its room
CREW_TICKET = timedelta(hours=16)
OWN_LINK = timedelta(days=90)
