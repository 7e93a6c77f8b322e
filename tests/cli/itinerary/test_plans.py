"""Two people and two programmes, in any order of commands: their plans are what a plain model says, and no more."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, NamedTuple

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from typer.testing import CliRunner

from kzfest.cli.app import app

PROGRAMMES = {
    "village": """\
format: 1
programme: {id: village, title: Village fair, timezone: Europe/Berlin, revised: 2026-05-01}
venues:
  - {id: hall, name: Great hall, city: Bonn}
  - {id: barn, name: Barn, city: Bonn}
events:
  - id: show
    title: Puppet show
    category: theatre
    revision: REVISION
    venue: hall
    showings:
      - {id: first, start: 2026-06-06 14:00, end: 2026-06-06 15:00}
      - {id: second, start: 2026-06-06 19:00, end: 2026-06-06 20:00}
      - {id: third, start: 2026-06-07 19:00, end: 2026-06-07 20:00, venue: barn}
  - id: talks
    title: Talks
    category: reading
    revision: REVISION
    showings:
      - {id: hall, start: 2026-06-06 10:00, end: 2026-06-06 11:00, venue: hall}
      - {id: barn, start: 2026-06-06 11:00, end: 2026-06-06 12:00, venue: barn}
  - {id: late, title: Late dance, category: party, start: 2026-06-07 00:30, end: 2026-06-07 03:00, revision: REVISION}
  - {id: paintings, title: Paintings, category: exhibition, start: 2026-06-05, end: 2026-06-08, revision: REVISION}
  - {id: night, title: Long night, category: party, start: 2026-06-06 22:00, end: 2026-06-07 06:00, revision: REVISION}
""",
    "steppe": """\
format: 1
programme: {id: steppe, title: Steppe days, timezone: Asia/Almaty, revised: 2026-05-01}
venues:
  - {id: hall, name: Another hall, city: Astana}
events:
  - {id: show, title: Horses, category: sport, start: 2026-06-06 18:00, end: 2026-06-06 20:00, revision: REVISION}
  - {id: night, title: White night, category: party, start: 2026-06-06 23:00, end: 2026-06-07 02:00, revision: REVISION}
""",
}
"""Both have the events `show` and `night` and a venue `hall`; `night`, the last of each, may be dropped."""
PEOPLE = ("aida", "ben")
IN_MEMORY = "/dev/shm"  # where Linux has it, a change is kept in a tenth of the time
NIGHT_ENDS_AT = timedelta(hours=5)


class Planned(NamedTuple):
    """A visit, as far as a person chose it."""

    programme: str | None
    event: str | None
    title: str
    start: str
    end: str | None
    must: bool = False
    note: str | None = None
    showing: str | None = None
    """Which JSON does not tell."""

    @property
    def day(self) -> date:
        if self.end is None:
            return date.fromisoformat(self.start)
        return (datetime.fromisoformat(self.start) - NIGHT_ENDS_AT).date()

    @property
    def instant(self) -> float:
        return datetime.fromisoformat(self.start).timestamp()

    def uid(self, key: str) -> str:
        """Return the name by which calendars know it for ever."""
        if self.event is None:
            return f"own.{key}@own.kzfest.invalid"
        return f"visit.{key}.{self.event}@{self.programme}.kzfest.invalid"

    def in_order(self, key: str) -> tuple[object, ...]:
        return self.day, self.instant if self.end else 0, self.title, key


class Wish(NamedTuple):
    """What is added, and by which words."""

    args: tuple[str, ...]
    visit: Planned


def village(event: str, title: str, start: str, end: str | None, showing: str = "") -> Planned:
    return Planned("village", event, title, start, end, showing=showing)


WISHES = [
    Wish(
        ("show", "--on", "2026-06-06", "--at", "14:00"),
        village("show", "Puppet show", "2026-06-06T14:00:00+02:00", "2026-06-06T15:00:00+02:00", "first"),
    ),
    Wish(
        ("show", "--on", "2026-06-06", "--at", "19:00"),
        village("show", "Puppet show", "2026-06-06T19:00:00+02:00", "2026-06-06T20:00:00+02:00", "second"),
    ),
    Wish(
        ("show", "--on", "2026-06-07"),
        village("show", "Puppet show", "2026-06-07T19:00:00+02:00", "2026-06-07T20:00:00+02:00", "third"),
    ),
    Wish(
        ("talks", "--on", "2026-06-06", "--at", "10:00"),
        village("talks", "Talks", "2026-06-06T10:00:00+02:00", "2026-06-06T11:00:00+02:00", "hall"),
    ),
    Wish(
        ("talks", "--on", "2026-06-06", "--at", "11:00"),
        village("talks", "Talks", "2026-06-06T11:00:00+02:00", "2026-06-06T12:00:00+02:00", "barn"),
    ),
    Wish(("late",), village("late", "Late dance", "2026-06-07T00:30:00+02:00", "2026-06-07T03:00:00+02:00")),
    Wish(("paintings", "--on", "2026-06-05"), village("paintings", "Paintings", "2026-06-05", None)),
    Wish(("paintings", "--on", "2026-06-07"), village("paintings", "Paintings", "2026-06-07", None)),
    Wish(("night",), village("night", "Long night", "2026-06-06T22:00:00+02:00", "2026-06-07T06:00:00+02:00")),
    Wish(
        ("show",),
        Planned("steppe", "show", "Horses", "2026-06-06T18:00:00+05:00", "2026-06-06T20:00:00+05:00", showing=""),
    ),
    Wish(
        ("night",),
        Planned("steppe", "night", "White night", "2026-06-06T23:00:00+05:00", "2026-06-07T02:00:00+05:00", showing=""),
    ),
]
MOVED = {
    ("village", "late"): ("01:30", "2026-06-07T01:30:00+02:00", "2026-06-07T02:00:00+02:00"),
    ("village", "night"): ("23:00", "2026-06-06T23:00:00+02:00", "2026-06-06T23:30:00+02:00"),
    ("steppe", "show"): ("19:00", "2026-06-06T19:00:00+05:00", "2026-06-06T19:30:00+05:00"),
    (None, None): ("12:00", "2026-06-06T12:00:00+02:00", "2026-06-06T12:30:00+02:00"),
}
"""What `edit --on 2026-06-06 --at TIME --for 30m` makes of visits that have one showing, and of appointments."""

SHOWINGS = [wish.visit for wish in WISHES]

Plan = dict[str, Planned]


@dataclass
class Person:
    """What a person has planned, and all that their calendar has ever been told."""

    home: Path
    plan: Plan = field(default_factory=dict)
    undo: list[dict[str, Planned | None]] = field(default_factory=list)
    """Before each change, what was there of the visits that it changed."""
    revision: int = 0
    entries: dict[str, tuple[int, tuple[str, ...]]] = field(default_factory=dict)
    """The newest SEQUENCE of each UID, and what its entry said."""
    meant: dict[str, tuple[str | None, str | None]] = field(default_factory=dict)
    """What each id that ever was stands for: an event of a programme, or an appointment."""
    counters: dict[str, int] = field(default_factory=dict)
    file: Path | None = None
    file_has: Plan = field(default_factory=dict)


@dataclass
class Published:
    """A programme as it is now."""

    there: bool = True
    has_night: bool = True
    revision: int = 0

    def text(self, name: str) -> str:
        text = PROGRAMMES[name].replace("REVISION", str(self.revision))
        return text if self.has_night else text[: text.index("  - {id: night")]

    def has(self, event: str | None) -> bool:
        return self.there and (event != "night" or self.has_night)


PERSON, PLACE, WISH = st.sampled_from(PEOPLE), st.integers(0, 9), st.sampled_from(WISHES)
MUST = st.sampled_from(["--must", "--no-must"])
BEGUN = st.lists(WISH, min_size=1, max_size=2)


class Plans(RuleBasedStateMachine):
    """Aida and Ben plan, share, merge, export, import and take back, while the programmes change."""

    @initialize(first=BEGUN, second=BEGUN)
    def begin(self, first: list[Wish], second: list[Wish]) -> None:
        self.folder = Path(mkdtemp(dir=IN_MEMORY if Path(IN_MEMORY).is_dir() else None))
        self.people = {name: Person(self.folder / name) for name in PEOPLE}
        self.programmes = {name: Published() for name in PROGRAMMES}
        for name in ("config/programmes", "cache", *PEOPLE):
            (self.folder / name).mkdir(parents=True)
        for who in PEOPLE:  # everything but the plans is common, so that a programme is compiled once
            for name in ("config", "cache"):
                (self.folder / who / name).symlink_to(self.folder / name)
        for name in PROGRAMMES:
            self.publish(name)
        for who, wishes in zip(PEOPLE, (first, second), strict=True):
            for wish in wishes:
                self.add(who, wish)

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            shutil.rmtree(self.folder)

    def run(self, who: str, *args: str, code: int | set[int] = 0, programme: str | None = None) -> Any:
        chosen = ["--programme", programme] if programme else []
        env = {"KZFEST_HOME": str(self.people[who].home), "KZFEST_NOW": "2026-05-10T12:00", "LANGUAGE": None}
        args = (*chosen, "itinerary", *args)
        done = CliRunner().invoke(app, args, env=env, prog_name="kzfest", catch_exceptions=False)
        assert done.exit_code in ({code} if isinstance(code, int) else code), (args, done.stderr)
        return done

    def publish(self, name: str) -> None:
        """Put a programme into the folder of programmes, as it is now."""
        file = self.folder / "config" / "programmes" / f"{name}.yaml"
        file.unlink(missing_ok=True)
        if self.programmes[name].there:
            file.write_text(self.programmes[name].text(name), encoding="utf-8")

    def has(self, visit: Planned) -> bool:
        return visit.programme is None or self.programmes[visit.programme].has(visit.event)

    def caught_up(self, visit: Planned) -> Planned:
        """Return a visit that came from elsewhere with the showing that it is to: of that id, else at that hour."""
        if visit.event is None or not self.has(visit):
            return visit
        that_day = [each for each in SHOWINGS if each[:2] == visit[:2] and each.day == visit.day]
        named = [each for each in that_day if each.showing == visit.showing]
        timed = [each for each in that_day if each.end and visit.end and each.instant == visit.instant]
        found = next((each[0] for each in (named, that_day, timed) if len(each) == 1), None)
        return visit._replace(showing=found and found.showing)

    def some(self, who: str, place: int) -> str:
        keys = sorted(self.people[who].plan, key=lambda key: self.people[who].plan[key].in_order(key))
        return keys[place % len(keys)]

    # what the commands leave behind

    def becomes(self, who: str, after: Plan, *, touched: bool = False) -> None:
        """Compare the plan with *after*: a change, if it is any. One may also have *touched* what nobody chose."""
        person = self.people[who]
        before, person.plan = person.plan, after
        found = self.looks_as_planned(who)
        differ = [key for key in dict.fromkeys((*before, *after)) if before.get(key) != after.get(key)]
        assert found - person.revision in ({bool(differ), True} if touched else {bool(differ)})
        if found > person.revision:
            person.undo.append({key: before.get(key) for key in differ})
        person.revision = found

    def shown(self, who: str) -> Any:
        return json.loads(self.run(who, "show", "-f", "json").stdout)

    def looks_as_planned(self, who: str) -> int:
        """Compare all that is shown and exported with the model, and return the itinerary's revision."""
        person = self.people[who]
        shown = self.shown(who)
        found = {each["id"]: as_planned(each) for each in shown["visits"]}
        expected = {key: visit._replace(showing=None) for key, visit in person.plan.items()}
        assert found == expected, (found, expected)
        for each in shown["visits"]:
            assert each["day"] == person.plan[each["id"]].day.isoformat()
            assert each["changes"] >= person.counters.get(each["id"], 0)
            person.counters[each["id"]] = each["changes"]
        for key, visit in person.plan.items():
            assert person.meant.setdefault(key, (visit.programme, visit.event)) == (visit.programme, visit.event)
        self.export(who)
        return int(shown["itinerary"]["revision"])

    def export(self, who: str) -> Path:
        """Write the calendar, and compare it with what it has said before."""
        person, file = self.people[who], self.folder / f"{who}.ics"
        file.unlink(missing_ok=True)
        self.run(who, "export", "-o", str(file))
        entries = entries_in(file) if file.exists() else {}
        assert entries.keys() == {visit.uid(key) for key, visit in person.plan.items()}
        for uid, (sequence, said) in entries.items():
            before, had_said = person.entries.get(uid, (sequence, said))
            assert sequence > before or (sequence, said) == (before, had_said), (uid, before, had_said, sequence, said)
        person.entries |= entries
        return file

    def new_keys(self, who: str) -> list[str]:
        return [each["id"] for each in self.shown(who)["visits"] if each["id"] not in self.people[who].plan]

    # what people do

    @rule(who=PERSON, wish=WISH)
    def add(self, who: str, wish: Wish) -> None:
        person, visit = self.people[who], wish.visit
        if not self.has(visit):
            self.run(who, "add", *wish.args, programme=visit.programme, code=3)
            self.becomes(who, person.plan)
            return
        same = [each for each in person.plan.values() if showing_of(each) == showing_of(visit)]
        codes = {0 if each._replace(showing=None) == visit._replace(showing=None) else 2 for each in same} or {0}
        self.run(who, "add", *wish.args, programme=visit.programme, code=codes)
        keys = self.new_keys(who)
        assert len(keys) == (not same)
        assert person.meant.keys().isdisjoint(keys)
        self.becomes(who, person.plan | dict.fromkeys(keys, visit))

    @rule(who=PERSON, title=st.sampled_from(["Dinner", "Puppet show"]), hour=st.sampled_from(["14:00", "20:00"]))
    def add_an_appointment(self, who: str, title: str, hour: str) -> None:
        if not self.programmes["village"].there:
            return
        person = self.people[who]
        on = ("--on", "2026-06-06", "--at", hour, "--for", "30m")
        self.run(who, "add", "--own", title, *on, programme="village")
        start, end = f"2026-06-06T{hour}:00+02:00", f"2026-06-06T{hour[:2]}:30:00+02:00"
        (key,) = self.new_keys(who)
        assert key not in person.meant
        self.becomes(who, person.plan | {key: Planned(None, None, title, start, end)})

    def planning(self, who: str) -> str:
        """Return who has visits: the one that is meant, or else the other."""
        return who if self.people[who].plan else next(name for name in PEOPLE if self.people[name].plan)

    def has_visits(self) -> bool:
        return any(person.plan for person in self.people.values())

    @precondition(has_visits)
    @rule(who=PERSON, place=PLACE, note=st.sampled_from(["", "stalls", "Ысты шай, 2 билет"]), must=MUST)
    def edit(self, who: str, place: int, note: str, must: str) -> None:
        who = self.planning(who)
        plan = self.people[who].plan
        key = self.some(who, place)
        self.run(who, "edit", key, "--note", note, must)
        self.becomes(who, plan | {key: plan[key]._replace(note=note or None, must=must == "--must")})

    @precondition(has_visits)
    @rule(who=PERSON, place=PLACE)
    def move(self, who: str, place: int) -> None:
        who = self.planning(who)
        plan = self.people[who].plan
        key = self.some(who, place)
        visit = plan[key]
        if (visit.programme, visit.event) not in MOVED:
            return
        hour, start, end = MOVED[visit.programme, visit.event]
        on = ("--on", "2026-06-06", "--at", hour, "--for", "30m")
        self.run(who, "edit", key, *on, code=0 if self.has(visit) else 2)
        moved = visit._replace(start=start, end=end, showing=visit.event and "")
        self.becomes(who, plan | {key: moved if self.has(visit) else visit})

    @precondition(has_visits)
    @rule(who=PERSON, places=st.sets(PLACE, min_size=1, max_size=2) | st.none())
    def remove(self, who: str, places: set[int] | None) -> None:
        """Remove one or two visits, or all."""
        who = self.planning(who)
        plan = self.people[who].plan
        keys = {self.some(who, place) for place in places} if places else set(plan)
        self.run(who, *(["remove", *sorted(keys)] if places else ["clear"]))
        self.becomes(who, {key: visit for key, visit in plan.items() if key not in keys})

    @rule(who=PERSON, steps=st.integers(1, 3))
    def undo(self, who: str, steps: int) -> None:
        person = self.people[who]
        after, taken_back = dict(person.plan), 0
        while person.undo and taken_back < steps:
            taken_back += 1
            after |= person.undo.pop()  # type: ignore[arg-type]  # None for what was not there
            after = {key: visit for key, visit in after.items() if visit is not None}

        self.run(who, "undo", str(steps))

        person.plan = after
        revision = self.looks_as_planned(who)
        assert person.revision <= revision <= person.revision + taken_back
        person.revision = revision

    @precondition(has_visits)
    @rule(who=PERSON, options=st.sampled_from([(), ("--replace",)]))
    def merge(self, who: str, options: tuple[str, ...]) -> None:
        """Take what the other has shared, besides or instead of one's own plan."""
        (other,) = set(PEOPLE) - {who}
        person, theirs = self.people[who], self.people[other].plan
        token = self.run(other, "share").stdout.split()[0]
        self.run(who, "merge", token, *options)
        theirs = {key: self.caught_up(visit) for key, visit in theirs.items()}
        if options:
            self.becomes(who, theirs, touched=True)
            return
        added = lacking(person.plan, theirs)
        kept = {key: visit for key, visit in added.items() if key not in person.plan}
        others = [visit for key, visit in added.items() if key in person.plan]
        keys = [key for key in self.new_keys(who) if key not in kept]
        assert (len(keys), person.meant.keys().isdisjoint(keys)) == (len(others), True)
        self.becomes(who, person.plan | kept | dict(zip(keys, others, strict=True)))

    @precondition(has_visits)
    @rule(who=PERSON)
    def import_what_was_exported(self, who: str) -> None:
        """Read one's own calendar in which nothing was changed."""
        who = self.planning(who)
        plan = self.people[who].plan
        done = self.run(who, "import", str(self.export(who)))
        assert (done.stdout, done.stderr) == ("", "nothing has changed\n")
        self.becomes(who, plan)

    @precondition(has_visits)
    @rule(who=PERSON, place=PLACE)
    def import_what_a_calendar_moved(self, who: str, place: int) -> None:
        who = self.planning(who)
        plan = self.people[who].plan
        timed = {key: visit for key, visit in plan.items() if visit.end}
        if not timed:
            return
        key = sorted(timed, key=lambda key: timed[key].in_order(key))[place % len(timed)]
        file = self.export(who)
        text = file.read_bytes().decode()
        entry = next(each for each in re.findall(r"BEGIN:VEVENT.*?END:VEVENT", text, re.DOTALL) if uid_in(each, key))
        file.write_bytes(text.replace(entry, an_hour_later(entry)).encode())
        self.run(who, "import", str(file))
        visit = plan[key]
        start, end = (later(each) for each in (visit.start, visit.end or ""))
        self.becomes(who, plan | {key: visit._replace(start=start, end=end)})

    @precondition(has_visits)
    @rule(who=PERSON)
    def put_a_file_by(self, who: str) -> None:
        """Export, and keep the file: it may be imported when much has changed."""
        who = self.planning(who)
        person = self.people[who]
        person.file = self.export(who).rename(self.folder / f"{who}-older.ics")
        person.file_has = dict(person.plan)

    @rule(who=PERSON)
    def import_the_older_file(self, who: str) -> None:
        """Have again what has been removed since; what has been changed since stays."""
        person = self.people[who]
        if person.file:
            self.run(who, "import", str(person.file))
            anew = {
                key: self.caught_up(visit._replace(showing=visit.event and ""))
                for key, visit in person.file_has.items()
            }
            self.becomes(who, anew | person.plan)

    @precondition(has_visits)
    @rule(who=PERSON)
    def give_new_ids(self, who: str) -> None:
        """Export for a calendar that refuses what was deleted there: the same visits, by other names."""
        who = self.planning(who)
        person, file = self.people[who], self.folder / f"{who}.ics"
        file.unlink(missing_ok=True)
        self.run(who, "export", "--fresh-uids", "-o", str(file))
        again = {each["id"]: as_planned(each) for each in self.shown(who)["visits"]}
        assert person.meant.keys().isdisjoint(again)
        left = list(person.plan.values())
        for key, visit in again.items():
            again[key] = next(each for each in left if each._replace(showing=None) == visit)
            left.remove(again[key])
        assert left == []
        assert set(entries_in(file)) == {visit.uid(key) for key, visit in again.items()}
        self.becomes(who, again)

    # what organisers do

    @rule(name=st.sampled_from([*PROGRAMMES]), how=st.sampled_from(["file", "event", "revision"]))
    def change_a_programme(self, name: str, how: str) -> None:
        """Take a file away or put it back, drop an event or have it again, or raise its revision."""
        programme = self.programmes[name]
        match how:
            case "file":
                programme.there = not programme.there
            case "event":
                programme.has_night = not programme.has_night
            case _:
                programme.revision += 1
        self.publish(name)
        for who, person in self.people.items():
            self.becomes(who, person.plan)


def as_planned(record: dict[str, Any]) -> Planned:
    """Return what JSON tells of a visit."""
    found = Planned(**{name: record[name] for name in Planned._fields if name != "showing"})
    return found if "T" in found.start else found._replace(end=None)  # a whole day ends on itself


def showing_of(visit: Planned) -> object:
    """Return what nobody plans twice; two appointments are never the same."""
    return (visit.programme, visit.event, visit.showing, visit.day) if visit.event else object()


def lacking(mine: Plan, theirs: Plan) -> Plan:
    """Return which of *theirs* are none of *mine*: of the same id, else showing and day, else event and day."""
    ours = dict(mine)
    left = dict(sorted(theirs.items(), key=lambda item: item[1].in_order(item[0])))
    rules: list[Any] = [
        lambda key, _visit: key,
        lambda _key, visit: (visit.programme, visit.event, visit.showing, visit.day) if visit.event else own(visit),
        lambda _key, visit: (visit.programme, visit.event, visit.day) if visit.event else own(visit),
    ]
    for name in rules:
        for key, visit in list(ours.items()):
            same = next((each for each in left if name(each, left[each]) == name(key, visit)), None)
            if same is not None:
                del ours[key], left[same]
    return left


def own(visit: Planned) -> object:
    return visit.title, visit.instant


def entries_in(file: Path) -> dict[str, tuple[int, tuple[str, ...]]]:
    """Return by their UIDs the entries of a calendar: their SEQUENCE, and when and what they are."""
    text = file.read_bytes().decode().replace("\r\n ", "").replace("\r\n", "\n")
    found = {}
    for entry in re.findall(r"BEGIN:VEVENT\n(.*?)END:VEVENT", text, re.DOTALL):
        lines = dict(line.partition(":")[::2] for line in entry.splitlines() if not line.startswith("X-"))
        said = tuple(sorted(f"{name}:{lines[name]}" for name in lines if name.startswith(("DTSTART", "DTEND"))))
        (title,) = (lines[name] for name in lines if name.startswith("SUMMARY"))
        assert lines["UID"] not in found
        found[lines["UID"]] = int(lines["SEQUENCE"]), (title, *said)
    return found


def uid_in(entry: str, key: str) -> bool:
    return re.search(rf"^UID:(visit|own)\.{key}[.@]", entry, re.MULTILINE) is not None


def an_hour_later(entry: str) -> str:
    """Return an entry as a calendar program leaves it that was told to move it by an hour."""
    entry = re.sub(
        r"^(DT(?:START|END);[^:]*:)(\d+T\d+)",
        lambda found: f"{found[1]}{datetime.fromisoformat(found[2]) + timedelta(hours=1):%Y%m%dT%H%M%S}",
        entry,
        flags=re.MULTILINE,
    )
    return re.sub(r"^SEQUENCE:(\d+)", lambda found: f"SEQUENCE:{int(found[1]) + 1}", entry, flags=re.MULTILINE)


def later(moment: str) -> str:
    return (datetime.fromisoformat(moment) + timedelta(hours=1)).isoformat()


TestPlans = Plans.TestCase
TestPlans.settings = settings(max_examples=settings().max_examples * 12 // 100, stateful_step_count=15)
