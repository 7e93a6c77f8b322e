"""What real programmes must answer, over a folder of them that `KZFEST_CORPUS` names; without it, nothing is tested.

The facts were counted by a reader that shares no code with kzfest. A showing is one title, start and venue.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Outcome

CORPUS = Path(os.environ.get("KZFEST_CORPUS", ""))
pytestmark = pytest.mark.skipif(not os.environ.get("KZFEST_CORPUS"), reason="KZFEST_CORPUS names no folder of files")

Showing = tuple[str, str, str | None, str | None]
"""The start and the title of a showing, and its end and venue."""


@pytest.fixture(name="ask")
def _ask(kzfest: Callable[..., Outcome]) -> Callable[..., Any]:
    """Return a function that runs a command on the file of that name, and returns its JSON."""

    def ask(file: str, *args: str) -> Any:
        (found,) = CORPUS.rglob(file)
        done = kzfest("--data", str(found), *args, "-f", "json")
        assert done.code == 0, done.stderr
        return json.loads(done.stdout)

    return ask


@pytest.fixture(name="diff")
def _diff(kzfest: Callable[..., Outcome]) -> Callable[..., list[Any]]:
    """Return a function that gives the changes between the two versions of the programme whose files begin so."""

    def diff(name: str) -> list[Any]:
        files = (next(CORPUS.rglob(f"{name}-{version}-*")) for version in "ab")
        done = kzfest("diff", *map(str, files), "-f", "json")
        assert done.code == 0, done.stderr
        return list(json.loads(done.stdout)["changes"])

    return diff


def _titles(changes: list[Any], kind: str) -> list[str]:
    """Return the titles of the events with a change of this *kind*."""
    return [each["title"] for each in changes if kind in each["kinds"]]


def _showings(answer: Any) -> list[Showing]:
    """Return each showing of the events in *answer*, in order of start."""
    found = []
    for event in answer["events"]:
        for showing in event["showings"] or [event]:
            venue = showing["venue"] or event["venue"]
            name = venue["name"] if isinstance(venue, dict) else venue
            found.append((showing["start"], showing["title"] or event["title"], showing["end"], name))
    return sorted(found, key=str)


def _at(answer: Any) -> list[tuple[str, str]]:
    """Return the local start and the title of each event of *answer*, in the order of the list."""
    return [(event["start"][:16] if event["start"] else "", event["title"]) for event in answer["events"]]


def _beginning(ask: Callable[..., Any], file: str, *options: str) -> Counter[str]:
    """Return how many showings begin on each festival day."""
    starts = (showing[0] for showing in _showings(ask(file, *options, "list")))
    return Counter(_festival_day(start) for start in starts if start)


def _festival_day(start: str) -> str:
    if "T" not in start:
        return start
    return (datetime.fromisoformat(start) - timedelta(hours=5)).date().isoformat()


def _row(showing: Showing) -> tuple[str, str]:
    """Return the local hours and the title of *showing*."""
    start, title, end, _venue = showing
    return (f"{start[11:16]}–{end[11:16]}" if end else start[11:16]), title


def test_1_fosdem_2026(ask: Callable[..., Any]) -> None:
    answer = ask("fosdem-2026.xml", "list")
    venues = {showing[3] for showing in _showings(answer)}
    assert (answer["programme"]["title"], answer["programme"]["timezone"]) == ("FOSDEM 2026", "Europe/Brussels")
    assert (len(_showings(answer)), len(venues)) == (883, 30)
    assert _beginning(ask, "fosdem-2026.xml") == {"2026-01-31": 484, "2026-02-01": 399}


@pytest.mark.parametrize(
    ("file", "day", "number", "some"),
    [
        (
            "fosdem-2026.xml",
            "2026-01-31",
            12,
            ["09:30 Welcome to FOSDEM 2026", "18:00 The Big FOSDEM Quiz of the Year"],
        ),
        ("fosdem-2026.xml", "2026-02-01", 12, ["17:50 Closing FOSDEM 2026"]),
        ("fosdem-2013.xml", "2013-02-02", 8, ["10:30 Welcome to FOSDEM 2013"]),
        ("fosdem-2013.xml", "2013-02-03", 9, ["17:50 Closing FOSDEM 2013"]),
        ("fosdem-2007.xml", "2007-02-25", 8, ["10:00 Welcome", "17:15 Donators Return"]),
    ],
)
def test_2_5_6_a_room_of_fosdem(ask: Callable[..., Any], file: str, day: str, number: int, some: list[str]) -> None:
    found = [
        f"{start[11:16]} {title}"
        for start, title, _end, _venue in _showings(ask(file, "list", "--on", day, "--venue", "Janson"))
    ]
    assert len(found) == number
    assert [each for each in (found[0], found[-1]) if each in some] == some


def test_3_a_talk_of_fosdem(ask: Callable[..., Any]) -> None:
    event = ask("fosdem-2026.xml", "show", "Welcome to FOSDEM 2026")["event"]
    assert event["summary"] == "FOSDEM welcome and opening talk."
    assert event["people"] == ["FOSDEM Staff"]
    assert (event["category"], event["tracks"], event["languages"]) == ("maintrack", ["Main Track"], ["en"])
    assert event["url"] == "https://fosdem.org/2026/schedule/event/SFKNTZ-welcome_to_fosdem_2026/"
    assert len(event["details"]) == 3


def test_4_a_snapshot_without_its_main_track(ask: Callable[..., Any], kzfest: Callable[..., Outcome]) -> None:
    (file,) = CORPUS.rglob("fosdem-2024.xml")
    assert kzfest("--data", str(file), "list", "--venue", "Janson").code == 3
    assert _beginning(ask, "fosdem-2024.xml") == {"2024-02-03": 349, "2024-02-04": 325}
    turtle = ("2024-02-03T10:30", "2024-02-03T11:30", "J.1.106")
    assert turtle in {
        (start[:16], (end or "")[:16], venue)
        for start, title, end, venue in _showings(ask("fosdem-2024.xml", "list"))
        if title == "Creative Coding with TurtleStitch"
    }


@pytest.mark.parametrize(("file", "events", "venues"), [("fosdem-2013.xml", 487, 24), ("fosdem-2007.xml", 215, 18)])
def test_5_6_old_years(ask: Callable[..., Any], file: str, events: int, venues: int) -> None:
    showings = _showings(ask(file, "list"))
    assert (len(showings), len({showing[3] for showing in showings})) == (events, venues)


def test_7_31c3(ask: Callable[..., Any]) -> None:
    begun = _beginning(ask, "31c3.xml")
    assert (begun["2014-12-27"], begun["2014-12-28"]) == (35, 45)
    assert ("2014-12-28T00:00", "Citizenfour") in _at(ask("31c3.xml", "list", "--on", "2014-12-27"))


def test_8_36c3_by_day(ask: Callable[..., Any]) -> None:
    answer = ask("36c3-merged.xml", "list")
    assert _beginning(ask, "36c3-merged.xml") == {
        "2019-12-27": 297,
        "2019-12-28": 432,
        "2019-12-29": 445,
        "2019-12-30": 177,
    }
    assert (len(answer["events"]), len(_showings(answer))) == (1348, 1351)


@pytest.mark.parametrize(
    ("words", "start", "title"),
    [
        ("Brainflicks", "2019-12-29T16:00", "Brainflicks Special: Star Wars"),
        ("Documentary Photography", "2019-12-29T21:30", "Documentary Photography Workshop - Story development"),
    ],
)
def test_9_two_talks_with_one_number(ask: Callable[..., Any], words: str, start: str, title: str) -> None:
    (found,) = (each for each in ask("36c3-merged.xml", "search", words)["results"] if each["name"] == title)
    assert ask("36c3-merged.xml", "show", found["id"])["event"]["start"][:16] == start


def test_10_11_12_rooms_and_an_unknown_end_at_36c3(ask: Callable[..., Any]) -> None:
    ada = _showings(ask("36c3-merged.xml", "list", "--on", "2019-12-27", "--venue", "Ada"))
    assert (len(ada), _row(ada[0])) == (11, ("11:00–11:30", "Opening Ceremony"))
    assert (ada[-1][0][:16], ada[-1][1]) == ("2019-12-28T00:50", "Hacker Jeopardy")
    rockets = ask("36c3-merged.xml", "show", "Build and fly your own rockets in Kerbal Space Program")["event"]
    assert rockets["end"] is None
    one, other = (ask("36c3-merged.xml", "venue", name)["venue"]["id"] for name in ("1Komona headnut", "headnut"))
    assert one == other


def _klimacamp(ask: Callable[..., Any], file: str, *options: str) -> list[tuple[str, str, str | None]]:
    return sorted((start[:16], title, venue) for start, title, _end, venue in _showings(ask(file, *options, "list")))


def test_13_14_one_programme_in_four_formats(ask: Callable[..., Any], kzfest: Callable[..., Outcome]) -> None:
    (xml,) = CORPUS.rglob("klimacamp-2015.xml")
    assert "542–544" in kzfest("check", str(xml)).stdout
    assert _beginning(ask, "klimacamp-2015.xml")["2015-08-10"] == 19
    expected = _klimacamp(ask, "klimacamp-2015.xml")
    assert (len(expected), len({venue for _start, _title, venue in expected})) == (106, 10)
    assert expected[0][:2] == ("2015-08-07T16:00", "Ausstieg aus der Braunkohleverstromung konkret")
    assert _klimacamp(ask, "klimacamp-2015.json") == expected
    assert _klimacamp(ask, "klimacamp-2015.ics", "--zone", "Europe/Berlin") == expected
    ids = [
        {event["id"] for event in ask(f"klimacamp-2015.{ending}", "list")["events"]}
        for ending in ("xml", "json", "ics")
    ]
    assert ids[0] == ids[1] == ids[2]
    titles = _klimacamp(ask, "klimacamp-2015.xcal", "--zone", "Europe/Berlin")
    assert ("2015-08-11T16:00", "Karl Marx aus ökosozialistischer Perspektive", "Zirkuszelt") in titles
    assert len(titles) == 106


def test_15_a_schedule_without_events(kzfest: Callable[..., Outcome]) -> None:
    (file,) = CORPUS.rglob("lswt2021-empty.xml")
    assert kzfest("--data", str(file), "list").code == 0
    assert kzfest("check", str(file), "-f", "json").code == 0


def test_16_17_schedules_as_json(ask: Callable[..., Any]) -> None:
    assert _beginning(ask, "pretalx-democon.json")["2020-12-14"] == 12
    showings = _showings(ask("hub-schedule2.json", "list", "--on", "2024-12-27"))
    assert [(start[:16], (end or "")[:16], title, venue) for start, title, end, venue in showings] == [
        ("2024-12-27T10:30", "2024-12-27T11:00", "38C3: Opening Ceremony", "Saal 1"),
        ("2024-12-28T00:15", "2024-12-28T00:55", "A Competitive Time-Trial AI for Need for Speed:", "Saal ZIGZAG"),
    ]
    event = ask("hub-schedule2.json", "show", "Need for Speed")["event"]
    assert event["tracks"] == ["Hardware & Making"]


def test_18_pyconfr(ask: Callable[..., Any]) -> None:
    for day, number in (("2024-11-02", 38), ("2024-11-03", 30)):
        assert _beginning(ask, "pyconfr-2024.json")[day] == number
    first = _showings(ask("pyconfr-2024.json", "list", "--on", "2024-11-02"))[0]
    assert (_row(first), first[3]) == (("09:00–09:30", "Accueil / Welcome"), "GAM")


def test_19_moca(ask: Callable[..., Any]) -> None:
    assert _beginning(ask, "moca-2024.ics") == {"2024-09-13": 28, "2024-09-14": 46, "2024-09-15": 14}
    showings = _showings(ask("moca-2024.ics", "list"))
    assert (_row(showings[0]), showings[0][3]) == (("12:00–13:00", "Opening Keynote"), "XOR")
    venues = Counter(showing[3] for showing in showings)
    assert {name: venues[name] for name in ("XOR", "MOV", "FreeKevin", "MOKids")} == {
        "XOR": 34,
        "MOV": 33,
        "FreeKevin": 12,
        "MOKids": 9,
    }


def test_20_local_times_as_utc(ask: Callable[..., Any]) -> None:
    as_written = ask("academy-cinemas-nz.ics", "--zone", "Pacific/Auckland", "--times", "as-written", "show", "Babylon")
    assert as_written["event"]["showings"][0]["start"] == "2023-01-19T13:40:00+13:00"
    assert as_written["event"]["showings"][0]["end"] == "2023-01-19T16:49:00+13:00"
    in_utc = ask("academy-cinemas-nz.ics", "--zone", "Pacific/Auckland", "show", "Babylon")
    assert in_utc["event"]["showings"][0]["start"] == "2023-01-20T02:40:00+13:00"


def test_21_a_comment_before_a_calendar(ask: Callable[..., Any]) -> None:
    options = ("--zone", "Europe/London")
    found = _showings(ask("bristol-data-week-2025.ics", *options, "list", "--on", "2025-06-02"))
    assert (len(found), _row(found[0])) == (4, ("09:30–12:30", "Introduction to Python"))
    assert len(_showings(ask("bristol-data-week-2025.ics", *options, "list"))) == 21


def test_22_a_calendar_of_rooms(ask: Callable[..., Any]) -> None:
    options = ("--zone", "Europe/Berlin")
    answer = ask("irrlicht-jena.ics", *options, "list")
    assert len(_showings(answer)) == 820
    that_day = ask("irrlicht-jena.ics", *options, "list", "--on", "2025-08-23")["events"]
    (one_shot,) = (event for event in that_day if event["title"] == "One Shot Day")
    assert (one_shot["first_day"], one_shot["last_day"]) == ("2025-08-23", "2025-08-23")
    fun = "🦇 🎃 Monday is Funday 🎃 🦇 (öffentlich / alle Räume)"
    assert ("2025-10-27T19:30", fun) in _at(ask("irrlicht-jena.ics", *options, "list", "--on", "2025-10-27"))


def test_23_linux_conf_au(ask: Callable[..., Any]) -> None:
    answer = ask("linux_conf_au_2020.ics", "list")
    assert answer["programme"]["timezone"] == "Australia/Brisbane"
    assert _beginning(ask, "linux_conf_au_2020.ics")["2020-01-13"] == 73
    opening = [each for each in _showings(answer) if each[1] == "Conference Opening"]
    assert (_row(opening[0]), opening[0][3]) == (("09:00–10:10", "Conference Opening"), "Arena")
    assert len([each for each in _showings(answer) if each[3] is None]) == 17


def test_24_an_address_as_location(ask: Callable[..., Any]) -> None:
    (launch,) = (
        event
        for event in ask("lgbt-history-2015-main.ics", "list", "--on", "2015-02-13")["events"]
        if event["title"].startswith("Festival Launch: The 1st Allan Horsfall Lecture")
    )
    assert (launch["start"][11:16], launch["end"][11:16]) == ("17:30", "19:30")
    assert launch["venue"]["name"] == "The Lesbian & Gay Foundation"
    assert "5 Richmond Street" in launch["venue"]["address"]
    assert _beginning(ask, "lgbt-history-2015-main.ics")["2015-02-14"] == 18


def test_25_rules_and_their_exceptions(ask: Callable[..., Any]) -> None:
    found = [_row(each) for each in _showings_on(ask, "ufpr-pk01-room-2016.ics", "2016-04-06")]
    assert [hours[:5] for hours, _title in found] == ["09:30", "13:30", "15:30", "18:50", "20:50"]
    assert [title[:6] for _hours, title in found] == ["TE 055", "TE 106", "TE090 ", found[3][1][:6], "TE 224"]
    begun = _beginning(ask, "ufpr-pk01-room-2016.ics")
    assert sum(begun[f"2016-04-{day:02}"] for day in range(4, 9)) == 25


def _showings_on(ask: Callable[..., Any], file: str, day: str, *options: str) -> list[Showing]:
    return [each for each in _showings(ask(file, *options, "list")) if each[0] and _festival_day(each[0]) == day]


def test_26_27_conclar_and_konopas(ask: Callable[..., Any]) -> None:
    octocon = ask("conclar-2022-schedule.json", "list")
    assert (_beginning(ask, "conclar-2022-schedule.json")["2022-10-15"], len(_showings(octocon))) == (47, 86)
    (opening,) = (event for event in octocon["events"] if event["title"] == "Opening Ceremony")
    assert (opening["start"][11:16], opening["end"][11:16]) == ("10:00", "10:15")
    assert opening["venue"]["name"] == "Hogan Mezzanine 1 - Croke Park"
    assert ("Raissa Perez", "moderator") in {(each["name"], each["role"]) for each in opening["people_details"]}
    nasfic = ask("nasfic-2020-program.js", "list")
    assert (_beginning(ask, "nasfic-2020-program.js")["2020-08-21"], len(_showings(nasfic))) == (42, 143)
    by_title = {title: (start, end, venue) for start, title, end, venue in _showings(nasfic)}
    assert by_title["Writing Real History Into Fictional Pasts"][2] == "Scioto Even"
    assert by_title["Dead Dog Party"][1] is None


def test_28_a_city_agenda(ask: Callable[..., Any]) -> None:
    options = ("--zone", "Europe/Moscow")
    answer = ask("spb-2016-10.json", *options, "list")
    assert (len(answer["events"]), len(_showings(answer))) == (100, 299)
    starts = [showing[0] for showing in _showings(answer)]
    begun = Counter(_festival_day(start) for start in starts if "T" in start)
    assert (begun["2016-10-01"], len([start for start in starts if "T" not in start])) == (15, 22)
    (red_snapper,) = (event for event in answer["events"] if event["title"] == "концерт Red Snapper")
    assert (red_snapper["start"][:16], red_snapper["end"]) == ("2016-09-30T20:00", None)
    assert "1400" in red_snapper["price"]


def test_29_sessionize(ask: Callable[..., Any]) -> None:
    showings = _showings(ask("global-azure-linz-2021.json", "list"))
    assert (len(showings), len({each[3] for each in showings})) == (37, 5)
    assert [each[3] for each in showings].count("Dev") == 9
    event = ask("global-azure-linz-2021.json", "show", "Azure - Ask us Anything")["event"]
    assert (event["start"][11:16], event["end"][11:16], len(event["people"])) == ("08:00", "08:50", 5)


def test_30_sched(ask: Callable[..., Any]) -> None:
    begun = _beginning(ask, "penguicon-2019-sched.csv")
    assert begun == {"2019-05-03": 101, "2019-05-04": 224, "2019-05-05": 74}
    answer = ask("penguicon-2019-sched.csv", "list", "--undated")
    assert len(answer["events"]) == 2


def test_31_month_first(ask: Callable[..., Any]) -> None:
    days = set(_beginning(ask, "penguicon-2019-google-calendar.csv"))
    assert days <= {"2019-05-03", "2019-05-04", "2019-05-05"}


def test_32_a_spreadsheet(ask: Callable[..., Any]) -> None:
    showings = _showings(ask("c3voc-deu-example.xlsx", "list"))
    assert [_festival_day(each[0]) for each in showings] == ["2016-10-27"] * 13
    start, title, end, venue = showings[0]
    assert (start[11:16], title, end, venue) == (
        "09:00",
        "Offenheit, Partizipation und Digitalisierung",
        None,
        "Altes Rathaus",
    )


def test_33_34_pages(ask: Callable[..., Any]) -> None:
    copenhagen = ask("songkick-copenhagen.html", "list")["events"]
    (rocky,) = (event for event in copenhagen if event["title"] == "A$AP Rocky @ Royal Arena")
    assert len(copenhagen) == 2
    assert (rocky["start"][:16], rocky["end"]) == ("2026-09-18T19:30", None)
    assert (rocky["venue"]["name"], rocky["venue"]["city"]) == ("Royal Arena", "Copenhagen")
    assert "Hannemanns Alle 18" in rocky["venue"]["address"]
    (pop,) = ask("tivoli-utrecht.html", "list")["events"]
    assert (pop["title"], pop["start"][:16], pop["end"]) == ("Pop-O-Matic", "2019-04-25T23:55", None)


@pytest.mark.parametrize("file", ["klimacamp-10-no-structured-data.html", "outside-lands-2026-saturday.json"])
def test_35_what_is_no_programme(kzfest: Callable[..., Outcome], file: str) -> None:
    (found,) = CORPUS.rglob(file)
    done = kzfest("--data", str(found), "list")
    assert (done.code, done.stdout, done.stderr.count("\n")) == (4, "", 1)


def test_36_two_languages(ask: Callable[..., Any]) -> None:
    answer = ask("sitcon-2022.json", "list", "--lang", "en")
    showings = _showings(answer)
    assert _beginning(ask, "sitcon-2022.json") == {"2022-09-04": 50}
    rooms = Counter(each[3] for each in showings)
    assert (rooms["R0"], rooms["R1"]) == (22, 9)
    titles = {tuple(event["titles"].values()) for event in answer["events"]}
    assert any("休息" in title and "break" in [each.casefold() for each in title] for title in titles)


def test_37_two_versions_of_fosdem(diff: Callable[..., list[Any]]) -> None:
    changes = diff("fosdem-2025")
    assert Counter(kind for each in changes for kind in each["kinds"] if kind != "people") == {
        "new": 6,
        "gone": 3,
        "moved": 1,
        "renamed": 1,
    }
    assert [title[:40] for title in _titles(changes, "gone")] == [
        "State of CephFS: Three Easy Pieces",
        "Apache XTable - Interoperability Across ",
        "Hardware Without Borders: Democratizing ",
    ]
    (moved,) = (each for each in changes if "moved" in each["kinds"])
    assert moved["title"] == "Friendica - under the radar since 2010"
    assert [(each["start"][11:16], each["end"][11:16]) for each in (*moved["dropped"], *moved["added"])] == [
        ("16:00", "16:10"),
        ("18:00", "18:30"),
    ]
    (renamed,) = _titles(changes, "renamed")
    assert renamed == "Declarative Object Storage at Scale: Integrating Rook, Ceph, and OpenStack"


def test_38_two_talks_that_changed_places(diff: Callable[..., list[Any]]) -> None:
    changes = diff("pyconfr-2024")
    (gone,), (renamed,) = _titles(changes, "gone"), _titles(changes, "renamed")
    assert gone.startswith("Python, de 0% à 100% : apprenons la science des données")
    assert renamed.startswith("Optimizing SQL Queries in Django")
    moved = [each for each in changes if "moved" in each["kinds"]]
    assert sorted((each["dropped"][0]["start"][:16], each["added"][0]["start"][:16]) for each in moved) == [
        ("2024-11-02T13:30", "2024-11-03T14:30"),
        ("2024-11-03T14:30", "2024-11-02T13:30"),
    ]


def test_39_new_uids_at_each_export(diff: Callable[..., list[Any]]) -> None:
    changes = diff("academy-cinemas")
    dropped = [time for each in changes for time in (*each["dropped"], *each["past"])]
    assert (sum(len(each["added"]) for each in changes), len(dropped)) == (6, 3)
    assert (len(_titles(changes, "new")), _titles(changes, "gone")) == (2, [])
