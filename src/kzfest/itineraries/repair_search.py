"""The best choice among what can become of each visit, so that no two visits clash."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from kzfest.core.clashes import in_time, judge
from kzfest.core.travel import BUFFER_MINUTES, way_between
from kzfest.core.trouble import trouble_of
from kzfest.core.visit import same_choice
from kzfest.itineraries.repair_options import repair_options
from kzfest.itineraries.solver import SelectionProblem, best_choice

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kzfest.core.clashes import Stop
    from kzfest.core.travel import By
    from kzfest.itineraries.plan import Plan, PlannedVisit
    from kzfest.itineraries.repair_options import Family, RepairOption
    from kzfest.programme.context import Context


class RepairSearch:
    """The search for the best repair of a plan, of which the *settled* visits stay as they are.

    It looks at the visits in trouble first, as if the others were not there. That choice is at least as good as the
    best repair, so once it gets in nobody's way, it is the best repair. Until then, those in whose way it gets are
    looked at too.
    """

    def __init__(self, plan: Plan, context: Context, settled: Iterable[PlannedVisit]) -> None:
        self.by = plan.by
        self.context = context
        self.settled = {each.visit.id: each for each in settled}
        self.free = {each.visit.id: each for each in plan.visits if each.visit.id not in self.settled}
        self.families: dict[str, list[Family]] = {}
        """By the id of each visit looked at, its options that clash with nothing that is settled."""
        self.nearest: dict[str, RepairOption] = {}
        """By the id of each visit looked at, the option nearest to the planned time, whatever clashes with it."""
        self._solved: dict[tuple[str, ...], list[RepairOption]] = {}

    def best(self) -> dict[str, RepairOption | None]:
        """Return what becomes of each visit that has to change, by its id in the order of the plan; None: dropped."""
        wanted = {key for key, each in self.free.items() if each.clash_count or trouble_of(each.visit, each.known)}
        chosen: dict[str, RepairOption] = {}
        while wanted:
            self._look_at([each for key, each in self.free.items() if key in wanted])
            chosen = self._choice()
            wanted = self._in_the_way_of([each for each in chosen.values() if each.changed])
        become = {key: chosen.get(key) for key in self.free if key in self.families}
        return {key: option for key, option in become.items() if option is None or option.changed}

    def _look_at(self, planned: Sequence[PlannedVisit]) -> None:
        """Find the options of *planned* that clash with nothing that is settled."""
        found = repair_options(planned, self.context)
        rows = [_Row([each.stop], -1) for each in self.settled.values() if each.stop]
        number = 0
        for families in found.values():
            for family in families:
                rows += _row(family, number)
                number += len(family)
        taken = {max(pair) for pair in _clashing(rows, self.by, crossing=True)}
        number = 0
        for key, families in found.items():
            moves = [option for family in families for option in family if option.changed]
            if moves:
                self.nearest[key] = min(moves, key=_distance)
            self.families[key] = []
            for family in families:
                self.families[key].append([each for place, each in enumerate(family, number) if place not in taken])
                number += len(family)

    def _choice(self) -> dict[str, RepairOption]:
        """Return the best options of the visits looked at; those without one are dropped."""
        keys = [key for key in self.free if key in self.families]
        numbered: list[tuple[str, RepairOption]] = []
        rows: list[_Row] = []
        for key in keys:
            for family in self.families[key]:
                rows += _row(family, len(numbered))
                numbered += [(key, option) for option in family]
        pairs = [*_clashing(rows, self.by), *_same_choices(numbered)]
        chosen: dict[str, RepairOption] = {}
        by_group = _by_group(numbered, pairs)
        for group in by_group:
            names = tuple(dict.fromkeys(numbered[number][0] for number in group.numbers))
            if names not in self._solved:
                self._solved[names] = self._best_of(group, numbered)
            chosen |= {option.visit.id: option for option in self._solved[names]}
        return chosen

    def _best_of(self, group: _Group, numbered: Sequence[tuple[str, RepairOption]]) -> list[RepairOption]:
        """Return the best options of visits that may get in each other's way, and in nobody else's."""
        places = {key: place for place, key in enumerate(self.free)}
        ordered = sorted(group.numbers, key=lambda n: (places[numbered[n][0]], *_distance(numbered[n][1]), n))
        options = [numbered[number] for number in ordered]
        if not group.pairs:
            return [options[0][1]]
        new = {number: place for place, number in enumerate(ordered)}
        days = [option.visit.day for _key, option in options]
        problem = SelectionProblem(
            events=[key for key, _option in options],
            days=days,
            costs=[option.minutes for _key, option in options],
            clashing=[(new[one], new[other]) for one, other in group.pairs],
            room=dict.fromkeys(days, len(days)),
            must=frozenset(key for key, option in options if option.visit.must),
            changes=[int(option.changed) for _key, option in options],
        )
        return [options[place][1] for place in best_choice(problem)]

    def _in_the_way_of(self, moved: Sequence[RepairOption]) -> set[str]:
        """Return the visits not yet looked at that clash with one of the *moved* visits, or repeat it."""
        others = [each for key, each in self.free.items() if key not in self.families]
        rows = [_Row([each.stop], number) for number, each in enumerate(moved) if each.stop]
        rows += [_Row([each.stop], -1 - number) for number, each in enumerate(others) if each.stop]
        pairs = _clashing(rows, self.by, crossing=True)
        same = {same_choice(each.visit) for each in moved}
        found = {others[-1 - min(pair)].visit.id for pair in pairs}
        return found | {each.visit.id for each in others if same_choice(each.visit) in same}


class _Row(NamedTuple):
    """Stops of one visit that differ only in their times, the earliest first, and the number of the first."""

    stops: list[Stop]
    first: int


class _Group(NamedTuple):
    """Options of visits that may get in each other's way, by number, and the pairs that exclude each other."""

    numbers: list[int]
    pairs: list[tuple[int, int]]


def _distance(option: RepairOption) -> tuple[bool, int]:
    return option.changed, option.minutes


def _row(family: Family, first: int) -> list[_Row]:
    stops = [option.stop for option in family if option.stop]
    return [_Row(stops, first)] if stops else []


def _same_choices(numbered: Sequence[tuple[str, RepairOption]]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of options by which two visits would become visits to the same showing on the same day."""
    alike: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for number, (_key, option) in enumerate(numbered):
        alike[same_choice(option.visit)].append(number)
    for numbers in alike.values():
        for one, other in combinations(numbers, 2):
            (key, option), (other_key, other_option) = numbered[one], numbered[other]
            if key != other_key and (option.changed or other_option.changed):
                yield one, other


def _by_group(numbered: Sequence[tuple[str, RepairOption]], pairs: Sequence[tuple[int, int]]) -> list[_Group]:
    """Return the options in groups: visits that exclude options of each other, directly or through others."""
    leaders: dict[str, str] = {key: key for key, _option in numbered}

    def leader(key: str) -> str:
        while leaders[key] != key:
            leaders[key] = key = leaders[leaders[key]]
        return key

    for one, other in pairs:
        leaders[leader(numbered[other][0])] = leader(numbered[one][0])
    groups: dict[str, _Group] = defaultdict(lambda: _Group([], []))
    for number, (key, _option) in enumerate(numbered):
        groups[leader(key)].numbers.append(number)
    for pair in pairs:
        groups[leader(numbered[pair[0]][0])].pairs.append(pair)
    return list(groups.values())


def _clashing(rows: Sequence[_Row], by: By, *, crossing: bool = False) -> Iterator[tuple[int, int]]:
    """Yield the pairs of numbers of stops of two visits that clash.

    With *crossing*, only pairs of a number below 0 and another. Two settled stops, whose numbers are -1, are no pair.
    """
    longest = _longest_way([row.stops[0] for row in rows], by)
    timed = [(*in_time(row.stops[0]), row.stops[-1].end.timestamp(), row) for row in rows]
    timed.sort(key=lambda each: each[:3])
    for place, (_start, _end, key, over, row) in enumerate(timed):
        for start, _other_end, other_key, _over, other in timed[place + 1 :]:
            if start - over > longest:
                break
            is_asked = (row.first < 0) != (other.first < 0) if crossing else row.first >= 0 or other.first >= 0
            if key != other_key and is_asked:
                yield from _pairs(row, other, by)


def _longest_way(stops: Iterable[Stop], by: By) -> float:
    """Return the seconds that the longest way between any two of *stops* takes, with the time that clashes add."""
    places = {stop.location for stop in stops if stop.location}
    ways = (way_between(here, there, by).minutes for here, there in combinations(places, 2))
    return (max(ways, default=0) + BUFFER_MINUTES) * 60.0


def _pairs(one: _Row, other: _Row, by: By) -> Iterator[tuple[int, int]]:
    few, many = sorted((one, other), key=lambda row: len(row.stops))
    for number, stop in enumerate(few.stops, few.first):
        for place in _clashing_places(many.stops, stop, by):
            yield number, many.first + place


def _clashing_places(stops: Sequence[Stop], stop: Stop, by: By) -> Iterable[int]:
    """Return which of *stops*, which are alike and in time, clash with *stop*: those from one moment to another."""
    if len(stops) == 1 or _is_moment(stop) or _is_moment(stops[0]):
        return [place for place, each in enumerate(stops) if clashes_with(each, stop, by)]

    def side(each: Stop) -> int:
        if clashes_with(each, stop, by):
            return 0
        return -1 if each.start.timestamp() < stop.start.timestamp() else 1

    first = bisect_left(stops, 0, key=side)
    return range(first, bisect_right(stops, 0, lo=first, key=side))


def _is_moment(stop: Stop) -> bool:
    """Whether *stop* takes no time: it may then be inside another without a clash."""
    return stop.start.timestamp() == stop.end.timestamp()


def clashes_with(one: Stop, other: Stop, by: By) -> bool:
    """Whether a visitor cannot be at both stops, as `judge` says of the earlier and the later one."""
    first, second = sorted((one, other), key=in_time)
    return judge(first, second, by).verdict != "fine"
