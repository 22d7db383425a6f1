"""WeasyPrint on the documentation page: `weasy.py URL TIMES` prints {"seconds", "pages", "bytes"} once it is warm.

The page and what it shows are fetched once and then come from memory, so that only laying out and writing counts.
"""

from __future__ import annotations

import json
import logging
import sys
import time
import urllib.request
from typing import Any

from weasyprint import HTML, default_url_fetcher  # type: ignore[import-not-found]  # in an environment of its own

known: dict[str, dict[str, Any]] = {}


def fetched(url: str, *arguments: Any, **options: Any) -> dict[str, Any]:
    if url not in known:
        answer = default_url_fetcher(url, *arguments, **options)
        content = answer["string"] if "string" in answer else answer["file_obj"].read()
        known[url] = {"string": content, "mime_type": answer.get("mime_type"), "encoding": answer.get("encoding"), "redirected_url": url}
    return dict(known[url])


def main(url: str, times: int) -> None:
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)  # what it does not know of our style sheet
    with urllib.request.urlopen(url) as answer:
        page = answer.read().decode()
    seconds = []
    for _ in range(times + 1):
        begun = time.perf_counter()
        document = HTML(string=page, base_url=url, url_fetcher=fetched).render()
        content = document.write_pdf()
        seconds.append(time.perf_counter() - begun)
    print(json.dumps({"seconds": seconds[1:], "pages": len(document.pages), "bytes": len(content)}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
