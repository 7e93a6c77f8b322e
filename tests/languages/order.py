"""The orders that ICU gives, for a test to compare with: ``python -m tests.languages.order`` writes order.toml.

It asks Node, whose Intl.Collator is ICU's with CLDR's rules; the test needs neither. ICU gets the names as a list of a
programme takes them: one space for whatever stands between words, and numbers by what they count.
"""

from __future__ import annotations

import json
import random
import subprocess
from pathlib import Path
from typing import Any

from kzfest.core.model import LANGUAGES
from kzfest.paths import PROGRAMMES, data_folder
from kzfest.programme.database.catalogue import Catalogue
from kzfest.programme.database.queries import EventQuery

ORDERS = Path(__file__).with_name("order.toml")
LETTERS = (
    "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
    "АӘБВГҒДЕЁЖЗИЙКҚЛМНҢОӨПРСТУҰҮФХҺЦЧШЩЪЫІЬЭЮЯ"
    "abcdefghijklmnopqrstuvwxyzäğıñöşüūéəþæœøł"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄĞÑÖŞÜŪÉƏÞÆŒØŁ"
)
WORDS = """\
ель|ёлка|еж|ёж|Ёж|жук|елка|ежи|всё|все|вся|Ёлки|Ель|её|ее|мед|мёд|медь
йод|иод|из|іс|ыс|Іле|Илья|Йога|ия|ій|ыдыс|ін|ине|июнь|Ырыс|Ыстық|Істің|Я
һауа|хауа|Хор|цирк|Һарам|хан|Цех|ұлы|үлгі|ула|Ұйғыр|Үйде|Уйде|уақыт|фора|түрік|тұрық|тура
ән|ана|ая|Әке|арман|Әрі|бал|ақ|әж|як
қала|кала|Кино|Қобыз|ғалам|галам|дала|Гүл|Ғарыш|ңғай|нан|оң|он|Өнер|опера|Пьеса|Өзен|озон
«Ән»|«Әлем» сарайы|Әлем|„Аул“|"Арнау"|(бал) 2|“Zoom”
Ак — Орда|Акорда|Ак орда 2|Астана|Астана цирк|Астана Опера|Астанада|Астана-Арена|Астана «Балет»
2-й концерт|10-й концерт|1-й концерт|концерт 2|концерт 10|концерт 9|20 лет|3 года|100 лет|2023|16 декабря|1991
café|cafe|cafés|Café|caffe|résumé|resume|Zürich|Zurich|Öl|Ol|Om|naïve|naive|élan|elan|Øre|Ore|Æon|Aeon|Afar|Łódź|Lodz
Opera|Опера|opera|опера|Zoo|Яр|Apple|Арна|X-фактор|Х-фактор|DJ Ән|диджей|IT форум
Älem|Alem|Ädet|Alma|Aua|ağaş|agash|şam|sam|sana|söz|Öner|onan|ūly|uly|üy|un|ıdıs|idis|Ilim|İlim|ıs|jer|ñaq|nan|jańa|jana|ǵalym|galym|gala
Əli|Ели|Eli|Fa|emen|ətir|Þor|Zad
и\u0306ога 2|е\u0308ж 2|cafe\u0301 2|а\u0301рка|Ян
"""

SORT = """
const {texts, languages} = JSON.parse(require("fs").readFileSync(0, "utf-8"));
const words = (text) => text.normalize("NFC").replace(/[^\\p{L}\\p{N}\\p{M}]+/gu, " ").trim();
const sorted = (language) => {
  const {compare} = new Intl.Collator(language, {numeric: true});
  return [...texts].sort((one, other) => compare(words(one), words(other)));
};
const orders = Object.fromEntries(languages.map((language) => [language, sorted(language)]));
console.log(JSON.stringify({icu: process.versions.icu, cldr: process.versions.cldr, orders}));
"""


def titles() -> set[str]:
    """Return the titles and the names of venues in all programmes that come with the package."""
    found: set[str] = set()
    for file in PROGRAMMES.values():
        catalogue = Catalogue(data_folder() / file, folder=None)
        for venue, _count in catalogue.venues():
            found.update(venue.name.values())
        for listed in catalogue.events(EventQuery()):
            found.update(listed.event.title.values())
    return found


def ordered(texts: set[str]) -> dict[str, Any]:
    """Return *texts* in the order of each language, and the versions of who says so."""
    shuffled = random.Random(6).sample(sorted(texts), len(texts))  # so that none is in order by chance
    asked = json.dumps({"texts": shuffled, "languages": LANGUAGES})
    node = subprocess.run(["node", "-e", SORT], input=asked, capture_output=True, check=True, text=True)
    told: dict[str, Any] = json.loads(node.stdout)
    return told


def main() -> None:
    """Write the orders of all lists."""
    lists = {"letters": set(LETTERS), "words": set(WORDS.replace("\n", "|").split("|")) - {""}, "titles": titles()}
    lines = []
    for name, texts in lists.items():
        found = ordered(texts)
        lines.append(f"\n[{name}]")
        for language, order in found["orders"].items():
            quoted = (f"  {json.dumps(each, ensure_ascii=False)}," for each in order)
            lines += [f"{language} = [", *quoted, "]"]
    head = (
        f"# Made by order.py with ICU {found['icu']} and CLDR {found['cldr']}; what is sorted, and how, stands there."
    )
    ORDERS.write_text("\n".join([head, *lines, ""]), encoding="utf-8")


if __name__ == "__main__":
    main()
