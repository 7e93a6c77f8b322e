"""Prices as people read them."""

from __future__ import annotations

import pytest

from kzfest.core.model import Price
from kzfest.formats.prices import price_in_numbers, price_line


@pytest.mark.parametrize(
    ("price", "language", "text"),
    [
        (Price(free=True), "en", "free"),
        (Price(free=False), "en", None),
        (Price({"en": "Free"}, free=True), "en", "free"),
        (Price(lowest=2000, currency="KZT"), "en", "from 2,000\u00a0₸"),
        (Price(highest=2000, currency="KZT"), "ru", "up to 2\u00a0000\u00a0₸"),
        (Price(lowest=2000, highest=2000, currency="USD"), "en", "2,000\u00a0USD"),
        (Price(lowest=0, highest=12.5, currency="EUR"), "en", "0–12.50\u00a0€"),
        (Price(lowest=0.5, highest=1200, currency="EUR"), "kk", "0,50–1\u00a0200\u00a0€"),
    ],
)
def test_price_is_written_in_numbers(price: Price, language: str, text: str | None) -> None:
    assert price_in_numbers(price, language) == text


@pytest.mark.parametrize(
    ("price", "text"),
    [
        (None, None),
        (Price({"ru": "детям половина"}, lowest=10, highest=10, currency="USD"), "10\u00a0USD; детям половина"),
        (Price({"en": "Free"}, free=True), "free"),
        (Price({"en": "with a ticket"}, free=True), "free; with a ticket"),
        (Price({"en": "about ten"}), "about ten"),
    ],
)
def test_price_is_written_on_a_line(price: Price | None, text: str | None) -> None:
    assert price_line(price, "ru") == text
