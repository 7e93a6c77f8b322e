"""The program's own words, where gettext finds them and a translation can take their place.

Every sentence that a user may read is written ``_("...")`` or ``ngettext("...", "...", n)`` and filled
in with ``format`` afterwards, so that an extractor sees it whole.
"""

from __future__ import annotations

from gettext import NullTranslations

_english = NullTranslations()

_ = _english.gettext
ngettext = _english.ngettext
