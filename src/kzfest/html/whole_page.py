"""A whole page: one file with everything inside, in three languages, of which the reader sees one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kzfest.core.localized import choose
from kzfest.core.model import LANGUAGES
from kzfest.formats import dates
from kzfest.html.elements import (
    NO_MARKUP,
    Markup,
    between,
    calendar_link,
    direction,
    element,
    in_language,
    styles,
    together,
)
from kzfest.html.event_cards import event_card, source_list
from kzfest.html.event_lists import day_lists, hour_index, shared_link, title_apart
from kzfest.html.month_tables import month_tables
from kzfest.html.place_map import map_section, map_shapes, place_map
from kzfest.html.plan_days import plan_lists
from kzfest.html.stretch_bars import legend_shapes, timeline_lists, timelines
from kzfest.html.style_sheet import style_sheet
from kzfest.i18n import _, pgettext, speaking

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kzfest.formats.qr_code import QrCode
    from kzfest.html.contents import Contents, Edition
    from kzfest.html.group_bars import GroupBars
    from kzfest.html.place_map import PlaceMap
    from kzfest.html.plan_days import PlanPage
    from kzfest.html.stretch_bars import SeasonBars

LANGUAGE_NAMES = {"en": "English", "kk": "Қазақша", "ru": "Русский"}
"""The languages, each in itself."""
PIXELS_OF_SQUARE = 4
"""The side of a square of a QR code."""
DOCTYPE = "<!DOCTYPE html>\n"


class Look(NamedTuple):
    """What the options of a page choose."""

    paper: str = "a4"
    large: bool = False
    notes: bool = False
    """Whether the long notes of the events are in."""


class _Drawn(NamedTuple):
    """What is drawn once and shown in every language."""

    timelines: Sequence[SeasonBars]
    groups: GroupBars | None
    map: PlaceMap | None


def html_page(contents: Contents, *, language: str, look: Look, planned: PlanPage | None = None) -> str:
    """Return the page of *contents*, which begins in *language*, and of a plan if there is one."""
    languages = [language, *(each for each in LANGUAGES if each != language)]
    editions = [contents.edition(each) for each in languages]
    drawn = _drawn(contents)
    sections = []
    for each in editions:
        with speaking(each.language):
            parts = together(*_sections(each, drawn, look, planned))
            sections.append(element("div", parts, class_="l", lang=each.language, id=each.language))
    shared = [_all_cards(editions, look)] if contents.cards_once else []
    body = element(
        "body",
        _shapes(drawn),
        _header(editions, planned),
        element("main", *sections, *shared, _sources(editions)),
        element("footer", *map(_foot, editions)),
    )
    return DOCTYPE + element("html", _head(editions, look, planned), body, lang=language) + "\n"


def _drawn(contents: Contents) -> _Drawn:
    if not contents.cards_once:
        return _Drawn(timelines(contents), None, place_map(contents))
    from kzfest.html.group_bars import group_bars  # most programmes are small

    return _Drawn([], group_bars(contents.groups), place_map(contents))


def _head(editions: Sequence[Edition], look: Look, planned: PlanPage | None) -> Markup:
    from base64 import b64encode  # pages only
    from hashlib import sha256

    rules = style_sheet([each.language for each in editions], paper=look.paper, large=look.large)
    digest = b64encode(sha256(rules.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    title, own = choose(editions[0].listing.head.title, editions[0].language)
    if planned:
        title, own = f"{_('Itinerary {name}').format(name=planned.plan.itinerary.name)} · {title}", editions[0].language
    return element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=policy),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="referrer", content="no-referrer"),
        element("title", " ".join(title.split()), lang=in_language(own) if own != editions[0].language else None),
        styles(rules),
    )


def _shapes(drawn: _Drawn) -> Markup:
    """Return the shapes that `use` shows, in an image without a size."""
    inside: list[Markup] = []
    if drawn.timelines:
        lines = element("path", d="M0 1.3h5", stroke="#b07a2a", stroke_width=2.6)
        inside.append(element("pattern", lines, id="hatch", width=5, height=5, patternUnits="userSpaceOnUse"))
        inside += legend_shapes()
        inside += (shape for each in drawn.timelines for shape in each.shapes())
    if drawn.groups:
        inside += drawn.groups.shapes()
    if drawn.map:
        inside.append(map_shapes(drawn.map))
    return element("svg", *inside, width=0, height=0, aria_hidden="true") if inside else NO_MARKUP


def _header(editions: Sequence[Edition], planned: PlanPage | None) -> Markup:
    links = (element("a", LANGUAGE_NAMES[each], href=f"#{each}", hreflang=each, lang=each) for each in LANGUAGES)
    titles = []
    for each in editions:
        text, own = choose(each.listing.head.title, each.language)
        inside = element("span", text, lang=in_language(own)) if own != each.language else text
        titles.append(element("span", inside, class_="l", lang=each.language, dir=direction(text)))
    return element(
        "header",
        element("nav", between(links, " "), aria_label="Language · Тіл · Язык"),
        element("h1", between(titles, " ")),
        *([_plan_head(editions, planned)] if planned else []),
    )


def _plan_head(editions: Sequence[Edition], planned: PlanPage) -> Markup:
    """Return the QR code of the plan and the link to its calendar."""
    parts: list[Markup] = []
    if planned.code:
        told = _in_all(editions, lambda: _("The plan as a QR code, for kzfest"))
        parts += (_code(planned.code, label="code"), element("p", between(told, " "), id="code"))
    if planned.calendar:
        told = _in_all(editions, lambda: _("Calendar file (ICS) of this plan"))
        name = f"{planned.plan.itinerary.name}.ics"
        parts.append(element("p", calendar_link(between(told, " "), planned.calendar, name)))
    return element("div", *parts, class_="r") if parts else NO_MARKUP


def _code(code: QrCode, *, label: str) -> Markup:
    """Return a QR code, black on white in any colours of the reader, with its quiet zone."""
    from kzfest.formats.qr_code import QUIET_ZONE  # segno, for plans only

    size = code.columns(QUIET_ZONE)
    return element(
        "svg",
        element("path", d=code.outline(), transform=f"translate({QUIET_ZONE} {QUIET_ZONE})"),
        class_="qr",
        width=size * PIXELS_OF_SQUARE,
        height=size * PIXELS_OF_SQUARE,
        viewBox=f"0 0 {size} {size}",
        role="img",
        aria_labelledby=label,
    )


def _sections(shown: Edition, drawn: _Drawn, look: Look, planned: PlanPage | None) -> Iterator[Markup]:
    """Yield the navigation and the sections of one language."""
    contents = shown.contents
    if not contents.listing.events and not planned:
        told = _("no matching events in the programme")
        yield element("p", told[0].upper() + told[1:])
        return
    made: list[tuple[str, str, str, Markup]] = []
    if planned:
        made.append(("plan", _("Your plan"), "v", together(*plan_lists(planned.plans[shown.language], shown))))
    if contents.run_of_day:
        made.append(("month", _("Month"), "", _month(shown)))
    made.append(("days", pgettext("heading", "Days"), "d", _days(shown)))
    if drawn.timelines or (contents.cards_once and contents.run_of_day):
        made.append(("timeline", _("Timeline"), "tl", together(*_timeline(drawn, shown))))
    if not contents.cards_once:
        cards = (event_card(each, shown, notes=look.notes) for each in contents.listing.events)
        made.append(("events", _("Events"), "", element("div", *cards, class_="e")))
    if drawn.map:
        made.append(("map", _("Map"), "", element("div", *map_section(drawn.map, shown), class_="z")))
    links = [(shown.section_anchor(name), title) for name, title, _class, _body in made]
    if contents.cards_once:
        links.append((shown.section_anchor("events"), _("Events")))
    if contents.source_numbers:
        links.append((shown.section_anchor("sources"), _("Sources")))
    buttons = (element("a", title, href=f"#{anchor}") for anchor, title in links)
    yield element("nav", between(buttons, " "), aria_label=_("On this page"))
    for name, title, kind, body in made:
        yield element("section", element("h2", title), body, id=shown.section_anchor(name), class_=kind or None)


def _timeline(drawn: _Drawn, shown: Edition) -> Iterator[Markup]:
    if drawn.timelines:
        yield from timeline_lists(drawn.timelines, shown)
    elif drawn.groups:
        yield from drawn.groups.lists(shown)
    else:
        yield element("p", _("This programme has too many groups or days for a timeline on a page."))


def _month(shown: Edition) -> Markup:
    legend, *tables = month_tables(shown)
    return together(legend, element("div", *tables, class_="f"))


def _days(shown: Edition) -> Markup:
    if shown.contents.cards_once:
        return together(*hour_index(shown))
    told = element("p", _("Where no time is given, it is unknown.")) if shown.contents.hours_lack else NO_MARKUP
    return together(told, *day_lists(shown))


def _all_cards(editions: Sequence[Edition], look: Look) -> Markup:
    """Return the cards of very many events, once for all languages, by day, in the language of the programme."""
    contents = editions[0].contents
    own = next((each for each in editions if each.language == contents.listing.head.language), editions[0])
    parts: list[Markup] = []
    written: set[str] = set()

    def card(key: str) -> Markup:
        written.add(key)
        return event_card(contents.by_id[key], own, notes=look.notes, level=4, shared_by=editions)

    def apart(name: str) -> Iterator[Markup]:
        new = [each.event.id for each in contents.apart.get(name, ()) if each.event.id not in written]
        if new:
            yield element("h3", title_apart(name))
            yield element("div", *map(card, new), class_="e")

    with speaking(own.language):
        parts += apart("earlier")
        for run in contents.runs:
            told = (*run.events.begin, *run.events.off)
            new = [key for key in told if key not in written]
            again = [key for key in run.events.begin if key in written]
            if not (new or again):
                continue
            links = (element("li", shared_link(contents.by_id[key].event, own, editions)) for key in again)
            parts.append(element("h3", dates.full_day(run.first)))
            parts.append(element("div", *map(card, new), element("ul", *links) if again else None, class_="e"))
        for name in ("may", "permanent", "undated"):
            parts += apart(name)
    heading = _heading(editions, lambda: _("Events"), "events")
    return element("section", heading, element("div", *parts, lang=own.language))


def _heading(editions: Sequence[Edition], text: Callable[[], str], name: str) -> Markup:
    """Return a heading for the readers of all languages, with an id for each."""
    anchors = (element("i", id=each.section_anchor(name)) for each in editions)
    return element("h2", *anchors, between(_in_all(editions, text), " "))


def _in_all(editions: Sequence[Edition], text: Callable[[], str]) -> list[Markup]:
    """Return a text in all languages, of which one is shown."""
    spans = []
    for each in editions:
        with speaking(each.language):
            spans.append(element("span", text(), class_="l", lang=each.language))
    return spans


def _sources(editions: Sequence[Edition]) -> Markup:
    if not editions[0].contents.source_numbers:
        return NO_MARKUP
    heading = _heading(editions, lambda: _("Sources"), "sources")
    return element("section", heading, source_list(editions), class_="x")


def _foot(shown: Edition) -> Markup:
    with speaking(shown.language):
        told = _("Written by kzfest. One file: nothing is loaded from elsewhere.")
        top = element("a", _("Top"), href=f"#{shown.language}", class_="u")
    return element("div", told, " ", top, class_="l", lang=shown.language)
