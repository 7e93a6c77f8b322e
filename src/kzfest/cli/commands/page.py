"""`kzfest page`."""

from __future__ import annotations

from kzfest.cli.options.page import PageOptions
from kzfest.cli.query import ListFilters, asked_days, question_of, tell_left_out, tell_nothing_on
from kzfest.cli.typer_ext.day_arguments import DaysCommand
from kzfest.cli.typer_ext.lazy_groups import CommandContext, command


@command(
    "kzfest page -o programme.html",
    "kzfest page 15..17 dec --category concert --paper a6 -o booklet.html",
    cls=DaysCommand,
)
def page(ctx: CommandContext, asked: ListFilters, how: PageOptions) -> None:
    """Write the programme as one HTML file for phone, desktop and paper, in three languages.

    It takes the filters of `kzfest list`. The file works without a network and without JavaScript.
    """
    from kzfest.html.contents import contents_of  # with all pages: this command and another need them
    from kzfest.html.whole_page import html_page

    session = ctx.obj
    look = how.look()
    if session.now:
        session.context.now  # noqa: B018  # as in `write`
    question = question_of(asked, session)
    catalogue = session.context.catalogue
    events = catalogue.events(question)
    is_whole = asked_days(asked, question) is None and not (asked.undated or asked.starting)
    if is_whole:
        there = {each.event.id for each in events}
        undated = catalogue.events(question._replace(undated=True))
        events += [each for each in undated if each.event.id not in there]
    contents = contents_of(events, question, session.context)
    text = html_page(contents, language=session.language, look=look)
    how.write(text, months_left_out=contents.months_left_out)
    if not events:
        tell_nothing_on(question, session, left=0)
    if not is_whole:
        tell_left_out(question, session)
