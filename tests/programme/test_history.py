"""The history file: what is read of it, and its faults."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from kzfest.core.errors import FaultyProgrammeError
from kzfest.core.history import Milestone
from kzfest.core.model import Dispute
from kzfest.programme import history
from kzfest.programme.decode_history import precision_of
from kzfest.programme.reading import reader

if TYPE_CHECKING:
    from pathlib import Path

GOOD = """\
format: 1
history: {revised: 2026-11-22}
sources: {law: {title: The law}}
milestones:
- {id: law, at: 1991-12-16 18:14, timezone: Asia/Almaty, title: The law is passed, sources: [law]}
- id: forum
  at: 1991-12-21
  title: {en: Alma-Ata, ru: Алма-Ата}
  summary: Eleven states sign.
  disputes: [{field: at, value: 1991-12-20, source: law}]
- {id: seat, at: 1992-03, title: A seat}
- {id: money, at: 1993, title: Money}
recognitions:
- {country: Türkiye, on: 1991-12-16, sources: [law]}
- {country: Mongolia, note: On an unknown day.}
law:
  citation: No. 1007-XII
  titles: {en: On independence}
  status: constitutional law
  enacted_by: The Supreme Council
  passed: 1991-12-16
  timezone: Asia/Almaty
  adopted: 1991-12-16 18:14
  signed: 1991-12-16 19:00
  signed_by: A
  drafted_by: B
  chaired_by: C
  votes: {for: 256, against: 12, abstained: 15, absent: 2, deputies: 360}
  chapters: [{number: 1, articles: 1-5, titles: {en: One}}]
  sources: [law]
"""


def faults(text: str) -> list[str]:
    values, problems = reader.read_history(text.encode(), file="h.yaml")
    assert (values is None) is bool(problems)
    return [f"{problem.file}:{problem.line}: {problem.message}" for problem in problems]


def test_history_is_read_as_written(tmp_path: Path) -> None:
    file = tmp_path / "h.yaml"
    file.write_text(GOOD, encoding="utf-8")

    found = [history.open_history(file, folder=tmp_path / "cache") for _ in range(2)]

    assert found[0] == found[1]
    assert found[0].milestones == (
        Milestone(
            id="law",
            at="1991-12-16T18:14:00+05:00",
            precision="minute",
            title={"en": "The law is passed"},
            timezone="Asia/Almaty",
            sources=("law",),
        ),
        Milestone(
            id="forum",
            at="1991-12-21",
            precision="day",
            title={"en": "Alma-Ata", "ru": "Алма-Ата"},
            summary={"en": "Eleven states sign."},
            disputes=(Dispute(field="at", value={"en": "1991-12-20"}, source="law"),),
        ),
        Milestone(id="seat", at="1992-03", precision="month", title={"en": "A seat"}),
        Milestone(id="money", at="1993", precision="year", title={"en": "Money"}),
    )
    assert (found[0].revised, found[0].recognitions[0].on) == (date(2026, 11, 22), date(1991, 12, 16))
    assert (found[0].law.votes.in_favour, found[0].law.signed.isoformat()) == (256, "1991-12-16T19:00:00+05:00")
    assert found[0].law.chapters[0].number == 1


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (", timezone: Asia/Almaty", "", "5: a moment needs its 'timezone', such as Asia/Almaty"),
        ("title: The law is passed, sources: [law]", "title: A, sources: [laws]",
         "5: no 'laws' in the sources of this file; did you mean 'law'?"),
        ("1991-12-20, source: law", "1991-12-20, source: paper", "10: no 'paper' in the sources of this file"),
        ("1991-12-16, sources: [law]", "1991-12-16, sources: [paper]", "14: no 'paper' in the sources of this file"),
        ("  sources: [law]\n", "  sources: [paper]\n", "30: no 'paper' in the sources of this file"),
        ("at: 1992-03", "at: March 1992",
         "11: at: 'March 1992' is not a date; write it as 1993, 1992-03, 1991-12-16 or 1991-12-16 18:14"),
        ("at: 1992-03", "at: 1992-13",
         "11: at: '1992-13' is not a date; write it as 1993, 1992-03, 1991-12-16 or 1991-12-16 18:14"),
        ("at: 1993", "at: 0993",
         "12: at: '0993' is not a date; write it as 1993, 1992-03, 1991-12-16 or 1991-12-16 18:14"),
        ("id: seat", "id: law", "11: duplicate id 'law'; every id must be unique"),
        ("adopted: 1991-12-16 18:14", "adopted: 1991-12-16",
         "23: adopted: '1991-12-16' is not a date and time; write it as 2023-12-16 19:00"),
        ("number: 1", "number: one", "29: number: 'one' is not a whole number from 0"),
        ("{country: Mongolia, note: On an unknown day.}", "{note: A}", "15: the key 'country' is missing"),
        ("against: 12, ", "", "28: the key 'against' is missing"),
        ("history: {revised: 2026-11-22}\n", "", "1: the key 'history' is missing"),
    ],
)  # fmt: skip
def test_fault_of_the_history_is_found(old: str, new: str, fault: str) -> None:
    assert faults(GOOD.replace(old, new)) == [f"h.yaml:{fault}"]


def test_faulty_history_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "h.yaml"
    file.write_text(GOOD.replace("at: 1993", "at: then"), encoding="utf-8")

    with pytest.raises(FaultyProgrammeError):
        history.open_history(file, folder=None)


@pytest.mark.parametrize(
    ("at", "precision"),
    [("1993", "year"), ("1992-03", "month"), ("1991-12-16", "day"), ("1991-12-16 18:14", "minute")],
)
def test_precision_of_a_date_is_told_by_its_length(at: str, precision: str) -> None:
    assert precision_of(at) == precision
