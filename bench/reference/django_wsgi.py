"""The plain way: a Django view that checks the JSON, saves one row through the ORM and answers. No middleware, no ticket, no fold.

Served by uvicorn and a2wsgi with as many threads as the product has for pages, on the same SQLite with the same durability.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import mellanrum  # the same SQLite as the product

assert mellanrum.__version__


def configure(folder: Path) -> None:
    import django
    from django.conf import settings

    settings.configure(
        SECRET_KEY="reference",
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF=__name__,
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": folder / "reference.sqlite3",
                "CONN_MAX_AGE": None,
                "OPTIONS": {
                    "timeout": 20,
                    "transaction_mode": "IMMEDIATE",
                    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL",
                },
            }
        },
        MIDDLEWARE=[],
        USE_TZ=True,
    )
    django.setup()


def application(folder: Path) -> Any:
    configure(folder)
    from django.core.wsgi import get_wsgi_application
    from django.db import connection, models
    from django.http import HttpRequest, JsonResponse
    from django.urls import path

    class Answer(models.Model):
        id = models.CharField(max_length=64, primary_key=True)
        author = models.CharField(max_length=64)
        data = models.JSONField()
        at = models.DateTimeField(auto_now_add=True)

        class Meta:
            app_label = "reference"

    def take(request: HttpRequest) -> JsonResponse:
        item = json.loads(request.body)
        Answer(id=item["id"], author=request.headers.get("Authorization", ""), data=item["data"]).save(force_insert=True)
        response = JsonResponse({"results": [{"id": item["id"], "status": "stored"}]})
        response.headers["Content-Length"] = str(len(response.content))
        return response

    with connection.schema_editor() as editor:
        editor.create_model(Answer)
    connection.close()
    sys.modules[__name__].urlpatterns = [path("answers", take)]  # type: ignore[attr-defined]
    return get_wsgi_application()


def main(folder: str, port: str) -> None:
    import uvicorn
    from a2wsgi import WSGIMiddleware

    app = WSGIMiddleware(application(Path(folder)), workers=2)
    uvicorn.run(app, host="127.0.0.1", port=int(port), log_level="error", access_log=False, loop="uvloop", http="httptools", lifespan="off")


if __name__ == "__main__":
    main(*sys.argv[1:3])
