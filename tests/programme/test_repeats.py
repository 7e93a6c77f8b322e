"""What a repeating event's rule gives, and when it is refused."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from kzfest.core.repeats import occurrences
from kzfest.programme.reader import read_programme

BERLIN = ZoneInfo("Europe/Berlin")
EVENING = datetime(2026, 6, 6, 19, tzinfo=BERLIN)


@pytest.mark.parametrize("until", ["20260608T170000Z", "20260608", "20260608T190000"])
def test_end_of_a_rule_is_included_however_it_is_written(until: str) -> None:
    found = occurrences(f"FREQ=DAILY;UNTIL={until}", EVENING, until=date(2030, 1, 1))

    assert found == [EVENING.replace(day=day) for day in (6, 7, 8)]


def test_rule_that_is_spent_before_the_programme_ends_is_a_fault() -> None:
    text = (
        "format: 1\n"
        "programme: {id: p, title: P, timezone: Europe/Berlin, revised: 2026-05-01,\n"
        "            first: 2026-06-01, last: 2026-08-31}\n"
        "events:\n"
        "  - {id: sunrise, title: Sunrise, category: nature, start: 2023-06-01, repeats: FREQ=DAILY}\n"
    )

    reading, problems = read_programme(text.encode(), file="p.yaml")

    assert (reading, [str(problem) for problem in problems]) == (
        None,
        ["p.yaml:5: the rule fires 1000 times before the programme ends, as often as it may; let start be later"],
    )
