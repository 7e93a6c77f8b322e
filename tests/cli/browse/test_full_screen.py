"""What is on the full screen, and what its keys and the mouse do."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len
from tests.cli.hostile import hostile_programme

from kzfest.cli.browse.paged_rows import ROWS_OF_A_PAGE
from kzfest.cli.query import ListFilters
from kzfest.core.safe_text import visible

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.browse.conftest import Screen

    from kzfest.cli.session import Session

    Browse = Callable[..., None]
    Run = Callable[..., tuple[int, str, str]]

FAIR = "  - {id: fair, title: The fair, category: fair, start: 2023-12-15}\n"
SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=lambda size: "x".join(map(str, size)))
LANGUAGES = pytest.mark.parametrize("language", ["en", "kk", "ru"])


def planned(run: Run, home: Path) -> list[tuple[str, str, bool]]:
    """Return the visits of the plan, as another run of the program sees them."""
    visits = json.loads(run("itinerary", "-f", "json", KZFEST_HOME=str(home))[1])["visits"]
    return [(each["event"], each["day"], each["must"]) for each in visits]


@LANGUAGES
@SIZES
def test_screen_in_each_language_and_size(
    browse: Browse, golden: Callable[[str, str], None], language: str, size: tuple[int, int]
) -> None:
    async def drive(screen: Screen) -> None:
        golden(f"browse/{language}-{size[0]}.txt", screen.text)

    browse(drive, lang=language, size=size)


@LANGUAGES
def test_help_in_each_language(browse: Browse, golden: Callable[[str, str], None], language: str) -> None:
    async def drive(screen: Screen) -> None:
        await screen.press("f1")
        golden(f"browse/help-{language}.txt", screen.text)

    browse(drive, lang=language)


@pytest.mark.parametrize(
    ("keys", "here"),
    [
        (["left"], "In the days, arrows choose one, and enter goes to its events."),
        ([], "In the events, arrows choose one, and enter opens its card."),
        (["enter"], "In the card, arrows scroll, and esc goes back to the events."),
        (["m"], "In this view, left and right show the time before and after it, and esc goes back."),
        (["/"], "In the search, enter keeps what is found, and esc ends it."),
    ],
)
def test_help_begins_with_the_pane_that_has_the_focus(browse: Browse, keys: list[str], here: str) -> None:
    async def drive(screen: Screen) -> None:
        await screen.press(*keys, "f1")
        assert " ".join(screen.view[2:4]).startswith(here)
        await screen.press("?")
        assert screen.app.view.size.height == 0

    browse(drive)


@pytest.mark.parametrize(
    ("now", "day"),
    [("2023-12-15", "2023-12-15"), ("2023-12-04", "2023-12-07"), *((f"20{n}-01-01", "2023-12-01") for n in (20, 30))],
)
def test_first_day_is_today_or_the_next_with_events(browse: Browse, now: str, day: str) -> None:
    async def drive(screen: Screen) -> None:
        assert str(screen.app.day) == day

    browse(drive, now=now)


def test_arrows_choose_days_and_events(browse: Browse) -> None:
    async def drive(screen: Screen) -> None:
        first = screen.current
        await screen.press("down")
        second = screen.current
        await screen.press("up", "left", "down")
        assert (screen.current, str(screen.app.day)) == ("national-museum-exhibition", "2023-12-16") or second != first
        assert str(screen.app.day) == "2023-12-16"
        await screen.press("home")
        assert screen.app.day is None
        await screen.press("end", "right")
        assert screen.app.focused is screen.app.event_pane

    browse(drive)


def test_tab_goes_round_the_panes_that_are_seen(browse: Browse) -> None:
    async def drive(screen: Screen) -> None:
        app = screen.app
        seen = [app.focused]
        for _time in range(3):
            await screen.press("tab")
            seen.append(app.focused)
        assert seen == [app.event_pane, app.card, app.day_pane, app.event_pane]

    browse(drive, size=(120, 40))


@pytest.mark.parametrize(("language", "key"), [("en", "2"), ("kk", "ә"), ("ru", "2"), ("ru", "ә"), ("kk", "2")])
def test_digit_chooses_a_day_on_each_layout(browse: Browse, language: str, key: str) -> None:
    async def drive(screen: Screen) -> None:
        await screen.press(key)
        assert screen.app.day == screen.app.day_pane.days[1]

    browse(drive, lang=language)


@pytest.mark.parametrize(("language", "key"), [("en", "/"), ("ru", "."), ("kk", "№"), ("en", "ctrl+f")])
def test_search_begins_with_the_key_of_each_layout(browse: Browse, language: str, key: str) -> None:
    async def drive(screen: Screen) -> None:
        await screen.press(key)
        await screen.type("tango")
        assert [str(day) for day in screen.app.day_pane.days] == ["2023-12-17"]
        assert screen.current == "tango-dellamore"

    browse(drive, lang=language)


def test_search_is_a_list_of_all_days_until_it_ends(browse: Browse, kzfest: Run) -> None:
    found = [each["id"] for each in json.loads(kzfest("list", "-s", "museum", "-f", "json")[1])["events"]]

    async def drive(screen: Screen) -> None:
        await screen.press("/")
        await screen.type("museum")
        rows = [row.event for row in screen.app.event_pane.paged.rows if not isinstance(row, str)]
        assert sorted(rows) == sorted(found)
        await screen.press("enter")
        assert screen.app.focused is screen.app.event_pane
        await screen.press("escape")
        assert (screen.app.sought, str(screen.app.day)) == ("", "2023-12-15")

    browse(drive)


def test_search_keeps_to_the_words_of_the_command_line(browse: Browse) -> None:
    async def drive(screen: Screen) -> None:
        await screen.press("/")
        await screen.type("tango")
        assert (screen.told, screen.current) == ("no results for 'tango'", None)

    browse(drive, asked=ListFilters(search=["museum"]))


def test_letter_in_the_search_is_a_letter(browse: Browse) -> None:
    async def drive(screen: Screen) -> None:
        await screen.press("/", "q", "u", "1", "+")
        assert (screen.app.field.value, screen.app.is_running) == ("qu1+", True)

    browse(drive)


def test_keys_that_come_at_once_go_where_the_first_leads(browse: Browse, kzfest: Run, tmp_path: Path) -> None:
    async def drive(screen: Screen) -> None:
        await screen.press("+")
        await screen.type("/undo")
        assert (screen.app.field.value, len(planned(kzfest, tmp_path))) == ("undo", 1)

    browse(drive, home=tmp_path)


def test_plan_takes_the_day_that_was_chosen_just_before(browse: Browse, kzfest: Run, tmp_path: Path) -> None:
    async def drive(screen: Screen) -> None:
        await screen.type("2+")
        day = screen.app.day_pane.days[1]
        assert [each[1] for each in planned(kzfest, tmp_path)] == [str(day)]

    browse(drive, home=tmp_path)


def test_search_without_a_result_says_so(browse: Browse) -> None:
    async def drive(screen: Screen) -> None:
        await screen.press("/")
        await screen.type("zzzzzz")
        assert screen.told == "no results for 'zzzzzz'"
        await screen.press("escape")
        assert screen.current == "argymaq-equestrian"

    browse(drive)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("tango", ""),
        ("танго", ""),
        ("tang", ""),
        ("nfyuj", "no results for 'nfyuj'; these are for 'танго'"),
        ("gastromainia", "no results for 'gastromainia'; these are for similar words"),
    ],
)
def test_search_says_if_it_takes_the_text_for_another(browse: Browse, text: str, told: str) -> None:
    async def drive(screen: Screen) -> None:
        await screen.press("/")
        await screen.type(text)
        found = "gastromania" if text.startswith("gast") else "tango-dellamore"
        assert (screen.told, screen.current) == (told, found)

    browse(drive)


@pytest.mark.parametrize(("language", "keys"), [("en", "+!-u"), ("ru", "+!-г"), ("kk", "һ!өг"), ("en", "=!-г")])
def test_plan_is_changed_as_itinerary_changes_it(
    browse: Browse, kzfest: Run, tmp_path: Path, language: str, keys: str
) -> None:
    plus, must, minus, undo = list(keys)
    visit = ("argymaq-equestrian", "2023-12-15", False)

    async def drive(screen: Screen) -> None:
        await screen.press(plus)
        assert planned(kzfest, tmp_path) == [visit]
        await screen.press(must)
        assert planned(kzfest, tmp_path) == [(*visit[:2], True)]
        await screen.press(minus)
        assert planned(kzfest, tmp_path) == []
        await screen.press(undo, undo)
        assert planned(kzfest, tmp_path) == [visit]
        kzfest("itinerary", "undo", KZFEST_HOME=str(tmp_path))
        assert planned(kzfest, tmp_path) == []

    browse(drive, lang=language, home=tmp_path)


def test_visit_is_what_itinerary_add_makes_of_it(browse: Browse, kzfest: Run, tmp_path: Path) -> None:
    async def drive(screen: Screen) -> None:
        await screen.press("down", "+")

    browse(drive, home=tmp_path / "keys")
    kzfest("itinerary", "add", "mini-football", "--now", "2023-12-15T09:00", KZFEST_HOME=str(tmp_path / "words"))

    pressed, typed = (
        json.loads(kzfest("itinerary", "-f", "json", KZFEST_HOME=str(tmp_path / each))[1])["visits"]
        for each in ("keys", "words")
    )
    assert [{**each, "id": None, "changed": None} for each in pressed] == [
        {**each, "id": None, "changed": None} for each in typed
    ]


def test_change_is_told_and_marked(browse: Browse, tmp_path: Path) -> None:
    async def drive(screen: Screen) -> None:
        await screen.press("+")
        assert screen.told == "added: Equestrian competitions · Friday 15 December 2023, 10:00–12:00, end assumed"
        screen.app.told.display = False
        await screen.settle()
        assert [line for line in screen.lines if "Equestrian" in line] == [
            "All days        │ * 10:00 Equestrian competitions · Argymaq equestrian complex"
        ]
        assert next(line for line in screen.lines if "[15]" in line).startswith("Fri[15]•7  +2  *│")
        await screen.press("u")
        assert screen.told.startswith("no longer in your plan: Equestrian competitions · Friday 15 December 2023")
        await screen.press("u")
        assert screen.told == "nothing to undo"

    browse(drive, home=tmp_path)


def test_must_see_is_told_and_shown(browse: Browse, tmp_path: Path) -> None:
    visit = "Equestrian competitions · Friday 15 December 2023, 10:00–12:00, end assumed"

    async def drive(screen: Screen) -> None:
        await screen.press("+", "!")
        assert screen.told == f"must-see: {visit}"
        assert screen.lines[2].endswith("│   12:00 Open Astana Cup in mini-football among athletes with")
        await screen.click(screen.app.told)
        assert screen.told == ""
        assert screen.lines[1].endswith("│ * 10:00 Equestrian competitions (must) · Argymaq equestrian…")
        await screen.press("!")
        assert screen.told == f"no longer a must-see: {visit}"

    browse(drive, home=tmp_path)


def test_undone_change_is_told_as_what_is_now(browse: Browse, tmp_path: Path) -> None:
    async def drive(screen: Screen) -> None:
        await screen.press("+", "!", "u")
        assert screen.told.startswith("changed back: Equestrian competitions · Friday")
        await screen.press("-", "u")
        assert screen.told.startswith("back in your plan: Equestrian competitions · Friday")

    browse(drive, home=tmp_path)


def test_event_of_several_days_is_planned_on_the_chosen_one(browse: Browse, kzfest: Run, tmp_path: Path) -> None:
    async def drive(screen: Screen) -> None:
        await screen.press("/")
        await screen.type("gastromania")
        await screen.press("enter", "+")
        assert screen.told == "'Gastromania: New Year's gastronomic festival' is on several days; choose the day first"
        await screen.press("2", "+")
        assert planned(kzfest, tmp_path) == [("gastromania", str(screen.app.day_pane.days[1]), False)]

    browse(drive, home=tmp_path)


def test_permanent_event_is_planned_on_the_chosen_day(
    browse: Browse, programme: Callable[..., str], tmp_path: Path
) -> None:
    file = programme("  - {id: hall, title: The hall, category: museum, when: permanent}\n" + FAIR)

    async def drive(screen: Screen) -> None:
        await screen.press("left", "home", "right", "end", "+")
        assert (screen.current, screen.told) == ("hall", "'The hall' is on several days; choose the day first")
        await screen.press("1", "end", "+")
        assert screen.told.startswith("added: The hall · Friday 15 December 2023")

    browse(drive, data=file, home=tmp_path)


def test_what_is_not_planned_cannot_be_taken_out(browse: Browse, tmp_path: Path) -> None:
    async def drive(screen: Screen) -> None:
        await screen.press("-")
        assert screen.told == "'Equestrian competitions' is not in your plan on Friday 15 December 2023"

    browse(drive, home=tmp_path)


def test_must_see_is_planned_first_if_it_is_not(browse: Browse, kzfest: Run, tmp_path: Path) -> None:
    async def drive(screen: Screen) -> None:
        await screen.press("!")
        assert planned(kzfest, tmp_path) == [("argymaq-equestrian", "2023-12-15", True)]

    browse(drive, home=tmp_path)


def test_card_takes_the_place_of_the_events_on_a_narrow_screen(browse: Browse) -> None:
    async def drive(screen: Screen) -> None:
        await screen.press("down", "enter")
        assert screen.lines[1].endswith("┃ Open Astana Cup in mini-football among athletes with")
        await screen.press("escape")
        assert "12:00 Open Astana Cup" in screen.text

    browse(drive)


def test_card_stands_beside_the_events_on_a_wide_screen(browse: Browse) -> None:
    async def drive(screen: Screen) -> None:
        await screen.press("down", "down")
        assert screen.lines[1].endswith("│ Tauelsizdik Zholynda (On the Way to")
        await screen.press("right")
        assert screen.app.focused is screen.app.card
        assert screen.lines[1].endswith("┃ Tauelsizdik Zholynda (On the Way to")

    browse(drive, size=(120, 40))


@pytest.mark.parametrize("key", ["q", "й"])
def test_quit(browse: Browse, key: str) -> None:
    async def drive(screen: Screen) -> None:
        await screen.pilot.press(key)
        assert not screen.app._running or screen.app._exit  # noqa: SLF001

    browse(drive)


def test_pane_says_that_more_follows(browse: Browse) -> None:
    async def drive(screen: Screen) -> None:
        assert screen.lines[-2].endswith("│")
        await screen.press("enter")
        assert screen.lines[-2].endswith("▼")
        await screen.press("end")
        assert not screen.lines[-2].endswith("▼")
        await screen.press("escape", "left", "home")
        assert (cell_len(screen.lines[-2]), screen.lines[-2][-1]) == (80, "▼")

    browse(drive)


def test_small_screen_says_what_it_needs_until_it_is_larger(browse: Browse) -> None:
    async def drive(screen: Screen) -> None:
        assert screen.text.strip() == "the window is 79×24; browse needs 80×24"
        await screen.pilot.resize_terminal(80, 24)
        await screen.settle()
        assert "Equestrian" in screen.text
        await screen.press("down")
        assert screen.current == "mini-football"

    browse(drive, size=(79, 24))


@pytest.mark.parametrize(("size", "lines"), [((20, 5), ["the window is 20×5;", "browse needs 80×24"]), ((9, 3), None)])
def test_very_small_screen_wraps_what_it_says(browse: Browse, size: tuple[int, int], lines: list[str] | None) -> None:
    async def drive(screen: Screen) -> None:
        assert [line.strip() for line in screen.lines if line] == lines or lines is None
        await screen.pilot.press("q")
        assert screen.app._exit  # noqa: SLF001

    browse(drive, size=size)


def test_card_is_there_when_the_window_has_become_wide(browse: Browse) -> None:
    async def drive(screen: Screen) -> None:
        await screen.press("down", "w")
        await screen.pilot.resize_terminal(150, 45)
        await screen.settle()
        await screen.press("escape")
        assert "│ Open Astana Cup in mini-football" in screen.lines[1]

    browse(drive, size=(80, 24))


def test_mouse_chooses_and_opens(browse: Browse) -> None:
    async def drive(screen: Screen) -> None:
        await screen.click(screen.app.day_pane, offset=(3, 12))
        assert str(screen.app.day) == "2023-12-16"
        await screen.click(screen.app.event_pane, offset=(20, 1))
        chosen = screen.current
        await screen.click(screen.app.event_pane, offset=(20, 1), times=2)
        assert (screen.app.focused, screen.current) == (screen.app.card, chosen)

    browse(drive)


def test_line_of_keys_can_be_clicked(browse: Browse) -> None:
    async def drive(screen: Screen) -> None:
        place = screen.lines[-1].index("? help")
        await screen.click(screen.app.keys_bar, offset=(place + 3, 0))
        assert screen.view[0] == "Keys of the full screen"

    browse(drive)


@pytest.mark.parametrize("size", [(120, 40), (80, 40)])
def test_grid_of_the_month_chooses_a_day(browse: Browse, size: tuple[int, int]) -> None:
    async def drive(screen: Screen) -> None:
        await screen.click(screen.app.grid, offset=(18, 4))
        assert str(screen.app.day) == "2023-12-17"

    browse(drive, size=size)


def test_filters_of_list_apply(browse: Browse, kzfest: Run) -> None:
    listed = json.loads(kzfest("list", "--category", "exhibition", "--on", "2023-12-15", "-f", "json")[1])["events"]

    async def drive(screen: Screen) -> None:
        rows = {row.event for row in screen.app.event_pane.paged.rows if not isinstance(row, str)}
        assert rows == {each["id"] for each in listed}

    browse(drive, asked=ListFilters(categories=["exhibition"]))


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (ListFilters(categories=["exhibition"]), "--category exhibition"),
        (ListFilters(categories=["exhibition", "concert"], cities=["Astana"]), "filtered"),
    ],
)
def test_head_says_how_the_events_are_filtered(browse: Browse, asked: ListFilters, told: str) -> None:
    async def drive(screen: Screen) -> None:
        assert screen.lines[0].endswith(f"Friday 15 December 2023   {told}   main")

    browse(drive, asked=asked)


@LANGUAGES
def test_long_heading_is_wrapped(browse: Browse, language: str) -> None:
    async def drive(screen: Screen) -> None:
        headings = [row for row in screen.app.event_pane.paged.rows if isinstance(row, str)]
        shown = " ".join(line[17:].strip() for line in screen.lines[1:-1])
        assert [heading for heading in headings if heading not in shown] == []

    browse(drive, lang=language, now="2023-12-17")


def test_hostile_programme_stays_in_its_lines(browse: Browse, tmp_path: Path) -> None:
    file = tmp_path / "hostile.yaml"
    file.write_text(json.dumps(hostile_programme(), ensure_ascii=False), encoding="utf-8")

    async def drive(screen: Screen) -> None:
        for keys in (
            ["left", "home"],
            ["right", *["down"] * 5],
            ["enter"],
            ["end"],
            ["escape", "?"],
            ["escape", "/", "x"],
        ):
            await screen.press(*keys)
            assert [line for line in screen.lines if cell_len(line) > 100 or visible(line) != line] == []

    browse(drive, data=str(file), size=(100, 30), home=tmp_path)


def many(count: int) -> str:
    return "".join(
        f"  - {{id: e{n}, title: A title {n} {'of many words ' * (n % 9)}, category: fair, start: 2023-12-15}}\n"
        for n in range(count)
    )


def test_few_of_many_events_are_read_for_the_first_screen(browse: Browse, programme: Callable[..., str]) -> None:
    count = 1_000
    read: list[int] = []

    def watch(session: Session) -> None:
        session.context.catalogue.database.set_trace_callback(lambda sql: read.append(_numbers(sql)))

    async def drive(screen: Screen) -> None:
        assert (len(screen.app.event_pane.paged.rows), max(read)) == (count, ROWS_OF_A_PAGE)
        read.clear()
        await screen.press("end")
        assert screen.current == f"e{count - 1}"
        assert sum(read) <= 2 * ROWS_OF_A_PAGE
        await screen.press("pageup", "home")
        assert screen.lines[1].endswith("│         A title 0")
        screen.app.session.context.catalogue.database.set_trace_callback(None)

    browse(drive, data=programme(many(count)), watch=watch)


def _numbers(sql: str) -> int:
    """Return how many events the statement *sql* reads."""
    found = re.search(r"record FROM event WHERE number IN \(SELECT value FROM json_each\('\[([\d, ]*)\]'\)\)", sql)
    return len(found[1].split(",")) if found else 0


LONG = """
  - {id: era, title: An era, category: fair, start: 1000-01-01, end: 5999-12-29}
  - {id: talk, title: A talk, category: talk, start: 2026-06-01}
"""


def test_of_thousands_of_years_only_months_in_which_something_changes_are_listed(
    browse: Browse, programme: Callable[..., str]
) -> None:
    async def drive(screen: Screen) -> None:
        app = screen.app
        months = list(dict.fromkeys(f"{day:%Y-%m}" for day in app.day_pane.days))
        assert months == ["1000-01", "1000-02", "2023-12", "2026-05", "2026-06", "2026-07", "5999-11", "5999-12"]
        assert (str(app.day), app.days.are_all) == ("2023-12-15", True)
        assert [line[:16] for line in screen.lines[8:13]] == [
            "Fri[15]    +1   ",
            "Sat 16     +1   ",
            "Sun 17     +1   ",
            "Mon 18     +1   ",
            "Tue 19     +1   ",
        ]
        await screen.press("left", "end")
        assert (str(app.day), screen.lines[-2][:16].rstrip()) == ("5999-12-29", "Wed 29     +1")
        await screen.press("home", "down", *["pagedown"] * 3)
        assert [line[:16].rstrip() for line in screen.lines if "…" in line[:16]] == ["…"]

    browse(drive, data=programme(LONG))


def test_scrolling_up_through_long_titles_leaves_nothing_out(browse: Browse, programme: Callable[..., str]) -> None:
    async def drive(screen: Screen) -> None:
        await screen.press("end")
        seen = []
        while screen.current != "e0":
            seen.append(screen.current)
            await screen.pilot.press("up")
            await screen.pilot.pause()
            assert any(re.search(rf" A title {str(screen.current)[1:]}\b", line) for line in screen.lines)
        assert seen == [f"e{n}" for n in range(99, 0, -1)]

    browse(drive, data=programme(many(100)))  # two pages


@pytest.mark.parametrize("coloured", [True, False])
def test_colour_is_left_out_if_it_is_not_wanted(browse: Browse, *, coloured: bool) -> None:
    async def drive(screen: Screen) -> None:
        strips = screen.app.screen._compositor.render_strips()  # noqa: SLF001
        colours = {
            segment.style.color.name
            for strip in strips
            for segment in strip
            if segment.style and segment.style.color and segment.text.strip()
        }
        assert (colours <= {"default"}) is not coloured

    browse(drive, coloured=coloured)


@pytest.mark.parametrize("coloured", [True, False])
def test_cursor_of_the_search_is_seen_on_every_ground(browse: Browse, *, coloured: bool) -> None:
    async def drive(screen: Screen) -> None:
        await screen.press("/", "a")
        strip = screen.app.screen._compositor.render_strips()[1]  # noqa: SLF001
        cursors = [(part.text, str(part.style)) for part in strip if part.style and part.style.reverse]
        assert cursors == [(" ", "reverse default on default")]

    browse(drive, coloured=coloured)


def test_error_of_another_process_is_told(browse: Browse, tmp_path: Path) -> None:
    async def drive(screen: Screen) -> None:
        store = screen.app.session.store.file
        store.parent.mkdir(parents=True, exist_ok=True)
        store.write_bytes(b"no database" * 100)
        await screen.press("+")
        assert "are damaged" in screen.told
        assert screen.app.is_running

    browse(drive, home=tmp_path)


def test_programme_that_is_gone_meanwhile_is_told(
    browse: Browse, programme: Callable[..., str], tmp_path: Path
) -> None:
    file = Path(programme(FAIR))
    remove = file.unlink

    async def drive(screen: Screen) -> None:
        remove()
        await screen.press("/")
        await screen.type("fair")
        told = screen.told.replace(" ", "")  # a path is broken anywhere
        assert (told, screen.app.is_running) == (f"{file}:Nosuchfileordirectory", True)

    browse(drive, data=str(file), home=tmp_path)


@pytest.mark.parametrize(("language", "told"), [("en", "q leaves"), ("kk", "q – шығу"), ("ru", "q — выход")])
def test_interrupt_tells_how_to_leave(browse: Browse, language: str, told: str) -> None:
    async def drive(screen: Screen) -> None:
        await screen.press("ctrl+c")
        assert (screen.told, screen.app.is_running) == (told, True)

    browse(drive, lang=language)


def test_end_of_a_search_returns_to_the_day_before_it(browse: Browse) -> None:
    async def drive(screen: Screen) -> None:
        await screen.press("2", "/")
        await screen.type("tango")
        await screen.press("escape")
        assert screen.app.day == screen.app.day_pane.days[1]

    browse(drive)


def test_programme_without_days_shows_its_events(browse: Browse, programme: Callable[..., str]) -> None:
    file = programme("  - {id: quiz, title: Pub quiz, category: contest, when: unannounced}\n")

    async def drive(screen: Screen) -> None:
        assert screen.lines[1:3] == [
            "All days        │ Without a known date",
            "                │   Pub quiz · date not announced",
        ]

    browse(drive, data=file)


def test_programme_without_events_says_so(browse: Browse, programme: Callable[..., str]) -> None:
    async def drive(screen: Screen) -> None:
        assert screen.lines[1] == "All days        │ no matching events in the programme"

    browse(drive, data=programme("  []\n"))
