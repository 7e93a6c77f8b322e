"""The user's itineraries: what is added, changed, removed and taken back is what a plain list would say."""

from __future__ import annotations

import shutil
import sqlite3
import stat
from contextlib import closing, suppress
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from kzfest.core.visit import Itinerary, Visit, VisitChange
from kzfest.itineraries.store import ID_LENGTH, LETTERS, ItinerarySummary, Store, any_id
from kzfest.itineraries.undo_log import CHANGES_KEPT
from kzfest.programme.zones import zone

if TYPE_CHECKING:
    from collections.abc import Callable

ALMATY = zone("Asia/Almaty")
NAMES = ("main", "сапар 😀")
NAME, TITLE = st.sampled_from(NAMES), st.text(max_size=8)
SEVERAL = st.sets(st.integers(0, 9), max_size=4)


class Snapshots(RuleBasedStateMachine):
    """Two itineraries beside a model: what each holds now, and what it held before each of its changes."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(mkdtemp())
        self.now = datetime(2023, 12, 1, 22, tzinfo=ALMATY)
        self.held: dict[str, dict[str, Visit]] = {name: {} for name in NAMES}
        self.before: dict[str, list[dict[str, Visit]]] = {name: [] for name in NAMES}
        self.revisions = dict.fromkeys(NAMES, 0)
        self.highest: dict[str, int] = {}
        self.latest: dict[str, datetime] = {}
        self.given: set[str] = set()

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    def store(self) -> Store:
        """Return the store as another process opens it, whose lot falls on the same ids again."""
        numbers = count()
        return Store(self.folder, ids=lambda: f"v{next(numbers) // 2}")

    def change(self, name: str, new: list[Visit], edited: dict[str, Visit], removed: set[str]) -> None:
        self.now += timedelta(minutes=7)
        before = self.held[name]
        with self.store().changing(name, now=self.now) as draft:
            assert plain(draft.visits) == plain(before)
            added = [replace(each, id=draft.new_id()) for each in new]
            draft.visits |= edited | {each.id: each for each in added}
            for key in removed:
                del draft.visits[key]
        assert self.given.isdisjoint(each.id for each in added)
        self.given.update(each.id for each in added)
        after = {key: each for key, each in (before | edited).items() if key not in removed}
        self.moved(name, after | {each.id: each for each in added}, draft.changed)
        if draft.changed:
            self.before[name].append(before)

    def dated(self, key: str, each: Visit) -> Visit:
        """Return a visit as changed now, unless the clock has been put back since the change before."""
        changed = max(self.now, each.changed, self.latest.get(key, each.changed))
        return replace(each, changed=changed, changes=self.highest.get(key, -1) + 1)

    def moved(self, name: str, after: dict[str, Visit], changed: tuple[VisitChange, ...]) -> None:
        """Compare what the store says has *changed* with the model, which holds *after* from here on."""
        before = self.held[name]
        differ = {key for key in before | after if before.get(key) != after.get(key)}
        self.held[name] = {key: self.dated(key, each) if key in differ else each for key, each in after.items()}
        self.highest |= {key: each.changes for key, each in self.held[name].items()}
        self.latest |= {key: each.changed for key, each in self.held[name].items()}
        self.revisions[name] += bool(differ)
        found = {(each.before or each.after).id: each for each in changed}  # type: ignore[union-attr]
        assert found == {key: VisitChange(before.get(key), self.held[name].get(key)) for key in differ}
        assert len(found) == len(changed)

    @rule(days=st.integers(1, 300))
    def put_the_clock_back(self, days: int) -> None:
        self.now -= timedelta(days=days)

    @rule(name=NAME, titles=st.lists(TITLE, max_size=3))
    def add(self, name: str, titles: list[str]) -> None:
        self.change(name, [visit(title) for title in titles], {}, set())

    @rule(name=NAME, title=TITLE, places=SEVERAL)
    def edit(self, name: str, title: str, places: set[int]) -> None:
        edited = {key: replace(self.held[name][key], note=title) for key in self.some(name, places)}
        self.change(name, [], edited, set())

    @rule(name=NAME, places=SEVERAL)
    def remove(self, name: str, places: set[int]) -> None:
        self.change(name, [], {}, self.some(name, places))

    @rule(name=NAME)
    def clear(self, name: str) -> None:
        self.change(name, [], {}, set(self.held[name]))

    @rule(name=NAME, title=TITLE, places=SEVERAL, others=SEVERAL)
    def change_many(self, name: str, title: str, places: set[int], others: set[int]) -> None:
        edited = {key: replace(self.held[name][key], must=True) for key in self.some(name, places)}
        self.change(name, [visit(title)], edited, self.some(name, others))

    @rule(name=NAME, title=TITLE)
    def fail(self, name: str, title: str) -> None:
        with suppress(ZeroDivisionError), self.store().changing(name, now=self.now) as draft:
            draft.visits = {"x": visit(title)}
            raise ZeroDivisionError

    @rule(name=NAME, steps=st.integers(0, 4))
    def undo(self, name: str, steps: int) -> None:
        self.now += timedelta(minutes=7)

        taken_back = self.store().undo(name, steps, now=self.now)

        assert len(taken_back) == min(steps, len(self.before[name]))
        for changed in taken_back:
            after = self.before[name].pop()
            for key, each in self.held[name].items():  # what was not changed keeps its counter
                if key in after and plain({key: after[key]}) == plain({key: each}):
                    after = after | {key: each}
            self.moved(name, after, changed)

    def some(self, name: str, places: set[int]) -> set[str]:
        return {key for place, key in enumerate(sorted(self.held[name])) if place in places}

    @invariant()
    def holds_what_the_model_holds(self) -> None:
        for name in NAMES:
            found = self.store().itinerary(name)

            assert (found.name, found.revision) == (name, self.revisions[name])
            assert {each.id: each for each in found.visits} == self.held[name]


def visit(title: str) -> Visit:
    changed = datetime(2023, 1, 1, tzinfo=ALMATY)
    return Visit(id="x", title={"kk": title}, start=date(2023, 12, 16), timezone="Asia/Almaty", changed=changed)


def plain(visits: dict[str, Visit]) -> dict[str, tuple[object, ...]]:
    """Return what people chose, without counters."""
    return {key: (each.title, each.start, each.must, each.note) for key, each in visits.items()}


TestSnapshots = Snapshots.TestCase
TestSnapshots.settings = settings(max_examples=settings().max_examples * 6 // 10, stateful_step_count=25)


def test_store_in_which_nothing_was_ever_kept_is_empty_and_makes_no_folder(tmp_path: Path) -> None:
    store = Store(tmp_path / "data")

    found = (store.all(), store.itinerary().name, store.itinerary("main"))

    assert found == ([ItinerarySummary("main", 0, current=True)], "main", Itinerary("main", 0, ()))
    assert list(tmp_path.iterdir()) == []


def test_store_is_readable_by_its_owner_only(tmp_path: Path, add: Callable[..., Visit]) -> None:
    add(Store(tmp_path / "data"), "museum")

    modes = {
        file.name: stat.S_IMODE(file.stat().st_mode) for file in (tmp_path / "data", *(tmp_path / "data").iterdir())
    }

    assert modes == {"data": 0o700, "itineraries.sqlite3": 0o600, "itineraries.last-good.sqlite3": 0o600}


def test_store_that_others_may_read_becomes_private_at_the_next_change(
    tmp_path: Path, add: Callable[..., Visit]
) -> None:
    store = Store(tmp_path / "data")
    add(store, "museum")
    store.folder.chmod(0o755)
    for file in store.folder.iterdir():
        file.chmod(0o666)

    add(store, "opera")

    assert {stat.S_IMODE(file.stat().st_mode) for file in store.folder.iterdir()} == {0o600}
    assert stat.S_IMODE(store.folder.stat().st_mode) == 0o700


def test_itineraries_are_listed_by_name_with_the_current_one(tmp_path: Path, add: Callable[..., Visit]) -> None:
    store = Store(tmp_path)
    for name in ("winter", "winter", "autumn"):
        add(store, "museum", name=name)
    before = store.all()

    store.use("winter")
    add(store, "museum")

    assert before == [
        ItinerarySummary("autumn", 1, current=False),
        ItinerarySummary("main", 0, current=True),
        ItinerarySummary("winter", 2, current=False),
    ]
    assert store.all() == [
        ItinerarySummary("autumn", 1, current=False),
        ItinerarySummary("main", 1, current=False),
        ItinerarySummary("winter", 2, current=True),
    ]


def test_current_itinerary_is_the_first_one_until_another_is_used_and_may_be_empty(
    tmp_path: Path, add: Callable[..., Visit]
) -> None:
    store = Store(tmp_path)
    add(store, "museum")
    currents = [store.itinerary().name]

    for name in ("winter", "main", "winter"):
        store.use(name)
        currents.append(Store(tmp_path).itinerary().name)

    assert currents == ["main", "winter", "main", "winter"]
    assert store.all() == [ItinerarySummary("main", 1, current=False), ItinerarySummary("winter", 0, current=True)]


def test_itinerary_without_visits_that_is_not_current_is_not_listed(
    tmp_path: Path, add: Callable[..., Visit], now: datetime
) -> None:
    store = Store(tmp_path)
    add(store, "museum", name="winter")
    store.undo("winter", 1, now=now)

    assert store.all() == [ItinerarySummary("main", 0, current=True)]
    assert store.itinerary("winter") == Itinerary("winter", 2, ())


def test_undo_where_nothing_was_changed_takes_nothing_back(tmp_path: Path, now: datetime) -> None:
    store = Store(tmp_path)

    assert store.undo("main", 3, now=now) == []
    assert store.itinerary("main") == Itinerary("main", 0, ())


def test_undo_of_more_changes_than_there_are_takes_back_all(
    tmp_path: Path, add: Callable[..., Visit], now: datetime
) -> None:
    store = Store(tmp_path)
    for title in ("museum", "opera"):
        add(store, title)

    taken_back = store.undo("main", 10**12, now=now)

    assert [[each.before and each.before.title["en"] for each in changed] for changed in taken_back] == [
        ["opera"],
        ["museum"],
    ]
    assert store.itinerary("main").visits == ()


def test_undo_gives_back_a_visit_with_its_id_and_a_counter_above_all_it_ever_had(
    tmp_path: Path, add: Callable[..., Visit], now: datetime
) -> None:
    store = Store(tmp_path)
    added = add(store, "museum")
    counters = []

    for note in ("one", "two"):
        with store.changing("main", now=now) as draft:
            draft.visits[added.id] = replace(draft.visits[added.id], note=note)
        counters.append(draft.visits[added.id].changes)
    with store.changing("main", now=now) as draft:
        draft.visits.clear()
    for _step in range(3):
        store.undo("main", 1, now=now)
        counters += [each.changes for each in store.itinerary("main").visits]

    assert store.itinerary("main").visits == (replace(added, changes=5, note=None),)
    assert counters == [0, 1, 3, 4, 5]


def test_change_of_nothing_is_none(tmp_path: Path, add: Callable[..., Visit], now: datetime) -> None:
    store = Store(tmp_path)
    add(store, "museum")
    before = store.itinerary("main")

    with store.changing("main", now=now) as draft:
        draft.visits |= {key: replace(each, note=None) for key, each in draft.visits.items()}

    assert draft.changed == ()
    assert store.itinerary("main") == before
    assert len(store.undo("main", 9, now=now)) == 1


def test_visit_from_elsewhere_keeps_its_counter_and_rises_from_there(
    tmp_path: Path, new_visit: Callable[[str, str], Visit], now: datetime
) -> None:
    store = Store(tmp_path)
    theirs = replace(new_visit("zzzzz", "museum"), changes=40)
    counters = []

    for note in (None, "mine"):
        with store.changing("main", now=now) as draft:
            draft.visits[theirs.id] = replace(theirs, note=note)
        counters.append([each.changes for each in store.itinerary("main").visits])
    with store.changing("winter", now=now) as draft:
        draft.visits[theirs.id] = theirs
    counters.append([each.changes for each in store.itinerary("winter").visits])

    assert counters == [[40], [41], [42]]


def test_visit_from_elsewhere_takes_its_id_from_the_lot(
    tmp_path: Path, new_visit: Callable[[str, str], Visit], add: Callable[..., Visit], now: datetime
) -> None:
    ids = iter(["zzzzz", "zzzzz", "yyyyy"])
    store = Store(tmp_path, ids=lambda: next(ids))
    with store.changing("main", now=now) as draft:
        draft.visits["zzzzz"] = new_visit("zzzzz", "museum")
    with store.changing("main", now=now) as draft:
        draft.visits.clear()

    assert add(store, "opera", name="winter").id == "yyyyy"


def test_change_never_dates_a_visit_back_where_the_clock_was_put_back(
    tmp_path: Path, add: Callable[..., Visit], now: datetime
) -> None:
    store = Store(tmp_path)
    added = add(store, "museum")

    with store.changing("main", now=now - timedelta(days=300)) as draft:
        draft.visits[added.id] = replace(draft.visits[added.id], note="later")

    assert [(each.changed, each.changes) for each in store.itinerary("main").visits] == [(now, 1)]


def test_visits_are_given_day_by_day(tmp_path: Path, new_visit: Callable[[str, str], Visit], now: datetime) -> None:
    store, days = Store(tmp_path), {"a": date(2023, 12, 18), "b": date(2023, 12, 16), "c": date(2023, 12, 17)}
    with store.changing("main", now=now) as draft:
        draft.visits |= {key: replace(new_visit(key, key), start=day) for key, day in days.items()}

    assert [each.id for each in store.itinerary("main").visits] == ["b", "c", "a"]


def test_changes_beyond_those_that_anybody_remembers_are_forgotten(
    tmp_path: Path, add: Callable[..., Visit], now: datetime
) -> None:
    store = Store(tmp_path)
    add(store, "other", name="winter")
    add(store, "museum")
    with closing(sqlite3.connect(store.file)) as database, database:
        again = "INSERT INTO change (itinerary, record) SELECT itinerary, '[]' FROM change WHERE itinerary = 'main'"
        for _step in range(CHANGES_KEPT + 5):
            database.execute(f"{again} LIMIT 1")

    add(store, "opera")

    with closing(sqlite3.connect(store.file)) as database:
        kept = database.execute("SELECT itinerary, count(*) FROM change GROUP BY 1 ORDER BY 1").fetchall()
    assert kept == [("main", CHANGES_KEPT), ("winter", 1)]
    assert len(store.undo("main", CHANGES_KEPT + 9, now=now)) == CHANGES_KEPT
    assert [each.title["en"] for each in store.itinerary("main").visits] == ["museum"]


def test_id_is_short_and_has_no_letters_that_are_taken_for_others() -> None:
    drawn = [any_id() for _time in range(2_000)]

    assert {len(each) for each in drawn} == {ID_LENGTH}
    assert set("".join(drawn)) == set(LETTERS)
    assert set(LETTERS).isdisjoint("01ilo")
    assert len(set(drawn)) > 1_990
