"""The tags of HTML, well written and not."""

from __future__ import annotations

import pytest

from kzfest.programme.importing.html_tokens import tags


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<p>a</P >", ["p", "/p"]),
        ("<a href=\"x>y\" B='1' c=2 d>", [("a", {"href": "x>y", "b": "1", "c": "2", "d": ""})]),
        ("<a href=x&amp;y href=z>", [("a", {"href": "x&y"})]),
        ("<br/><img src=a />", ["br", ("img", {"src": "a"})]),
        ("<!-- <p> --><!DOCTYPE html><?php <b?><i>", ["", "", "", "i"]),
        ("<!--><b>", ["", "b"]),
        ("<!-- <b>", [""]),
        ("1 < 2 </3 <b", ["b"]),
        ("<script><b></scripty></SCRIPT\n><i>", ["script", "/script", "i"]),
        ("<script/><b>", ["script", "b"]),
        ("<title>a <b>", ["title", "/title"]),
        ("<a x='><i y=2>", [("a", {"x": "'"}), ("i", {"y": "2"})]),
        ("<![x[</p>", [""]),
    ],
)
def test_tags(text: str, found: list[str | tuple[str, dict[str, str]]]) -> None:
    named = [(tag.name, tag.attributes) if tag.attributes else "/" * tag.is_end + tag.name for tag in tags(text)]

    assert named == found
