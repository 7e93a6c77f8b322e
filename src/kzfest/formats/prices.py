"""Prices as text for people, in the current language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzfest.core.localized import text_in
from kzfest.core.model import FREE_WORDS
from kzfest.i18n import _

if TYPE_CHECKING:
    from kzfest.core.model import Price, Texts

SIGNS = {"KZT": "₸", "EUR": "€", "RUB": "₽", "UAH": "₴", "GEL": "₾", "TRY": "₺", "INR": "₹"}
"""The signs that belong to one currency only; $ does not."""
MARKS = {"en": (",", ".")}
"""Language to the marks between thousands and before decimals."""
OTHER_MARKS = ("\u00a0", ",")
"""Those of Kazakh and Russian."""


def price_in_numbers(price: Price, language: str) -> str | None:
    r"""Return that a visit is free, or the amounts with their currency; None if only words are known.

    >>> from kzfest.core.model import Price
    >>> price_in_numbers(Price(lowest=2000, highest=12500.5, currency="USD"), "en")
    '2,000–12,500.50\xa0USD'
    """
    if price.free:
        return _("free")
    lowest, highest = (_number(amount, language) for amount in (price.lowest, price.highest))
    if not lowest and not highest:
        return None
    currency = f"\u00a0{SIGNS.get(price.currency or '', price.currency)}"
    if lowest and highest:
        return f"{lowest}{currency}" if lowest == highest else f"{lowest}–{highest}{currency}"
    return (_("from {amount}") if lowest else _("up to {amount}")).format(amount=f"{lowest or highest}{currency}")


def price_in_words(price: Price) -> Texts | None:
    """Return the text of *price*, unless it is only a word for free, which `price_in_numbers` gives in any language."""
    words = set(map(str.casefold, price.text.values())) if price.text else set()
    return None if words & FREE_WORDS else price.text


def price_text(price: Price, language: str) -> str | None:
    """Return the words for *price*, else its amounts."""
    return text_in(price_in_words(price), language) or price_in_numbers(price, language)


def price_line(price: Price | None, language: str) -> str | None:
    """Return all that is known of *price* on one line."""
    if price is None:
        return None
    return "; ".join(
        part for part in (price_in_numbers(price, language), text_in(price_in_words(price), language)) if part
    )


def _number(amount: float | None, language: str) -> str | None:
    if amount is None:
        return None
    thousands, decimal = MARKS.get(language, OTHER_MARKS)
    written = f"{amount:,.0f}" if amount == int(amount) else f"{amount:,.2f}"
    return written.translate({ord(","): thousands, ord("."): decimal})
