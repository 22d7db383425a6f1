"""What `{% static %}` answers: the path that carries the content's hash."""

from __future__ import annotations

from django.contrib.staticfiles.storage import StaticFilesStorage

from mellanrum.ui.assets import the_assets


class HashedStorage(StaticFilesStorage):
    """Nothing is collected into a folder: the server holds the files in memory under the same paths."""

    def url(self, name: str | None) -> str:
        """Raises MissingAsset, so that a page naming a file that does not exist fails its test and not its reader."""
        return the_assets().url(name or "")
