"""The filters of `list` and other commands, the query that they make, and notes on what it leaves out."""

from datetime import date
from typing import Any, NamedTuple

from kzfest.cli.options.events import (
    AfterOption,
    AgeOption,
    BeforeOption,
    CategoryOption,
    ChangedSinceOption,
    CityOption,
    FreeOption,
    FromOption,
    LanguageOption,
    NearOption,
    NotCategoryOption,
    NotTagOption,
    NotVenueOption,
    OnOption,
    PriceToOption,
    SearchOption,
    StartingOption,
    TagOption,
    ToOption,
    TrackOption,
    UndatedOption,
    UnknownOption,
    VenueOption,
    WhenArgument,
    WithinOption,
)
from kzfest.cli.resolve import find_labels, find_venue, text_query
from kzfest.cli.session import LAST_UPDATE, Session
from kzfest.cli.terminal.console import note
from kzfest.core.errors import NotFoundError, UsageError
from kzfest.core.festival_day import DateRange
from kzfest.core.localized import choose
from kzfest.i18n import _, ngettext
from kzfest.programme.database.catalogue import Label
from kzfest.programme.database.queries import EventQuery, minute_of_day


class ListFilters(NamedTuple):
    """The values of the options that filter events; each command takes some of them."""

    when: WhenArgument = None
    on: OnOption = None
    from_: FromOption = None
    to: ToOption = None
    venue: VenueOption = None
    near: NearOption = None
    within: WithinOption = None
    categories: CategoryOption = None
    not_categories: NotCategoryOption = None
    cities: CityOption = None
    tags: TagOption = None
    not_tags: NotTagOption = None
    tracks: TrackOption = None
    not_venues: NotVenueOption = None
    languages: LanguageOption = None
    free: FreeOption = False
    price_to: PriceToOption = None
    age: AgeOption = None
    after: AfterOption = None
    before: BeforeOption = None
    changed_since: ChangedSinceOption = None
    unknown: UnknownOption = False
    search: SearchOption = None
    starting: StartingOption = False
    undated: UndatedOption = False


WHICH_DAYS = ("when", "on", "from_", "to")
WHICH_EVENTS = tuple(field for field in ListFilters._fields if field not in {*WHICH_DAYS, "starting", "undated"})


def filters_told(asked: ListFilters) -> str:
    """Return the options of *asked* that choose events, apart from their days, as they are typed."""
    from shlex import join  # for drawings only

    kinds = {"categories": "category", "cities": "city", "tags": "tag", "tracks": "track", "languages": "language"}
    kinds |= {"not_categories": "not-category", "not_tags": "not-tag", "not_venues": "not-venue"}
    words: list[str] = []
    for field in (*WHICH_EVENTS, "starting", "undated"):
        value, option = getattr(asked, field), f"--{kinds.get(field, field.replace('_', '-'))}"
        if value is True:
            words.append(option)
        elif value is not None and value is not False:
            words += [word for each in (value if isinstance(value, list) else [value]) for word in (option, str(each))]
    return join(words)


def days_as_typed(asked: ListFilters) -> str:
    """Return the days of *asked*, as they are typed."""
    from shlex import join  # for notes only

    options = (("--on", asked.on), ("--from", asked.from_), ("--to", asked.to))
    return join([*(asked.when or ()), *(word for option, value in options if value for word in (option, value))])


def question_of(asked: ListFilters, session: Session) -> EventQuery:
    """Return the query that the options ask for. Raises UsageError and NotFoundError."""
    catalogue = session.context.catalogue
    places = (asked.venue, asked.near, asked.within)
    where: dict[str, Any] = {} if places == (None, None, None) else _where(asked, session)
    kinds: tuple[tuple[str, Label, list[str] | None], ...] = (
        ("categories", "category", asked.categories),
        ("not_categories", "category", asked.not_categories),
        ("cities", "city", asked.cities),
        ("tags", "tag", asked.tags),
        ("not_tags", "tag", asked.not_tags),
        ("tracks", "track", asked.tracks),
        ("languages", "language", asked.languages),
    )
    labels: dict[str, Any] = {field: find_labels(session.context, kind, words) for field, kind, words in kinds if words}
    hours = (("after", asked.after), ("before", asked.before))
    minutes: dict[str, Any] = {field: _minute(text) for field, text in hours if text is not None}
    question = EventQuery(
        **where,
        **labels,
        **minutes,
        not_venues=tuple(find_venue(session.context, name).id for name in asked.not_venues or ()),
        free=asked.free,
        age=asked.age,
        changed_since=session.day_of_change(asked.changed_since) if asked.changed_since is not None else None,
        since_update=asked.changed_since == LAST_UPDATE,
        unknown=asked.unknown,
        text=text_query(asked.search, session.context) if asked.search else None,
        starting=asked.starting,
        undated=asked.undated,
    )
    if asked.price_to is not None:
        amount, currency = _price(asked.price_to, catalogue.currencies())
        question = question._replace(price_to=amount, currency=currency)
    return question if asked.undated else _in_time(question, asked, session)


def question_of_any_day(asked: ListFilters, session: Session) -> EventQuery:
    """Return the query that the options ask for, in which events of any day match if the options name no days."""
    question = question_of(asked, session)
    return question if asked_days(asked, question) else question._replace(first=None, last=None)


def _minute(text: str) -> int:
    """Return the minute of the festival day that *text* means. Raises UsageError."""
    from kzfest.core.time_input import read_clock  # for two options only

    time = read_clock(text)
    return minute_of_day(time.hour, time.minute)


def _price(text: str, currencies: list[str]) -> tuple[float, str]:
    """Return the amount and the currency in *text*, else the first of *currencies*, those of the programme."""
    import re  # for this option only

    found = re.fullmatch(r"(\d{1,9}(?:[.,]\d{1,2})?)([A-Z]{3})?", "".join(text.split()).upper())
    if found is None:
        raise UsageError(_('--price-to takes an amount, such as 5000, and a currency, such as "20 EUR"'))
    amount, currency = float(found[1].replace(",", ".")), found[2]
    if currency and currency not in currencies:
        told = _("no price is in {currency}; available: {known}")
        raise NotFoundError(told.format(currency=currency, known=", ".join(currencies) or "–"))
    if not currency and len(currencies) > 1:
        told = _('prices are compared in {currency}; for another currency: --price-to "{amount} {other}"')
        note(told.format(currency=currencies[0], amount=found[1], other=currencies[1]))
    return amount, currency or next(iter(currencies), "")


def asked_days(asked: ListFilters, question: EventQuery) -> tuple[date | None, date | None] | None:
    """Return the first and the last day that the options name, or None if they name none."""
    return question.days if any((asked.when, asked.on, asked.from_, asked.to)) else None


def _in_time(question: EventQuery, asked: ListFilters, session: Session) -> EventQuery:
    """Return *question* with the days or the moment of the options, else with the programme's days."""
    words = [text for text in (" ".join(asked.when) if asked.when else None, asked.on) if text is not None]
    if len(words) > 1 or (words and asked.from_ is not None):
        raise UsageError(_("give one of WHEN, --on and --from"))
    head = session.context.catalogue.head
    if words:
        found = _days_or_hint(words[0], asked, session)
        if found.moment and asked.to is None:
            return question._replace(moment=found.moment)
        question = question._replace(first=found.first, last=found.last)
    elif asked.from_ is None:
        question = question._replace(first=head.first, last=head.last)
    else:
        found = session.days(asked.from_)
        if found.moment:
            question = question._replace(since=found.moment, last=head.last)
        else:
            question = question._replace(first=found.first, last=max(head.last or found.first, found.first))
    if asked.to is None:
        return question
    last = session.days(asked.to).last
    if question.first and last < question.first:
        from kzfest.formats import dates  # for this sentence only

        message = _("--to {last} is before {first}")
        raise UsageError(message.format(last=dates.short_day(last), first=dates.short_day(question.first)))
    return question._replace(last=last)


def _days_or_hint(text: str, asked: ListFilters, session: Session) -> DateRange:
    """Return the days that *text* means. The error hints at quotes if *text* may be part of a name."""
    try:
        return session.days(text)
    except UsageError as error:
        if not asked.when or not any((asked.venue, asked.near, asked.search, asked.cities, asked.tags)):
            raise
        hint = _('{error}. A name of several words needs quotes: --venue "has sanat"')
        raise UsageError(hint.format(error=error)) from None


def _where(asked: ListFilters, session: Session) -> dict[str, Any]:
    """Return the fields of the query for the places that the options name."""
    if asked.venue is not None and asked.near is not None:
        raise UsageError(_("give one of --venue and --near"))
    if asked.venue is not None:
        return {"venues": (find_venue(session.context, asked.venue).id,)}
    from kzfest.cli.resolve_place import near_place  # for this option only

    near = near_place(asked.near, asked.within, session)
    return {"near": near.location, "venues": tuple(venue.id for venue in near.venues)} if near else {}


def tell_left_out(question: EventQuery, session: Session, *, how: str = "--undated") -> None:
    """Say how many events the list leaves out because they have no known date, or because of what is not known.

    *how* is the option or the command that lists those without a known date.
    """
    if question.may_be_unknown:
        tell_unknown(question, session)
    dated_only = not question.undated and (any(question.days) or question.starting)
    count = session.context.catalogue.count_undated(question) if dated_only else 0
    if count:
        message = ngettext(
            "{n} event without a known date is left out; {how} lists it",
            "{n} events without a known date are left out; {how} lists them",
            count,
        )
        note(message.format(n=count, how=how))


def tell_unknown(question: EventQuery, session: Session) -> None:
    """Say how many events are left out because the programme does not say what the filters ask."""
    count = session.context.catalogue.count_unknown(question)
    if count:
        message = ngettext(
            "{n} more event may match, but the programme does not say; --unknown lists it too",
            "{n} more events may match, but the programme does not say; --unknown lists them too",
            count,
        )
        note(message.format(n=count))


def tell_nothing_on(question: EventQuery, session: Session, *, left: int) -> None:
    """Say when the programme runs, and which days before and after those asked have events.

    *left* is the number of events in the list, of which none is confirmed for those days.
    """
    if question.undated:
        if not left:
            note(_("all matching events have a date"))
        return
    from kzfest.formats import dates  # for an empty list only

    head = session.context.catalogue.head
    if question.days == (head.first, head.last):  # no days were asked
        if not left:
            note(_("no matching events in the programme"))
        return
    note(_("no other confirmed events on those days") if left else _("no matching events on those days"))
    if head.first and head.last:
        note(_("the programme runs {days}").format(days=dates.days(head.first, head.last)))
    first, last = question.days
    if first is None:
        return
    days_near = session.context.catalogue.days_near
    around = (days_near(first, question)[0], days_near(last or first, question)[1])
    near = [dates.full_day(day) for day in around if day]
    if near:
        note(_("the nearest days with events: {days}").format(days="; ".join(near)))


def tell_other_programmes(question: EventQuery, session: Session) -> None:
    """Name the bundled programmes with events on the days asked, if this programme does not cover these days."""
    head = session.context.catalogue.head
    first, last = question.days
    if first is None:
        return
    last = last or first
    if head.first and head.last and head.first <= last and first <= head.last:
        return
    those_days = EventQuery(first=first, last=last, limit=1)
    for other in session.library.bundled_beside(session.context.catalogue):
        if any(listed.certainty == "certain" for listed in other.events(those_days)):
            message = _("{id} has events on those days: --programme {id}  ({title})")
            title = choose(other.head.title, session.language).text
            note(message.format(id=other.head.id, title=title))
