"""`kzfest history`."""

from __future__ import annotations

from typing import Annotated

import typer

from kzfest.cli.options.events import FormatOption, OutputOption, SourcesOption
from kzfest.cli.output import Answer, write
from kzfest.cli.typer_ext.lazy_groups import CommandContext, command
from kzfest.formats import records
from kzfest.i18n import _
from kzfest.pages.history import history_page, law_page
from kzfest.paths import HISTORY, cache_folder, data_folder
from kzfest.programme.history import open_history

LawOption = Annotated[bool, typer.Option("--law", help=_("Show the law of 1991: facts, votes and chapters."))]

MILESTONE_FIELDS = ("id", "at", "precision", "timezone", "title", "summary", "sources")
CHAPTER_FIELDS = ("number", "articles", "title", "summary")


@command(
    "kzfest history",
    "kzfest history --law",
)
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
    language = session.language
    answer = Answer(
        document=lambda: {
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
            page=lambda: law_page(past, language, in_full=in_full),
        )
    write(answer, session, format_=format_, output=output)
