"""An event of schema.org as an entry: its texts, place, people and price."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, time
from itertools import chain, islice
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from kzfest.programme.importing import moments
from kzfest.programme.importing.entries import Cost, Entry, Participant, Place
from kzfest.programme.importing.limits import MOST_EARLIER_DATES, MOST_PEOPLE
from kzfest.programme.importing.linked_data import LinkedItem, linked_text, local_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kzfest.core.model import Status
    from kzfest.programme.importing.entries import Clock, Words
    from kzfest.programme.importing.linked_data import LinkedValue
    from kzfest.programme.importing.schema_org_dates import SchemaTimes

_STATUSES: dict[str, Status] = {
    "eventcancelled": "cancelled",
    "cancelled": "cancelled",
    "canceled": "cancelled",
    "eventpostponed": "postponed",
    "postponed": "postponed",
    "eventrescheduled": "moved",
    "eventmovedonline": "moved",
}
_WORKS = ("workPresented", "workPerformed", "workFeatured")
_ROLES: dict[str, Words | None] = {
    "performer": None,
    "performers": None,
    "actor": {"en": "actor", "kk": "актёр", "ru": "актёр"},
    "actors": {"en": "actor", "kk": "актёр", "ru": "актёр"},
    "director": {"en": "director", "kk": "режиссёр", "ru": "режиссёр"},
    "directors": {"en": "director", "kk": "режиссёр", "ru": "режиссёр"},
    "composer": {"en": "composer", "kk": "композитор", "ru": "композитор"},
    "translator": {"en": "translator", "kk": "аудармашы", "ru": "переводчик"},
    "homeTeam": None,
    "awayTeam": None,
    "competitor": None,
}
_ONLINE: Words = {"en": "Online", "kk": "Онлайн", "ru": "Онлайн"}
_ALSO_AT: Words = {"en": "Also at", "kk": "Мұнда да", "ru": "Также здесь"}
_DOORS: Words = {"en": "Doors open", "kk": "Есік ашылады", "ru": "Открытие дверей"}
_BEGINS: Words = {"en": "Begins", "kk": "Басталуы", "ru": "Начало"}
_EARLIER_DATE: Words = {"en": "Earlier date", "kk": "Бұрынғы күні", "ru": "Прежняя дата"}
_FREE = frozenset({"free", "gratis", "kostenlos", "gratuit", "бесплатно", "тегін"})
_SOLD_OUT = frozenset({"soldout", "outofstock", "discontinued"})
_NUMBER = re.compile(r"\d{1,12}(?:[., \u00a0\u202f']\d{1,12})*")
_SIGN = re.compile(r"^(?:[$€£₸₽¥]|[A-Z]{3})\s*|\s*(?:[$€£₸₽¥]|[A-Z]{3}|[.,][-–]|(?i:тг|тенге|руб(?:лей)?|kr)\.?)$")
"""A sign or a word beside an amount that says once more which currency it is."""
_RANGE = re.compile(r"\s*[-–—]\s*")
_PRIVATE = re.compile(r"\S@\S|^[+\d][\d ()/.-]{6,}$")
"""An e-mail address or a telephone number."""
_AGE = re.compile(r"(?:from |ab |от )?(\d{1,2})\s*(?:\+|[-–].*|)")
_OF_TYPES = re.compile(r"(?<=[a-z])(?=[A-Z])")
_UNTOLD_KINDS = frozenset({"event", "thing", "event series", "course instance"})


def schema_entry(event: LinkedItem, *, address: str | None) -> Entry:
    """Return an entry of *event* without a time; *address* is that of its page, if it has one."""
    works = event.items(*_WORKS)
    place, also_at, online = _places(event)
    url = _link(event.text("url", "mainEntityOfPage"), address)
    cost, sold_out, tickets = _offers(event, address)
    keys = {"uid": event.id, "url": url, "id": _identifier(event)}
    if not any(keys.values()) and works:
        keys["id"] = works[0].id or works[0].text("url", "name")  # screenings of one film
    return Entry(
        title=schema_title(event),
        keys={kind: key for kind, key in keys.items() if key and not key.startswith("_:")},
        place=place,
        summary=tuple(event.words(name) for name in ("disambiguatingDescription", "abstract", "description")),
        kind=_kind(event),
        tags=tuple(tag.strip() for text in _keywords(event) for tag in text.split(",")),
        languages=tuple(_language(each) for each in event.values("inLanguage")),
        people=tuple(islice(chain.from_iterable(_people(each, address) for each in [event, *works]), MOST_PEOPLE)),
        organiser=", ".join(name for name in event.texts("organizer") if not _PRIVATE.search(name)) or None,
        links=tuple(("", _link(text, address)) for text in [*event.texts("sameAs"), *online]),
        details=((_ALSO_AT, ", ".join(also_at)),) if also_at else (),
        url=url or None,
        image=_image(event, address),
        tickets=tickets if tickets != url else None,
        cost=cost,
        sold_out=sold_out,
        age=int(found[1]) if (found := _AGE.fullmatch(event.text("typicalAgeRange"))) else None,
        status=_STATUSES.get(local_name(event.text("eventStatus")).casefold()),
    )


def with_dates(entry: Entry, event: LinkedItem, times: SchemaTimes) -> Entry:
    """Return the *entry* of *event* at one of its *times*."""
    further = tuple(_moments(event, times.start))
    return replace(entry, start=times.start, end=times.end, zone=times.zone, moments=further)


def _keywords(event: LinkedItem) -> list[str]:
    return event.texts("keywords") + event.texts("genre")


def schema_title(event: LinkedItem) -> Words:
    """Return the name of *event*, else that of the work that it shows."""
    works = (work.words("name") for work in event.items(*_WORKS))
    return event.words("name", "headline", "summary") or next((title for title in works if title), "")


def schema_place(event: LinkedItem) -> Place | None:
    """Return the first place of *event*."""
    return _places(event)[0]


def _places(event: LinkedItem) -> tuple[Place | None, list[str], list[str]]:
    """Return the place of *event*, the names of its other places, and the addresses at which it is online."""
    places: list[Place] = []
    addresses: list[str] = []
    virtual: Place | None = None
    for location in event.values("location"):
        if isinstance(location, LinkedItem) and "VirtualLocation" in location.types:
            addresses += location.texts("url")
            virtual = Place(name=location.words("name") or _ONLINE, city="")
        elif place := _place(location):
            places.append(place)
    is_online = local_name(event.text("eventAttendanceMode")) == "OnlineEventAttendanceMode"
    if not places and (virtual or is_online):
        places.append(virtual or Place(name=_ONLINE, city=""))
    names = [linked_text(place.name) for place in places[1:]]
    return (places[0] if places else None), names, addresses


def _place(location: LinkedValue) -> Place | None:
    if not isinstance(location, LinkedItem):
        text = linked_text(location)
        return Place(name=text.partition(",")[0], address=text if "," in text else None) if text else None
    within = next(iter(location.items("containedInPlace", "containedIn")), None)
    address = next((each for part in (location, within) if part for each in part.values("address")), None)
    postal = (
        address if isinstance(address, LinkedItem) else location if "PostalAddress" in location.types else LinkedItem()
    )
    street = postal.text("streetAddress") or (linked_text(address) if address and address is not postal else "")
    building = linked_text(within) if within else ""
    city, country = postal.text("addressLocality"), postal.text("addressCountry")
    name = location.words("name") or (street.partition(",")[0] or city or None)
    if name is None:
        return None
    capacity = location.text("maximumAttendeeCapacity")
    return Place(
        name=name,
        address=", ".join(part for part in (building, street) if part) or None,
        city=city or None,
        country=country if len(country) == 2 else None,
        point=_point(location) or (_point(within) if within else None),
        capacity=int(capacity) if re.fullmatch(r"\d{1,7}", capacity) else None,
        url=location.text("url", "sameAs") or None,
    )


def _point(place: LinkedItem) -> tuple[float, float] | None:
    for part in (*place.items("geo"), place):
        with suppress(ValueError):
            north, east = (float(part.text(name).replace(",", ".")) for name in ("latitude", "longitude"))
            return north, east
    return None


def _people(item: LinkedItem, address: str | None) -> Iterator[Participant]:
    for kind, usual_role in _ROLES.items():
        for given in item.values(kind):
            role, person = usual_role, given
            if isinstance(given, LinkedItem) and any(each.endswith("Role") for each in given.types):
                role = given.words("roleName", "characterName") or usual_role
                person = next(iter(given.values(kind)), "")
            if isinstance(person, LinkedItem):
                full = " ".join(filter(None, (person.text("givenName"), person.text("familyName"))))
                name, url = person.words("name") or full, _link(person.text("url", "sameAs"), address)
            else:
                name, url = person, ""
            if name and not _PRIVATE.search(linked_text(name)):
                yield Participant(name=name, role=role, url=url or None)


def _offers(event: LinkedItem, address: str | None) -> tuple[Cost | None, bool | None, str | None]:
    """Return what a visit of *event* costs, whether it is sold out, and where tickets are."""
    offers = [each for offer in event.items("offers") for each in (offer, *offer.items("offers"))]
    stocks = {local_name(found).casefold() for offer in offers if (found := offer.text("availability"))}
    url = next((found for offer in offers if (found := _link(offer.text("url"), address))), None)
    return _cost(event, offers), stocks <= _SOLD_OUT if stocks else None, url


def _cost(event: LinkedItem, offers: list[LinkedItem]) -> Cost | None:
    priced = [each for offer in offers for each in (offer, *offer.items("priceSpecification"))]
    currency = next((found for each in priced if (found := each.text("priceCurrency"))), None)

    def amounts_in(text: str) -> list[float]:
        return _amounts(_SIGN.sub("", text) if currency else text)

    lowest, highest = (
        [amount for each in priced for name in names for text in each.texts(name) for amount in amounts_in(text)]
        for names in (("price", "lowPrice", "minPrice"), ("price", "highPrice", "maxPrice"))
    )
    written = [text for each in priced for text in each.texts("price", "lowPrice")]
    written += [linked_text(each) for each in event.values("offers") if not isinstance(each, LinkedItem)]
    words = [text for text in written if text and not amounts_in(text)]
    is_free = {"true": True, "false": False}.get(local_name(event.text("isAccessibleForFree", "free")).casefold())
    amounts = lowest + highest
    if not amounts and not words and is_free is None:
        return None
    return Cost(
        text="; ".join(dict.fromkeys(words)) or None,
        free=not any(amounts) if amounts else is_free,
        lowest=min(lowest, default=None),
        highest=max(highest, default=None),
        currency=currency,
    )


def _amounts(text: str) -> list[float]:
    """Return the number in *text*, or both numbers of a range; none if there are other words.

    >>> [*map(_amounts, ("12.50", "12,50", "1,234.50", "1.234,50", "1 400", "10-20", "gratis", "from 5"))]
    [[12.5], [12.5], [1234.5], [1234.5], [1400.0], [10.0, 20.0], [0.0], []]
    """
    if text.casefold() in _FREE:
        return [0.0]
    parts = _RANGE.split(text)
    return [_number(part) for part in parts] if all(_NUMBER.fullmatch(part) for part in parts) else []


def _number(text: str) -> float:
    if "," not in text and text.count(".") == 1:  # as schema.org asks for
        return float(re.sub(r"[^\d.]", "", text))
    decimals = re.search(r"[.,](\d{1,2})$", text)
    whole = re.sub(r"\D", "", text[: decimals.start()] if decimals else text)
    return float(f"{whole}.{decimals[1] if decimals else 0}")


def _kind(event: LinkedItem) -> str | None:
    """Return the words of its first type that says more than that it is an event.

    >>> _kind(LinkedItem(types=("Event", "VisualArtsEvent")))
    'visual arts'
    """
    for name in event.types:
        words = _OF_TYPES.sub(" ", name).lower()
        if words not in _UNTOLD_KINDS and ":" not in words:
            return words.removesuffix("event").strip() or None
    return None


def _language(value: LinkedValue) -> str:
    if isinstance(value, LinkedItem):
        return value.text("alternateName", "name")
    return linked_text(value)


def _identifier(event: LinkedItem) -> str:
    value = next(iter(event.values("identifier")), "")
    return value.text("value", "name") if isinstance(value, LinkedItem) else linked_text(value)


def _image(event: LinkedItem, address: str | None) -> str | None:
    for value in event.values("image", "photo", "thumbnailUrl"):
        found = value.text("url", "contentUrl") or value.id if isinstance(value, LinkedItem) else linked_text(value)
        if found:
            return _link(found, address)
    return None


def _moments(event: LinkedItem, start: Clock | None) -> Iterator[tuple[Words, Clock]]:
    """Yield labels and moments that are no start and no end."""
    doors = event.text("doorTime")
    day = start.isoformat()[:10] if start else ""
    if opened := moments.iso_time(doors) or moments.iso_time(f"{day}T{doors.lstrip('T')}"):
        yield _DOORS, opened
    begun = moments.iso_time(event.text("startDate"))
    if start and not isinstance(start, datetime) and isinstance(begun, datetime) and begun.time() != time():
        yield _BEGINS, begun
    for value in event.values("previousStartDate")[:MOST_EARLIER_DATES]:
        if earlier := moments.iso_time(linked_text(value)):
            yield _EARLIER_DATE, earlier


def _link(written: str, address: str | None) -> str:
    """Return the web address that *written* means on the page *address*."""
    with suppress(ValueError):
        return urljoin(address, written) if address and written else written
    return written
