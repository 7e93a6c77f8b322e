"""A programme whose every text would act somewhere, and what a reader's terminal would obey."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from kzfest.core.safe_text import deceiving

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXTS = {
    "rich": "[bold red]Tea[/bold red] [/] [link=https://example.com]here[/link] :smile: \\[x] [[y]]",
    "markdown": "![x](y) [x](https://example.com) `code` *a* _b_ ~~c~~ <https://example.com> | a | \\| b",
    "html": "<script>alert(1)</script> <img src=x onerror=y> &amp; &#60;b&#62; <!-- x --> </td>",
    "list": "1. first",
    "heading": "# heading ## heading ##",
    "rule": "--- === ***",
    "command": "=cmd|' /C calc'!A0",
    "plus": "+1+cmd|' /C calc'!A0",
    "minus": '-2+3+"x"',
    "at": '@SUM(1+1)*cmd|" /C calc"!A0',
    "wide": "＝1+1",
    "calendar": "a, b; c\\n d \\, \\; \\N BEGIN:VEVENT END:VCALENDAR",
    "format": "{} {0} {title} {title.__class__} %s %(x)s %n $HOME ${HOME} `id` $(id)",
    "quotes": "\"double\" 'single' ''two'' \\\" \\' \\",
    "scripts": "שלום!\u200f 👩\u200d🚀 نمی\u200cخواهم ❤\ufe0f e\u0301 Ұлттық\xa0музей",
}
"""What acts somewhere else: in Rich, Markdown, HTML, spreadsheets, calendars, templates, shells."""
LINES = (
    "first\n# heading\n- item\n\n> quote\n```\ncode\n```\n    code\n| a | b |\n|---|---|\n\ttab\n"
    "END:VEVENT\nBEGIN:VEVENT\nUID:x\n=1+1\n---\n<div>\n[x]: https://example.com\nlast"
)
ADDRESS = "https://example.com/|a|`b`?[x](y)&<i>=*_;,\\x#[/]"


def hostile_programme() -> dict[str, Any]:
    """Return a programme whose every text would act somewhere."""
    return {
        "format": "1",
        "programme": {
            "id": "hostile", "title": {"en": TEXTS["rich"], "kk": TEXTS["html"]}, "timezone": "Asia/Almaty",
            "revised": "2023-12-01", "first": "2023-12-15", "last": "2023-12-31",
        },
        "sources": {
            key: {"title": text, "publisher": text, "published": "2023-12-01", "url": ADDRESS, "note": text}
            for key, text in TEXTS.items()
        },
        "venues": [
            {
                "id": f"at-{key}", "name": {"en": text, "ru": f"ru {text}"}, "aliases": [f"alias {text}"],
                "address": text, "city": text, "hours": {"mon-sun": "10:00-18:00"}, "hours_note": text,
                "url": ADDRESS, "notes": f"{text}\n{LINES}", "sources": [key],
                "location": {"latitude": "51.1", "longitude": "71.4", "accuracy": "approximate"},
            }
            for key, text in TEXTS.items()
        ],
        "events": [
            {
                "id": key, "title": {"en": text, "kk": f"kk {text}"}, "category": "concert", "tags": [key],
                "venue": f"at-{key}", "start": f"2023-12-{16 + number % 3} {10 + number % 8}:00",
                "summary": f"{text}\n{LINES}", "price": text,
                "organiser": text, "people": [text, {"name": f"also {text}", "role": text, "url": ADDRESS}],
                "tracks": [text], "accessibility": f"{text}\n{LINES}", "tickets": ADDRESS, "image": ADDRESS,
                "parent": "open",
                "url": ADDRESS, "details": [{"label": text, "value": text}, {"label": "Lines", "value": LINES}],
                "notes": f"{text}\n{LINES}", "sources": [key],
                "disputes": [{"field": "price", "value": text, "source": key, "note": text}],
            }
            for number, (key, text) in enumerate(TEXTS.items())
        ]
        + [
            {"id": "open", "title": TEXTS["rich"], "category": "concert", "place": TEXTS["markdown"],
             "city": TEXTS["minus"], "when": "unannounced", "notes": LINES},
        ],
    }  # fmt: skip


def as_yaml(value: Any, indent: int = 0) -> str:
    """Return *value* as a programme file has it: keys on lines of their own, texts in double quotes."""
    space = "  " * indent
    match value:
        case dict():
            return "".join(f"\n{space}{key}: {as_yaml(inner, indent + 1)}" for key, inner in value.items())
        case list():
            return "".join(f"\n{space}- {as_yaml(item, indent + 1).lstrip()}" for item in value)
        case _:
            return json.dumps(value, ensure_ascii=False)


def acting(text: str) -> Iterator[str]:
    """Yield what a terminal would obey in *text*, and what deceives a reader."""
    unfolded = text.replace("\r\n ", "").replace("\r\n", "\n")
    yield from re.findall("[^\n\t\x20-\x7e\xa0-\ud7ff\ue000-\U0010ffff]", unfolded)
    yield from deceiving(unfolded)
