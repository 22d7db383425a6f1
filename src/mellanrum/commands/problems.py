"""What goes wrong for an operator, said in one sentence: what it is and what to do."""

from __future__ import annotations

import errno

from django.apps import apps
from django.utils.translation import gettext

from mellanrum.core.datafolder import BackupProblem, DataFolderProblem, gettext_noop

BACKUPS = {
    "not_there": gettext_noop("%(path)s finns inte. Kontrollera sökvägen."),
    "not_a_backup": gettext_noop("%(path)s är ingen säkerhetskopia från Mellanrum. Välj en fil som mellanrum backup har gjort."),
    "damaged": gettext_noop("Säkerhetskopian %(path)s är skadad och används inte. Välj en äldre; ingenting har ändrats."),
    "newer": gettext_noop("Säkerhetskopian %(path)s kommer från en nyare version (%(release)s). Installera den versionen först."),
    "not_empty": gettext_noop("%(path)s är inte tom. Välj en annan mapp."),
}


class Problem(Exception):
    """Something the operator can mend. `exit_code` 2 when it was asked wrongly, else 1."""

    def __init__(self, sentence: str, *, exit_code: int = 1) -> None:
        super().__init__(sentence)
        self.exit_code = exit_code


def _(text: str) -> str:
    """Translated where Django runs; before that in the source language, for asking would make the data folder."""
    return gettext(text) if apps.ready else text


def problem_of(error: Exception) -> Problem | None:
    """The problem behind an exception; None for one that is a mistake of ours and deserves its traceback."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, DataFolderProblem):
        return Problem(str(error))
    if isinstance(error, BackupProblem):
        return Problem(_(BACKUPS[error.code]) % error.facts)
    if isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return Problem(_("Disken är full. Frigör utrymme och försök igen; inget har gått förlorat."))
    return None
