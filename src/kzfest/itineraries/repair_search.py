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
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from kzfest.core.clashes import Stop
    from kzfest.core.travel import By
    from kzfest.itineraries.plan import Plan, PlannedVisit
    from kzfest.itineraries.repair_options import Family, RepairOption
    from kzfest.programme.context import Context

MOST_TRIED = 500
"""How many options a group of visits has at most, so that the solver takes seconds and not minutes."""
FEWEST_TRIED = 3
"""How many options each of its visits has in any case."""


class RepairSearch:
    """The search for the best repair of a plan, of which the *settled* visits stay as they are.

    It finds the best choice for each visit as if the others were not there. No repair is better than these choices
    together, so if none of them gets in the way of another, they are the best repair. Until then, the visits that get
    in each other's way form a group, for which the best choice is found together.
    """

    def __init__(self, plan: Plan, context: Context, settled: Iterable[PlannedVisit]) -> None:
        self.plan, self.context = plan, context
        self.settled = {each.visit.id: each for each in settled}
        self.free = {each.visit.id: each for each in plan.visits if each.visit.id not in self.settled}
        self.places = {key: place for place, key in enumerate(self.free)}
        self.families: dict[str, list[Family]] = {}
        """By the id of each visit looked at, its options that clash with nothing that is settled."""
        self.nearest: dict[str, RepairOption] = {}
        """By the id of each visit looked at, the option nearest to the planned time, whatever clashes with it."""
        self.groups: dict[str, tuple[str, ...]] = {}
        """By the id of each visit looked at, the ids of its group, in the order of the plan."""
        self.tried_all = True
        """Whether no group was so large that only the nearest options of its visits were tried."""
        self._solved: dict[tuple[str, ...], list[RepairOption]] = {}

    def best(self) -> dict[str, RepairOption | None]:
        """Return what becomes of each visit that has to change, by its id in the order of the plan; None: dropped."""
        wanted = {key for key, each in self.free.items() if each.clash_count or trouble_of(each.visit, each.known)}
        self._look_at(wanted)
        chosen = self._choice()
        while pairs := self._in_the_way(chosen):
            self._look_at({key for pair in pairs for key in pair if key not in self.families})
            for one, other in pairs:
                self._join(one, other)
            chosen = self._choice()
        become = {key: chosen.get(key) for key in self.free if key in self.families}
        return {key: option for key, option in become.items() if option is None or option.changed}

    def _look_at(self, keys: Collection[str]) -> None:
        """Find the options of these visits that clash with nothing that is settled; each is a group of its own."""
        found = repair_options([self.free[key] for key in self.free if key in keys], self.plan, self.context)
        rows = [_Row([each.stop], -1) for each in self.settled.values() if each.stop]
        number = 0
        for families in found.values():
            for family in families:
                rows += _row(family, number)
                number += len(family)
        taken = {max(pair) for pair in _clashing(rows, self.plan.by, crossing=True)}
        number = 0
        for key, families in found.items():
            moves = [option for family in families for option in family if option.changed]
            if moves:
                self.nearest[key] = min(moves, key=_distance)
            self.families[key], self.groups[key] = [], (key,)
            for family in families:
                self.families[key].append([each for place, each in enumerate(family, number) if place not in taken])
                number += len(family)

    def _join(self, one: str, other: str) -> None:
        """Join the groups of two visits."""
        if self.groups[one] != self.groups[other]:
            joined = tuple(sorted({*self.groups[one], *self.groups[other]}, key=self.places.__getitem__))
            self.groups |= dict.fromkeys(joined, joined)

    def _choice(self) -> dict[str, RepairOption]:
        """Return the best options of each group by visit id; the visits without one are dropped."""
        chosen: dict[str, RepairOption] = {}
        for group in set(self.groups.values()):
            if group not in self._solved:
                self._solved[group] = self._best_of(group)
            chosen |= {option.visit.id: option for option in self._solved[group]}
        return chosen

    def _best_of(self, group: tuple[str, ...]) -> list[RepairOption]:
        """Return the best options of a group of visits, whatever the others do."""
        if len(group) == 1:
            return sorted((each for family in self.families[group[0]] for each in family), key=_distance)[:1]
        numbered: list[RepairOption] = []
        rows: list[_Row] = []
        for family in self._tried(group):
            rows += _row(family, len(numbered))
            numbered += family
        places = [self.places[option.visit.id] for option in numbered]
        order = sorted(range(len(numbered)), key=lambda number: (places[number], *_distance(numbered[number])))
        new = {number: place for place, number in enumerate(order)}
        options = [numbered[number] for number in order]
        pairs = [*_clashing(rows, self.plan.by), *_same_choices(numbered)]
        days = [option.visit.day for option in options]
        problem = SelectionProblem(
            events=[option.visit.id for option in options],
            days=days,
            costs=[option.minutes for option in options],
            clashing=[(new[one], new[other]) for one, other in pairs],
            room=dict.fromkeys(days, len(days)),
            must=frozenset(option.visit.id for option in options if option.visit.must),
            changes=[int(option.changed) for option in options],
        )
        return [options[place] for place in best_choice(problem)]

    def _tried(self, group: Sequence[str]) -> list[Family]:
        """Return the options of a group of visits; of a very large one those nearest to the planned times."""
        families = [family for key in group for family in self.families[key]]
        if sum(map(len, families)) <= MOST_TRIED:
            return families
        self.tried_all = False
        near: set[int] = set()
        for key in group:
            options = sorted((option for family in self.families[key] for option in family), key=_distance)
            near.update(map(id, options[: max(FEWEST_TRIED, MOST_TRIED // len(group))]))
        return [[option for option in family if id(option) in near] for family in families]

    def _in_the_way(self, chosen: Mapping[str, RepairOption]) -> list[tuple[str, str]]:
        """Return the pairs of visits that clash as *chosen*, or repeat each other; other visits stay as they are."""
        left = {key: each for key, each in self.free.items() if key not in self.families}
        stops = [stop for each in chosen.values() if (stop := each.stop)]
        stops += [stop for each in left.values() if (stop := each.stop)]
        rows = [_Row([stop], number) for number, stop in enumerate(stops)]
        pairs = [(stops[one].key, stops[other].key) for one, other in _clashing(rows, self.plan.by)]
        options = list(chosen.values())
        pairs += [(options[one].visit.id, options[other].visit.id) for one, other in _same_choices(options)]
        moved = {same_choice(each.visit): each.visit.id for each in options if each.elsewhen}
        same = ((moved.get(same_choice(each.visit)), key) for key, each in left.items())
        return pairs + [(one, other) for one, other in same if one]


class _Row(NamedTuple):
    """Stops of one visit that differ only in their times, the earliest first, and the number of the first."""

    stops: list[Stop]
    first: int


def _distance(option: RepairOption) -> tuple[bool, int]:
    return option.changed, option.minutes


def _row(family: Family, first: int) -> list[_Row]:
    stops = [option.stop for option in family if option.stop]
    return [_Row(stops, first)] if stops else []


def _same_choices(options: Sequence[RepairOption]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of options by which two visits would become visits to the same showing on the same day."""
    alike: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for number, option in enumerate(options):
        alike[same_choice(option.visit)].append(number)
    for numbers in alike.values():
        for one, other in combinations(numbers, 2):
            is_new = options[one].elsewhen or options[other].elsewhen
            if is_new and options[one].visit.id != options[other].visit.id:
                yield one, other


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
    """Yield the numbers of the stops of *one* and of *other*, which begins no earlier, that clash."""
    if len(one.stops) == len(other.stops) == 1:
        if judge(one.stops[0], other.stops[0], by).verdict != "fine":
            yield one.first, other.first
        return
    few, many = sorted((one, other), key=lambda row: len(row.stops))
    for number, stop in enumerate(few.stops, few.first):
        for place in _clashing_places(many.stops, stop, by):
            yield number, many.first + place


def _clashing_places(stops: Sequence[Stop], stop: Stop, by: By) -> Iterable[int]:
    """Return which of *stops*, which are alike and in time, clash with *stop*: those from one moment to another."""
    if _is_moment(stop) or _is_moment(stops[0]):
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
