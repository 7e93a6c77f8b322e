"""What the columns of a table are, by their headings in several languages."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import combining, normalize

from kzfest.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_HEADINGS = {
    "title": "title, name, subject, titel, titre, nom, título, nombre, titolo, nome, название, наименование, заголовок,"
    " атауы, назва, intitulé, bezeichnung",
    "subtitle": "subtitle, untertitel, sous titre, subtítulo, sottotitolo, подзаголовок, қосымша атауы, підзаголовок",
    "summary": "abstract, description, desc, summary, excerpt, text, details, beschreibung, kurzbeschreibung, inhalt,"
    " zusammenfassung, résumé, descripción, resumen, descrizione, описание, аннотация, сипаттамасы, сипаттама, аңдатпа,"
    " опис, анотація",
    "day": "date, day, start date, startdate, begin date, from date, datum, tag, startdatum, jour, date de début,"
    " fecha, día, fecha de inicio, data, giorno, data inizio, data di inizio, дата, день, дата начала, күні, күн,"
    " басталу күні, дата початку, weekday, wochentag, день недели",
    "start": "start, start time, starttime, start datetime, start at, starts, starts at, begin, begins, begin time,"
    " scheduled at, from, time, times, hour, start hour, time start, when, datetime, date time, date and time,"
    " time slot, timeslot, slot, dtstart, beginn, anfang, startzeit, uhrzeit, zeit, von, wann, ab, zeitraum,"
    " datum uhrzeit, datum und uhrzeit, début, heure, horaire,"
    " horaires, heure de début, quand, date et heure, inicio, comienzo, hora, hora de inicio, horario, cuándo,"
    " fecha y hora, inizio, ora, ora inizio, ora di inizio, orario, dalle, quando, data e ora, начало, время,"
    " время начала, когда, дата и время, басталуы, уақыты, уақыт, басталу уақыты, қашан, күні мен уақыты, початок, час,"
    " час початку, коли, дата і час, дата та час",
    "end_day": "end date, enddate, to date, enddatum, date de fin, fecha de fin, data fine, data di fine,"
    " дата окончания, дата завершения, аяқталу күні, дата закінчення, дата завершення",
    "end": "end, end time, endtime, end hour, time end,"
    " end datetime, end at, ends, ends at, finish, until, to, dtend, ende, endzeit, bis,"
    " fin, heure de fin, hora de fin, hasta, fine, ora fine, ora di fine, alle, конец, окончание, завершение,"
    " время окончания, до, аяқталуы, аяқталу уақыты, соңы, кінець, закінчення, завершення, час закінчення",
    "duration": "duration, scheduled duration, length, minutes, mins, min, runtime, dauer, länge, durée, duración,"
    " durata, продолжительность, длительность, ұзақтығы, тривалість",
    "all_day": "all day event, all day, allday, ganztägig, toute la journée, todo el día, tutto il giorno, весь день,"
    " күні бойы, увесь день, весь день",
    "room": "room, hall, stage, raum, saal, bühne, salle, scène, sala, escenario, palco, зал, сцена, аудитория,"
    " кабинет, сахна, аудиториясы, зала",
    "venue": "venue, location, loc, place, where, ort, veranstaltungsort, location name, wo, lieu, endroit, où, lugar,"
    " ubicación, dónde, luogo, dove, место, место проведения, площадка, локация, где, орны, орын, өтетін орны,"
    " өткізілетін орны, қайда, місце, місце проведення, де, cinema, cinéma, kino, cine, theatre, theater, théâtre,"
    " teatro, кинотеатр, театр, кінотеатр",
    "address": "address, venue address, location address, adresse, straße, dirección, indirizzo, адрес, мекенжайы,"
    " мекенжай, адреса",
    "city": "city, town, stadt, ville, ciudad, città, город, қала, қаласы, місто",
    "latitude": "latitude, lat, breitengrad, широта",
    "longitude": "longitude, lon, lng, long, längengrad, долгота",
    "track": "track, stream, strand, section, theme, topic, reihe, sektion, thema, themenfeld, bereich, parcours,"
    " thématique, thème, sección, tema, sezione, трек, секция, направление, тема, поток, бағыты, бағыт, тақырыбы,"
    " тақырып, секциясы, напрям, секція",
    "type": "type, event type, kind, category, format, genre, typ, art, kategorie, veranstaltungsart, catégorie, tipo,"
    " categoría, formato, género, categoria, genere, тип, вид, категория, формат, жанр, түрі, санаты, форматы, жанры,"
    " категорія",
    "tags": "tags, keywords, event subtype, audience, schlagworte, stichworte, mots clés, etiquetas, palabras clave,"
    " parole chiave, теги, ключевые слова, тегтер, ключові слова",
    "speakers": "speakers, speaker, speaker name, speaker names, presenters, presenter, people, persons, person,"
    " panelists, panelist, panellists, artists, artist, performers, performer, authors, author, lecturer, lecturers,"
    " guests, cast, who, referenten, referent, referentin, referentinnen, referierende, vortragende, vortragender,"
    " teilnehmer, teilnehmende,"
    " sprecher, sprecherin, personen, mitwirkende, künstler, autor, wer, intervenants, intervenant, intervenante,"
    " orateur, conférencier, artistes, artiste, qui, ponentes, ponente, artistas, artista, quién, relatori, relatore,"
    " artisti, chi, спикеры, спикер, докладчики, докладчик, лектор, участники, исполнители, исполнитель, артист, кто,"
    " спикерлер, баяндамашы, баяндамашылар, орындаушы, орындаушылар, қатысушылар, доповідачі, доповідач, спікери,"
    " спікер, учасники, виконавець, хто",
    "moderators": "moderators, moderator, moderation, chair, chairs, host, hosts, ведущий, ведущие, модератор,"
    " жүргізуші, модераторы, ведучий, ведуча",
    "organiser": "organiser, organizer, host org, veranstalter, organisateur, organizador, organizzatore, организатор,"
    " ұйымдастырушы, організатор",
    "language": "language, lang, sprache, langue, idioma, lingua, язык, тілі, тіл, мова",
    "price": "price, cost, fee, admission, ticket price, preis, eintritt, kosten, prix, tarif, precio, entrada, prezzo,"
    " ingresso, цена, стоимость, вход, бағасы, баға, құны, кіру, ціна, вартість, вхід",
    "tickets": "tickets, ticket url, ticket link, booking, booking url, karten, billetterie, entradas, biglietti,"
    " билеты, билеттер, квитки",
    "url": "url, link, website, webpage, event url, webseite, lien, site, enlace, sitio web, ссылка, сайт, сілтеме,"
    " посилання, permalink",
    "image": "image, picture, photo, image url, bild, изображение, сурет, зображення",
    "id": "id, guid, uuid, uid, event key, key, code, event id, session id",
    "status": "status, state, statut, estado, stato, статус, мәртебесі, күйі, стан",
    "cancelled": "cancelled, canceled, abgesagt, annulé, cancelado, annullato, отменено, болмайды, скасовано",
    "sold_out": "sold out, ausverkauft, complet, agotado, esaurito, распродано, билет қалмады, розпродано",
    "active": "active, aktiv",
    "age": "age, age limit, minimum age, alter, возраст, возрастное ограничение, жас шектеуі, вік",
    "zone": "timezone, time zone, tz, zeitzone, fuseau horaire, zona horaria, fuso orario, часовой пояс, уақыт белдеуі,"
    " часовий пояс",
}
"""The headings of each field, the clearest first."""

_MAY_BE_TITLES = (
    "event, session, talk, presentation, lecture, panel, workshop, activity, programme, program, item, show, concert,"
    " film, movie, performance, gig, what, was, veranstaltung, vortrag, programmpunkt, beitrag, konzert, événement,"
    " conférence, spectacle, quoi, evento, actividad, charla, sesión, qué, sessione, attività, мероприятие, событие,"
    " доклад, лекция, концерт, фильм, спектакль, что, іс шара, оқиға, баяндама, подія, захід, доповідь,"
    " topic, thema, тема, тақырыбы, тақырып, summary, band, act, artist, performer, künstler, artiste, artista, артист,"
    " исполнитель, орындаушы, виконавець"
)
"""Headings of the titles of a table in which no column has a clearer one."""

_ABOUT_AN_EVENT = (
    "event|session|talk|panel|activity|programme|program|book|item|film|show|concert|veranstaltung|vortrag|der|des"
    "|veranstaltungs|vortrags|de|l|evenement|du|la|evento|мероприятия|события|доклада|лекции|концерта|фильма"
    "|іс|шара|шараның|баяндаманың|події|заходу|доповіді"
)
"""Words that say nothing more in the heading of a programme, such as the first in "session title"."""

_LANGUAGES = {
    **{code: code for code in ("en", "de", "fr", "es", "it", "ru", "kk", "uk")},
    **dict.fromkeys(("kz", "kaz", "каз", "қаз"), "kk"),
    **dict.fromkeys(("rus", "рус", "орыс"), "ru"),
    **dict.fromkeys(("eng", "англ", "ағыл"), "en"),
    **dict.fromkeys(("ua", "ukr", "укр"), "uk"),
    "deu": "de",
}
_ROOM = re.compile(
    r"\b(?:rooms?|halls?|stages?|auditorium|theat(?:re|er)|studio|tent|foyer|lobby|lounge|salles?|scene|amphi|chapiteau"
    r"|salas?|escenario|palco|aula|зал\w{0,2}|сцена|аудитория|кабинет|шатер|сахна\w{0,2}|алан\w{0,2}|кинозал|конференц-?зал)\b"
    r"|(?:raum|saal|buhne|halle|zelt)\b"
)
"""A word in the names of rooms, without accents."""
_TRACK = re.compile(r"\b(?:track|strand|stream|трек|секция|поток|багыт)\b")
_IN_BRACKETS = re.compile(r"[(\[]([^)\]]*)[)\]]")
_BETWEEN_WORDS = re.compile(r"[^\w/|]+|_")
_NUMBER_OF_PERSON = re.compile(r"(.*\D) ?\d{1,2}")
_LONGEST_HEADING = 100
"""Characters; what is longer is a text, not a heading."""

COLUMN_FIELDS = tuple(field for field in _HEADINGS if field != "active")
WHEN = frozenset({"day", "start"})


class TableColumn(NamedTuple):
    """A column of a table, the field that it gives, and what its heading says beside that."""

    number: int
    heading: str
    field: str
    rank: int
    """Which heading of its field it has; a lower one is clearer."""
    aside: str = ""
    """The words in brackets, such as UTC or EUR."""
    language: str = ""
    is_numbered: bool = False
    """Whether it is one of several for one thing each, such as "Person 2"."""


def by_field(columns: Iterable[TableColumn]) -> dict[str, list[TableColumn]]:
    """Return *columns* by the field that they give, the clearest first."""
    found: defaultdict[str, list[TableColumn]] = defaultdict(list)
    for column in sorted(columns, key=lambda each: each.rank):
        found[column.field].append(column)
    return found


def columns_of(
    row: Sequence[str], above: Sequence[str] = (), named: Iterable[tuple[str, str]] = ()
) -> list[TableColumn]:
    """Return the columns that *row* heads; a heading that is a number belongs to the one in the row *above* it.

    *named* are fields with headings, which count before our own.
    """
    fields = {heading_key(heading): field for field, heading in named}
    headings = [" ".join(cell.split()) for cell in row]
    group = ""
    columns = []
    seen: set[str] = set()
    for number, heading in enumerate(headings):
        if number < len(above) and above[number].strip():
            group = " ".join(above[number].split())
        if heading.isdecimal() and len(heading) < 3 and group:
            heading = f"{group} {heading}"  # noqa: PLW2901
        if heading.casefold() in seen:
            continue  # which of two columns with one heading is meant, nobody knows: the first counts
        seen.add(heading.casefold())
        if field := fields.get(heading_key(heading)):
            columns.append(TableColumn(number, heading, field, -1))
        elif found := _column(number, heading):
            columns.append(found)
    return _with_titles(columns, headings)


def field_called(name: str) -> str | None:
    """Return the field with this *name*, or the one that has it as a heading, in any of our languages."""
    plain = heading_key(name)
    if plain.replace(" ", "_") in COLUMN_FIELDS:
        return plain.replace(" ", "_")
    found = _fields().get(plain)
    return found[0] if found else None


def _column(number: int, heading: str) -> TableColumn | None:
    if not heading or len(heading) > _LONGEST_HEADING:
        return None
    aside = " ".join(_IN_BRACKETS.findall(heading))
    plain = heading_key(heading)
    for words in _forms(plain):
        if found := _fields().get(words):
            return TableColumn(number, heading, *found, aside=aside, language=_LANGUAGES.get(heading_key(aside), ""))
    before, _space, last = plain.rpartition(" ")
    if last in _LANGUAGES and (found := _fields().get(before)):
        return TableColumn(number, heading, *found, language=_LANGUAGES[last])
    numbered = _NUMBER_OF_PERSON.fullmatch(plain)
    if numbered and (found := _fields().get(numbered[1].strip())) and found[0] in {"speakers", "moderators"}:
        return TableColumn(number, heading, *found, is_numbered=True)
    return None


def _forms(plain: str) -> Iterator[str]:
    """Yield what a *plain* heading may stand for: itself, one of its languages, itself without empty words."""
    yield " ".join(plain.replace("/", " ").replace("|", " ").split())
    parts = [part.strip() for part in re.split(r"[/|]", plain)]
    yield from parts
    empty = _ABOUT_AN_EVENT.split("|")
    for part in parts:
        words = [word for word in part.split() if word not in empty]
        if words:
            yield " ".join(words)
            yield " ".join(words).removesuffix(" name").removesuffix(" names")


def _with_titles(columns: list[TableColumn], headings: Sequence[str]) -> list[TableColumn]:
    """Return *columns* with one for titles: if none has a clear heading, the first that may have titles."""
    if any(column.field == "title" for column in columns):
        return columns
    plain = [heading_key(heading) for heading in headings]
    taken = {column.number for column in columns if column.rank < 0}
    for number, heading in ((plain.index(each), each) for each in _may_be_titles() if each in plain):
        if number not in taken:
            others = [column for column in columns if column.number != number]
            return [*others, TableColumn(number, headings[number] or heading, "title", 0)]
    return columns


def names_room(text: str) -> bool:
    """Whether *text* is the name of a room, such as Saal 1, Main Stage or Үлкен зал."""
    return bool(_ROOM.search(heading_key(text)))


def names_track(text: str) -> bool:
    """Whether *text* is the name of a track, such as Track 2."""
    return bool(_TRACK.search(heading_key(text)))


def named_columns(named: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the fields and headings that the user named, the fields as they are called here. Raises SyntaxError."""
    found = []
    for name, heading in named:
        field = field_called(name)
        if field is None:
            message = _("'{text}' is not a field of a table; the fields are {fields}")
            raise SyntaxError(message.format(text=name, fields=", ".join(COLUMN_FIELDS)))
        found.append((field, heading))
    return found


@lru_cache(maxsize=10_000)
def heading_key(heading: str) -> str:
    """Return *heading* in lower case, without accents, brackets and punctuation.

    >>> heading_key("Start_Time (CET):"), heading_key("Durée"), heading_key("Referent*in")
    ('start time', 'duree', 'referent in')
    """
    letters = normalize("NFD", _IN_BRACKETS.sub(" ", heading[: 2 * _LONGEST_HEADING]).casefold())
    plain = "".join(letter for letter in letters if not combining(letter))
    return " ".join(_BETWEEN_WORDS.sub(" ", plain).split())


@cache
def _fields() -> dict[str, tuple[str, int]]:
    """Return the field of each heading, with its rank."""
    found: dict[str, tuple[str, int]] = {}
    for field, headings in _HEADINGS.items():
        for rank, heading in enumerate(headings.split(",")):
            found.setdefault(heading_key(heading), (field, rank))
    return found


@cache
def _may_be_titles() -> tuple[str, ...]:
    return tuple(map(heading_key, _MAY_BE_TITLES.split(",")))
