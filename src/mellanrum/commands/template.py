"""`mellanrum template`: the programmes that come with the product, those in files, and making such files."""

from __future__ import annotations

import argparse
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from mellanrum.commands.environment import add_data, start_django, use
from mellanrum.commands.problems import Problem, _

if TYPE_CHECKING:
    from datetime import date

    from mellanrum.programmes.exporting import Export
    from mellanrum.programmes.models import Gathering, Programme
    from mellanrum.programmes.templates import Template

HELP = "list programme templates, make a programme of one, or make a template of a programme"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", metavar="list|load|export", required=True)
    add_data(acts.add_parser("list", help="the templates that come with Mellanrum"))
    load = acts.add_parser("load", help="make a programme of a template")
    load.add_argument("name", metavar="NAME", help="a name from the list, or a path to a TOML file")
    load.add_argument("--owner", metavar="EMAIL", default="", help="whose programme it becomes (default: the first owner)")
    load.add_argument("--programme", metavar="ADDRESS", default="", help="add the gatherings to this programme instead, as programmes/1")
    load.add_argument("--day", metavar="YYYY-MM-DD", default="", help="day of the first gathering")
    add_data(load)
    export = acts.add_parser("export", help="write a gathering or a whole programme to a file that can be loaded again")
    export.add_argument("what", metavar="ADDRESS", help="its address, as gatherings/3 or programmes/1; the browser's whole address will do")
    export.add_argument("file", metavar="FILE", nargs="?", default="", help="where to (default: here, under a name made of its title)")
    add_data(export)


def run(arguments: argparse.Namespace) -> int:
    use(arguments)
    if arguments.act == "list":
        return _list()
    from mellanrum.commands.database import use_database
    from mellanrum.programmes.template_format import TemplateProblem

    use_database()
    try:
        return _load(arguments) if arguments.act == "load" else _export(arguments.what, arguments.file)
    except TemplateProblem as problem:
        raise Problem(str(problem), exit_code=2) from problem


def _list() -> int:
    os.environ.setdefault("MELLANRUM_SECRET_KEY", "for a list no key is needed, and none is made")
    start_django()
    from mellanrum.programmes.lengths import write_hours
    from mellanrum.programmes.templates import library

    for one in library():
        print(f"{one.name:<24} {one.language}  {one.version:>2}  {write_hours(one.minutes):>10}  {one.title}")
    return 0


def _load(arguments: argparse.Namespace) -> int:
    from mellanrum.programmes.actions import add_gatherings_from_template
    from mellanrum.programmes.templates import load_template

    template = load_template(arguments.name)
    first_day = _day(arguments.day)
    if not arguments.programme:
        return _make(template, email=arguments.owner, first_day=first_day)
    programme = _programme(arguments.programme)
    add_gatherings_from_template(template, programme=programme, first_day=first_day)
    print(_("”%(title)s” ligger nu sist i programmet ”%(programme)s”.") % {"title": template.gatherings[0].title, "programme": programme})
    return 0


def _make(template: Template, *, email: str, first_day: date | None) -> int:
    from mellanrum.accounts.queries import first_owner, person_with
    from mellanrum.programmes.actions import create_programme_from_template

    owner = person_with(email) if email else first_owner()
    if owner is None:
        raise Problem(_("Ingen ägare finns ännu. Kör först: mellanrum token --owner DIN@ADRESS."))
    programme = create_programme_from_template(template, owner=owner, first_day=first_day)
    print(_("Programmet ”%(title)s” finns nu på startsidan för %(owner)s.") % {"title": programme.title, "owner": owner})
    return 0


def _day(text: str) -> date | None:
    from mellanrum.programmes.fields import read_day

    day = read_day(text)
    if text and day is None:
        raise Problem(_("”%(day)s” är ingen dag. Skriv den som 2030-04-16.") % {"day": text[:40]}, exit_code=2)
    return day


def _export(what: str, file: str) -> int:
    from mellanrum.programmes.exporting import export

    if _number(what, "programmes"):
        programme = _programme(what)
        made = export(programme, programme.gatherings.all())
    else:
        gathering = _gathering(what)
        made = export(gathering.programme, [gathering])
    path = Path(file or f"{made.template.name}.{made.template.language}.toml")
    _write(made, path)
    print(_("Sparat i %(file)s.") % {"file": path})
    for sentence in made.left_out:
        print(sentence)
    return 0


def _write(made: Export, path: Path) -> None:
    try:
        with path.open("x", encoding="utf-8", newline="\n") as written:
            written.write(made.text)
    except FileExistsError as error:
        raise Problem(_("%(file)s finns redan och skrivs inte över. Välj ett annat namn.") % {"file": path}, exit_code=2) from error
    except (IsADirectoryError, NotADirectoryError, FileNotFoundError, PermissionError, ValueError) as error:
        raise Problem(_("%(file)s går inte att skriva. Välj en mapp som finns.") % {"file": str(path)[:200]}, exit_code=2) from error


def _programme(address: str) -> Programme:
    from mellanrum.programmes.models import Programme

    found = Programme.objects.filter(pk=_number(address, "programmes")).first()
    if found is None:
        raise _not_here(address, "programmes")
    return found


def _gathering(address: str) -> Gathering:
    from mellanrum.programmes.models import Gathering

    found = Gathering.objects.select_related("programme").filter(pk=_number(address, "gatherings")).first()
    if found is None:
        raise _not_here(address, "gatherings", "programmes")
    return found


def _number(address: str, kind: str) -> int:
    """The number behind `gatherings/` in an address; 0, which nothing has, without it."""
    known = re.search(rf"(?:^|/){kind}/([0-9]{{1,18}})(?![^/?#])", address)
    return int(known[1]) if known else 0


def _not_here(address: str, *kinds: str) -> Problem:
    said = _("”%(address)s” finns inte här. Skriv adressen som den står i webbläsaren, till exempel %(example)s.")
    return Problem(said % {"address": address[:80], "example": ", ".join(f"{kind}/1" for kind in kinds)}, exit_code=2)
