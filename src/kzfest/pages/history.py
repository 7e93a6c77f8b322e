"""The pages of `kzfest history`: the milestones of independence, and the law of 1991."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from kzfest.core.localized import choose
from kzfest.formats import dates
from kzfest.formats.page import Cell, Column, Fields, Heading, Paragraph, Section, StyledText, Table, cell, line, plain
from kzfest.i18n import _
from kzfest.pages import phrases
from kzfest.pages.cards import source_blocks

if TYPE_CHECKING:
    from kzfest.core.history import Chapter, History, Law, Milestone, Recognition, Votes
    from kzfest.core.model import Dispute, Texts
    from kzfest.formats.page import Block, Line, Page


def history_page(history: History, language: str, *, in_full: bool = False) -> Page:
    """Return the timeline and the countries that recognised Kazakhstan, with sources *in_full* or their number.

    It is empty if *history* has neither.
    """
    if not history.milestones and not history.recognitions:
        return []
    blocks: list[Block] = [Heading(line(_("Milestones of Kazakhstan's independence")), level=1)]
    if history.milestones:
        rows = tuple(_milestone(each, history, language) for each in history.milestones)
        blocks.append(Table((Column(_("When")), Column(_("What happened"))), (Section("", rows),)))
    if history.recognitions:
        recognised = tuple(_recognition(each, language) for each in history.recognitions)
        blocks += [Heading(line(_("Recognised by"))), Fields(recognised)]
    used = [key for each in history.milestones for key in each.sources]
    used += [key for each in history.recognitions for key in each.sources]
    disputed = [dispute.source for each in history.milestones for dispute in each.disputes]
    return [*blocks, *source_blocks(list(dict.fromkeys(used + disputed)), history.sources, language, in_full=in_full)]


def _milestone(milestone: Milestone, history: History, language: str) -> tuple[Cell, ...]:
    when, zone = milestone_time(milestone)
    return (
        cell(StyledText(when, "strong"), StyledText(zone, "faint") if zone else None),
        cell(
            phrases.localized_line(milestone.title, language, "strong"),
            phrases.localized_line(milestone.summary, language),
            *(_disputed(dispute, history, language) for dispute in milestone.disputes),
        ),
    )


def milestone_time(milestone: Milestone) -> tuple[str, str | None]:
    """Return the time of a milestone, as precisely as it is known, and the UTC offset of that day if it has an hour."""
    if milestone.precision == "minute":
        moment = datetime.fromisoformat(milestone.at)
        clocks = _("{zone}, then {offset}").format(zone=milestone.timezone, offset=dates.offset(moment))
        return _moment(moment), clocks
    if milestone.precision == "month":
        year, month = milestone.at.split("-")
        return dates.long_month(int(year), int(month)), None
    if milestone.precision == "year":
        return dates.long_year(int(milestone.at)), None
    return phrases.day_in_words(milestone.at, dates.long_day), None


def _disputed(dispute: Dispute, history: History, language: str) -> Line:
    said = _("Disputed: {source} says {value}.").format(
        source=phrases.short_source(history.sources[dispute.source]),
        value=plain(phrases.disputed_value(dispute, language, dates.long_day)),
    )
    note = phrases.localized_line(dispute.note, language)
    return line(StyledText(said, "warning"), " " if note else None) + note


def _recognition(recognition: Recognition, language: str) -> tuple[str, Cell]:
    when = dates.long_day(recognition.on) if recognition.on else _("day not given")
    note = phrases.localized_line(recognition.note, language, "faint")
    return choose(recognition.country, language).text, cell(when, note)


def law_page(history: History, language: str, *, facts: bool = True, in_full: bool = False) -> Page:
    """Return the card of the law: its *facts* and votes, its chapters, and sources *in_full* or their number.

    It is empty without facts and chapters.
    """
    law = history.law
    if not facts and not law.chapters:
        return []
    blocks: list[Block] = [Heading(phrases.localized_line(law.titles, language, "strong"), level=1)]
    if facts:
        blocks.append(Fields(tuple(row for row in _facts(law, language) if row[1])))
        blocks += [Heading(line(_("Votes"))), Fields(_votes(law.votes))]
        if law.notes:
            blocks.append(Paragraph(phrases.localized_line(law.notes, language)))
    if law.chapters:
        chapters = tuple(_chapter(each, language) for each in law.chapters)
        columns = (
            Column(_("Chapter"), wraps=False),
            Column(_("Articles"), wraps=False),
            Column(_("Title and content")),
        )
        blocks += [Heading(line(_("Chapters"))), Table(columns, (Section("", chapters),))]
    return [*blocks, *source_blocks(law.sources, history.sources, language, in_full=in_full)]


def _facts(law: Law, language: str) -> list[tuple[str, Cell]]:
    signed = _("{when} by {whom}").format(when=_moment(law.signed), whom=choose(law.signed_by, language).text)
    clocks = StyledText(f" ({law.timezone}, {dates.offset(law.adopted)})", "faint")
    return [
        (_("Also titled"), cell(*_other_titles(law.titles, language))),
        (_("Citation"), cell(law.citation)),
        (_("Status"), (phrases.localized_line(law.status, language),)),
        (_("Enacted by"), (phrases.localized_line(law.enacted_by, language),)),
        (_("Passed"), cell(dates.long_day(law.passed))),
        (_("Adopted"), cell(line(_moment(law.adopted), clocks))),
        (_("Signed"), cell(line(signed, clocks))),
        (_("Drafted by"), (phrases.localized_line(law.drafted_by, language),)),
        (_("Chaired by"), (phrases.localized_line(law.chaired_by, language),)),
    ]


def _moment(moment: datetime) -> str:
    return _("{day}, {time}").format(day=dates.long_day(moment), time=dates.clock(moment))


def _votes(votes: Votes) -> tuple[tuple[str, Cell], ...]:
    counted = votes.in_favour + votes.against + votes.abstained + votes.absent
    total = _("{counted} of {deputies} deputies; {missing} are not accounted for")
    missing = votes.deputies - counted
    return (
        (_("For"), cell(str(votes.in_favour))),
        (_("Against"), cell(str(votes.against))),
        (_("Abstained"), cell(str(votes.abstained))),
        (_("Not voting"), cell(str(votes.absent))),
        (_("Together"), cell(total.format(counted=counted, deputies=votes.deputies, missing=missing))),
    )


def _chapter(chapter: Chapter, language: str) -> tuple[Cell, ...]:
    first = phrases.localized_line(chapter.titles, language, "strong")
    summary = phrases.localized_line(chapter.summary, language)
    titles = cell(first, *_other_titles(chapter.titles, language), summary)
    return cell(str(chapter.number)), cell(chapter.articles), titles


def _other_titles(titles: Texts, language: str) -> list[Line]:
    shown = choose(titles, language).language
    return [line(text, StyledText(f" [{own}]", "faint")) for own, text in titles.items() if own != shown]
