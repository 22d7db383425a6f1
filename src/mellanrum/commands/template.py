"""`mellanrum template`: the programmes that come with the product, and those in files."""

from __future__ import annotations

import argparse
import os

from mellanrum.commands.environment import add_data, start_django, use
from mellanrum.commands.problems import Problem, _

HELP = "list programme templates, or make a programme of one"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", metavar="list|load", required=True)
    add_data(acts.add_parser("list", help="the templates that come with Mellanrum"))
    load = acts.add_parser("load", help="make a programme of a template")
    load.add_argument("name", metavar="NAME", help="a name from the list, or a path to a TOML file")
    load.add_argument("--owner", metavar="EMAIL", default="", help="whose programme it becomes (default: the first owner)")
    load.add_argument("--day", metavar="YYYY-MM-DD", default="", help="day of the first gathering")
    add_data(load)


def run(arguments: argparse.Namespace) -> int:
    use(arguments)
    if arguments.act == "list":
        return _list()
    from mellanrum.commands.database import use_database

    use_database()
    return _load(arguments.name, email=arguments.owner, day=arguments.day)


def _list() -> int:
    os.environ.setdefault("MELLANRUM_SECRET_KEY", "for a list no key is needed, and none is made")
    start_django()
    from mellanrum.programmes.templates import library

    for template in library():
        print(f"{template.name}.{template.language}  {template.title}")
    return 0


def _load(name: str, *, email: str, day: str) -> int:
    from django.utils.dateparse import parse_date

    from mellanrum.accounts.queries import first_owner, person_with
    from mellanrum.programmes.actions import create_programme_from_template
    from mellanrum.programmes.templates import TemplateProblem, load_template

    try:
        template = load_template(name)
    except TemplateProblem as problem:
        raise Problem(str(problem)) from problem
    owner = person_with(email) if email else first_owner()
    if owner is None:
        raise Problem(_("Ingen ägare finns ännu. Kör först: mellanrum token --owner DIN@ADRESS."))
    try:
        first_day = parse_date(day)
    except ValueError:
        first_day = None
    if day and first_day is None:
        raise Problem(_("”%(day)s” är ingen dag. Skriv den som 2030-04-16.") % {"day": day}, exit_code=2)
    programme = create_programme_from_template(template, owner=owner, first_day=first_day)
    print(_("Programmet ”%(title)s” finns nu på startsidan för %(owner)s.") % {"title": programme.title, "owner": owner})
    return 0
