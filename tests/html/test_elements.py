"""The writer of HTML: whatever text it is given, a reader of HTML gets the same text back, and no element more."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kzfest.html
from kzfest.core.safe_text import visible
from kzfest.html.elements import Markup, between, calendar_link, direction, element, in_language, styles, together

FOLDER = Path(kzfest.html.__file__).parent


class Events(HTMLParser):
    """Notes what it reads, texts joined."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.seen: list[tuple[str, object]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element with its attributes."""
        self.seen.append((tag, attrs))

    def handle_endtag(self, tag: str) -> None:
        """Note its end."""
        self.seen.append((f"/{tag}", None))

    def handle_data(self, data: str) -> None:
        """Note a text."""
        self.seen.append(("text", data))


@given(st.text(), st.text())
def test_any_text_comes_back_as_text(inside: str, value: str) -> None:
    written = element("p", inside, title=value)

    texts = [("text", visible(inside))] if inside else []
    assert Events(written).seen == [("p", [("title", visible(value))]), *texts, ("/p", None)]


@given(st.text(min_size=1))
def test_whatever_is_done_to_markup_makes_text_of_it(text: str) -> None:
    made = element("b", text)

    for changed in (made + "", made.upper(), f"{made}", made[:]):
        assert type(changed) is str
    assert "<b>" not in element("p", made + "")


def test_parts_are_escaped_unless_they_are_markup() -> None:
    assert together("<", element("br"), None, "", "&") == "&lt;<br>&amp;"
    assert between(["a", element("b", "c"), "<"], " & ") == "a &amp; <b>c</b> &amp; &lt;"


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "JaVaScript:x", " javascript:x", "data:text/html,x", "file:///etc/passwd", "//x", ""],
)
def test_link_to_what_acts_leads_nowhere(address: str) -> None:
    assert element("a", "x", href=address) == "<a>x</a>"


@pytest.mark.parametrize("address", ["https://kzfest.invalid/", "HTTP://x", "mailto:a@b", "tel:+7", "#en"])
def test_link_to_a_page_or_a_person_stays(address: str) -> None:
    assert element("a", "x", href=address) == f'<a href="{address}">x</a>'


@pytest.mark.parametrize("name", ["style", "onclick", "src", "srcdoc", "xlink_href"])
def test_attribute_that_acts_is_an_error_of_ours(name: str) -> None:
    with pytest.raises(ValueError, match="may act"):
        element("p", **{name: "x"})


def test_scripts_and_markup_in_styles_are_errors_of_ours() -> None:
    with pytest.raises(ValueError, match="no scripts"):
        element("script", "x")
    with pytest.raises(ValueError, match="no markup"):
        styles("</style>")


def test_only_the_writer_makes_markup() -> None:
    made = {file.name for file in FOLDER.glob("*.py") if re.search(r"\bMarkup\(", file.read_text(encoding="utf-8"))}

    assert made == {"elements.py"}


def test_attributes_without_a_value_are_left_out() -> None:
    assert element("td", scope=None, hidden=False, id=0, class_="x") == '<td id="0" class="x"></td>'
    assert element("use", href="#x") == '<use href="#x"/>'


def test_calendar_is_inside_its_link() -> None:
    assert calendar_link("Save & open", b"BEGIN", 'my "plan".ics') == (
        '<a href="data:text/calendar;base64,QkVHSU4=" download="my &quot;plan&quot;.ics">Save &amp; open</a>'
    )


def test_direction_is_said_where_letters_go_from_right_to_left() -> None:
    assert [direction(text) for text in ("Tea", "Шай", "תה", "tea: תה")] == [None, None, "auto", "auto"]


def test_language_is_a_tag_or_nothing() -> None:
    assert [in_language(text) for text in ("kk", "sr-Latn", "x y", "", '"')] == ["kk", "sr-Latn", None, None, None]


def test_nothing_is_markup_of_nothing() -> None:
    assert type(together()) is Markup
