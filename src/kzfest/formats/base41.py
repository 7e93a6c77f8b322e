"""Base41: bytes in letters that a QR code holds densely and that no messenger, shell or web address changes.

It is Base45 (RFC 9285) without the four letters that get lost: a space, where programs break lines; `*`, which makes
text bold; `$` and `%`, which shells and addresses replace. Two bytes take three letters all the same.
"""

from __future__ import annotations

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ+-./:"
"""Of the alphanumeric mode of QR codes (ISO/IEC 18004), in the order of their values there."""
_VALUES = {letter: value for value, letter in enumerate(ALPHABET)}
_BASE = len(ALPHABET)


def to_base41(given: bytes) -> str:
    """Return *given* as Base41.

    >>> to_base41(b"ietf!")
    '32GWTHX0'
    """
    letters: list[str] = []
    for at in range(0, len(given), 2):
        pair = given[at : at + 2]
        number = int.from_bytes(pair)
        for _letter in range(len(pair) + 1):
            number, value = divmod(number, _BASE)
            letters.append(ALPHABET[value])
    return "".join(letters)


def from_base41(letters: str) -> bytes:
    """Return the bytes in *letters*. Raises ValueError if they are no Base41.

    >>> from_base41("32GWTHX0")
    b'ietf!'
    """
    found = bytearray()
    for at in range(0, len(letters), 3):
        group = letters[at : at + 3]
        number = 0
        for letter in reversed(group):
            if letter not in _VALUES:
                raise ValueError(letter)
            number = number * _BASE + _VALUES[letter]
        size = len(group) - 1
        if size == 0 or number >= 256**size:
            raise ValueError(group)
        found += number.to_bytes(size)
    return bytes(found)
