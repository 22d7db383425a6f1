"""Names follow contents, references follow names."""

from __future__ import annotations

import re

import pytest
from django.templatetags.static import static

from mellanrum.ui.assets import Assets, MissingAsset, the_assets
from mellanrum.ui.storage import HashedStorage


def built(**files: str) -> Assets:
    """Keyword `a_css` is the file `ui/a.css`."""
    return Assets({f"ui/{name.replace('_', '.')}": text.encode() for name, text in files.items()})


def text(assets: Assets, name: str) -> str:
    return assets.contents[f"ui/{name}"].decode()


def test_a_name_carries_the_hash_of_its_content() -> None:
    one, two = built(a_txt="one"), built(a_txt="two")
    assert re.fullmatch(r"/static/ui/a\.[0-9a-f]{8}\.txt", one.url("ui/a.txt"))
    assert one.url("ui/a.txt") != two.url("ui/a.txt")
    assert one.url("ui/a.txt") == built(a_txt="one", b_txt="x").url("ui/a.txt")
    assert one.paths == {one.url("ui/a.txt"): "ui/a.txt"}


def test_a_change_reaches_the_name_of_everything_that_refers_to_it() -> None:
    def names(deepest: str) -> list[str]:
        assets = built(a_js='import "./b.js";', b_js='import "./c.js";', c_js=deepest, d_js="d")
        return [assets.url(f"ui/{letter}.js") for letter in "abcd"]

    before, after = names("1"), names("2")
    assert [one == two for one, two in zip(before, after, strict=True)] == [False, False, False, True]


def test_the_release_changes_with_any_file_and_with_the_version() -> None:
    files = {"a.txt": b"one", "b.txt": b"two"}
    releases = [
        Assets(files, version="1").release,
        Assets(files, version="2").release,
        Assets({**files, "b.txt": b"2"}, version="1").release,
    ]
    assert len(set(releases)) == 3
    assert Assets(files, version="1").release == releases[0]


@pytest.mark.parametrize(
    "reference",
    ['url("a.svg")', "url('a.svg')", "url(a.svg)", "url( ./a.svg )", 'url("../ui/a.svg")', 'url("a.svg#part")', "url(a.svg?v=1)"],
)
def test_every_form_of_url_is_followed(reference: str) -> None:
    assets = built(a_svg="<svg/>", b_css=f"p {{ background: {reference} }}")
    rest = "#part" if "#" in reference else "?v=1" if "?" in reference else ""
    assert text(assets, "b.css") == f'p {{ background: url("{assets.url("ui/a.svg")}{rest}") }}'


@pytest.mark.parametrize(
    "kept", ["url(data:image/png;base64,AA==)", 'url("/r/1")', "url(#gradient)", "/* url(gone.svg) */", 'url("https://x.test/a")']
)
def test_what_is_not_ours_is_left_alone(kept: str) -> None:
    assert kept.strip('url()"') in text(built(b_css=kept), "b.css")


def test_imported_sheets_are_put_in_place() -> None:
    assets = built(
        a_css='@import url("b.css");\n@import "c.css" layer(base);\n@import url("d.css") print;\na {}',
        b_css="@import 'e.css';\nb {}\n",
        c_css="c {}\n",
        d_css="d {}\n",
        e_css="e { src: url(f.woff2) }\n",
        f_woff2="font",
    )
    font, printed = assets.url("ui/f.woff2"), assets.url("ui/d.css")
    expected = f'e {{ src: url("{font}") }}\n\nb {{}}\n\n@layer base {{\nc {{}}\n}}\n\n@import url("{printed}") print;\na {{}}'
    assert text(assets, "a.css") == expected


@pytest.mark.parametrize(
    "line",
    [
        'import { b } from "./b.js";',
        "import * as b from './b.js'",
        'import "./b.js";',
        'import a, {\n  b,\n} from "./b.js";',
        'export { b } from "./b.js";',
        'export * from "../ui/b.js";',
        'const b = await import("./b.js");',
        'x(() => import( "./b.js" ))',
    ],
)
def test_every_form_of_import_is_followed(line: str) -> None:
    assets = built(a_js=line, b_js="export const b = 1;")
    assert text(assets, "a.js") == re.sub(r"\.\.?/(ui/)?b\.js", assets.url("ui/b.js"), line)


@pytest.mark.parametrize("line", ['import x from "library";', '// import "./gone.js"', 'const s = "./gone.js";', 'fetch("./gone")'])
def test_what_is_no_import_is_left_alone(line: str) -> None:
    assert text(built(a_js=line), "a.js") == line


def test_modules_in_a_ring_share_a_hash_that_follows_them_all() -> None:
    def ring(b: str, d: str = "") -> Assets:
        return built(a_js='import "./b.js";', b_js=f'import "./a.js"; {b}\nimport "./d.js";', c_js='import "./a.js";', d_js=d)

    assets = ring("1")
    assert assets.url("ui/b.js") in text(assets, "a.js")
    assert assets.url("ui/a.js") in text(assets, "b.js")
    assert assets.url("ui/a.js") in text(assets, "c.js")
    for changed in (ring("2"), ring("1", "d")):
        assert {assets.url(f"ui/{letter}.js") for letter in "abc"}.isdisjoint(changed.paths)


def test_style_sheets_in_a_ring_are_refused() -> None:
    with pytest.raises(ValueError, match="ring"):
        built(a_css='@import "b.css";', b_css='@import "a.css";')


def test_a_reference_into_nothing_is_refused() -> None:
    with pytest.raises(MissingAsset, match=re.escape("ui/a.css refers to 'ui/gone.svg'")):
        built(a_css="p { background: url(gone.svg) }")
    with pytest.raises(MissingAsset):
        built().url("ui/gone.svg")


def test_modules_are_all_that_a_script_needs() -> None:
    assets = built(a_js='import "./b.js";\nimport "./c.js";', b_js='import "./c.js";', c_js='import "./b.js";', d_js="")
    assert assets.modules("ui/a.js") == [assets.url("ui/b.js"), assets.url("ui/c.js")]
    assert assets.modules("ui/d.js") == []


def test_a_developer_gets_plain_names() -> None:
    assets = Assets({"ui/a.css": b"p { background: url(gone.svg) }"}, fresh=True)
    assert assets.url("ui/a.css") == "/static/ui/a.css"
    assert assets.url("ui/new.css") == "/static/ui/new.css"


def test_the_files_of_the_project_hold_together() -> None:
    assets = the_assets()
    assert HashedStorage().url("ui/css/phone.css") == assets.url("ui/css/phone.css")
    assert b"@import" not in assets.contents["ui/css/phone.css"]
    assert len(assets.paths) == len(assets.contents) > 20


def test_the_static_tag_gives_hashed_paths() -> None:
    assert static("ui/css/phone.css") == the_assets().url("ui/css/phone.css")
