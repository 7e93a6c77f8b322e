"""`kzfest history`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from kzfest.cli.options.events import FormatOption, OutputOption, SourcesOption
from kzfest.cli.output import Answer, write
from kzfest.cli.typer_ext.lazy_groups import CommandContext, command
from kzfest.formats import records
from kzfest.i18n import _
from kzfest.pages.history import history_page, law_page
from kzfest.paths import cache_folder
from kzfest.programme.bundled import HISTORY, data_folder
from kzfest.programme.history import open_history

if TYPE_CHECKING:
    from kzfest.core.history import History

LawOption = Annotated[bool, typer.Option("--law", help=_("Show the law of 1991: facts, votes and chapters."))]

MILESTONE_FIELDS = ("id", "at", "precision", "timezone", "title", "summary", "sources")
CHAPTER_FIELDS = ("number", "articles", "title", "summary")


@command()
def history(
    ctx: CommandContext,
    law: LawOption = False,
    in_full: SourcesOption = False,
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Show the milestones of Kazakhstan's independence, or the law of 16 December 1991."""
    session = ctx.obj
    past = open_history(data_folder() / HISTORY, folder=cache_folder())
    answer_of = _law_answer if law else _milestones_answer
    answer = answer_of(past, session.language, in_full=in_full)
    write(answer, session, format_=format_, output=output)


def _document(past: History, language: str) -> records.Record:
    return {
        "schema": records.SCHEMA,
        "milestones": [records.milestone_record(each, past, language) for each in past.milestones],
        "recognitions": records.recognition_records(past, language),
        "law": records.law_record(past.law, past, language),
    }


def _milestones_answer(past: History, language: str, *, in_full: bool) -> Answer:
    return Answer(
        document=lambda: _document(past, language),
        records=lambda: [records.milestone_record(each, past, language) for each in past.milestones],
        fields=MILESTONE_FIELDS,
        page=lambda: history_page(past, language, in_full=in_full),
    )


def _law_answer(past: History, language: str, *, in_full: bool) -> Answer:
    return Answer(
        document=lambda: _document(past, language),
        records=lambda: [records.law_record(past.law, past, language)],
        rows=lambda: records.law_record(past.law, past, language)["chapters"],
        fields=CHAPTER_FIELDS,
        page=lambda: law_page(past, language, in_full=in_full),
    )
