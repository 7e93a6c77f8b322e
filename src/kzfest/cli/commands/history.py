"""`kzfest history`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Optional

import typer

from kzfest.cli.options.events import FormatOption, OutputOption, SearchOption, SourcesOption
from kzfest.cli.output import Answer, write
from kzfest.cli.terminal.console import note
from kzfest.cli.typer_ext.lazy_groups import CommandContext, command
from kzfest.core.localized import choose
from kzfest.formats import records
from kzfest.i18n import _
from kzfest.pages.history import history_page, law_page, milestone_time
from kzfest.programme.history import package_history

if TYPE_CHECKING:
    from kzfest.cli.session import Session
    from kzfest.core.history import History
    from kzfest.core.model import Texts
    from kzfest.programme.history_search import HistoryMatches


def _years(incomplete: str) -> list[str]:
    past = package_history()
    years = dict.fromkeys(each.at[: len("1991")] for each in past.milestones)
    return [year for year in years if year.startswith(incomplete)]


SoughtArgument = Annotated[
    Optional[list[str]],
    typer.Argument(
        metavar=_("[WORDS]..."),
        help=_("A year, a month, a day or words: 1991, december 1986, turkey. With --law, an article or words."),
        autocompletion=_years,
        show_default=False,
    ),
]
LawOption = Annotated[bool, typer.Option("--law", help=_("Show the law of 1991: facts, votes and chapters."))]

MILESTONE_FIELDS = ("id", "at", "precision", "timezone", "title", "summary", "sources")
CHAPTER_FIELDS = ("number", "articles", "title", "summary")


@command(
    "kzfest history",
    "kzfest history december 1986",
    "kzfest history --search turkey",
    "kzfest history --law citizenship",
)
def history(
    ctx: CommandContext,
    words: SoughtArgument = None,
    search: SearchOption = None,
    law: LawOption = False,
    in_full: SourcesOption = False,
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Show the milestones of Kazakhstan's independence, or the law of 16 December 1991.

    With words, show only what has them.
    """
    session = ctx.obj
    whole = package_history()
    said, text = " ".join(words or ()), " ".join(search or ())
    found = _matches(said, text, whole) if said or text else None
    past = found.history if found else whole
    language = session.language
    answer = Answer(
        document=lambda: {
            "query": " ".join(part for part in (said, text) if part) or None,
            "milestones": [records.milestone_record(each, past, language) for each in past.milestones],
            "recognitions": records.recognition_records(past, language),
            "law": records.law_record(past.law, past, language),
        },
        items="milestones",
        fields=MILESTONE_FIELDS,
        page=lambda: history_page(past, language, in_full=in_full),
    )
    if law:
        answer = answer._replace(
            items="law",
            fields=CHAPTER_FIELDS,
            rows=lambda laws: [chapter for each in laws for chapter in each["chapters"]],
            page=lambda: law_page(past, language, facts=found is None or found.law_facts, in_full=in_full),
        )
    write(answer, session, format_=format_, output=output)
    if found:
        _tell(found, f"{said} {text}".strip(), whole, session, law=law)


def _matches(said: str, text: str, whole: History) -> HistoryMatches:
    """Return the parts of the history with the date or the words *said*, and with *text* in their texts."""
    from kzfest.cli.resolve import checked_text  # for words only, like folding and stemming
    from kzfest.programme.history_search import search_history

    checked_text(said + text)
    if not text:
        return search_history(said, whole)
    found = search_history(text, whole, in_texts_only=True)
    if not said:
        return found
    both = search_history(said, found.history)
    return both._replace(law_facts=both.law_facts and found.law_facts, guessed=both.guessed or found.guessed)


def _tell(found: HistoryMatches, asked: str, whole: History, session: Session, *, law: bool) -> None:
    """Say that the words were not found as they were written, and where they are or what is nearest."""
    elsewhere = dict(found.commands)
    if elsewhere.pop("history --law" if law else "history", None):
        if found.guessed:
            note(_("nothing in the history has '{text}'; this is for similar words").format(text=asked))
        return
    note((_("nothing in the law has '{text}'") if law else _("no milestone has '{text}'")).format(text=asked))
    for shown_by, titles in elsewhere.items():
        tell_in_history(shown_by, asked, titles, session)
    from kzfest.programme.history_search import milestones_around

    near = milestones_around(asked, whole)
    if near and not elsewhere and not law:
        names = [f"{milestone_time(each)[0]} ({choose(each.title, session.language).text})" for each in near]
        note(_("the nearest: {names}").format(names="; ".join(names)))


def tell_in_history(command_name: str, text: str, titles: Texts, session: Session) -> None:
    """Say that the command with this name shows *text* in a part of the history that has these *titles*."""
    from shlex import quote

    from kzfest.cli.options.common import ACTS_IN_A_SHELL

    words = quote(text) if ACTS_IN_A_SHELL & set(text) else text
    message = _("the history has it: kzfest {command}  ({title})")
    note(message.format(command=f"{command_name} {words}", title=choose(titles, session.language).text))
