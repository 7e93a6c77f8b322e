"""Shared by the commands that change the programmes that the user keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from kzfest.cli.import_notes import tell
from kzfest.cli.options.common import check_name
from kzfest.core.errors import NotFoundError
from kzfest.i18n import _
from kzfest.programme.keeping import Keeper

if TYPE_CHECKING:
    from kzfest.cli.session import Session


def kept_names(incomplete: str) -> list[str]:
    """Return the names of the programmes that the user keeps, for completion."""
    from kzfest.core.errors import KzfestError
    from kzfest.programme.library import Library

    try:
        return [name for name in Library().kept.names() if name.startswith(incomplete)]
    except (KzfestError, OSError):
        return []


KeptArgument = Annotated[
    str,
    typer.Argument(
        metavar=_("ID"),
        help=_("The name of a programme that you keep."),
        autocompletion=kept_names,
        callback=check_name,
    ),
]


def keeper_of(session: Session) -> Keeper:
    """Return what changes the programmes that the user of *session* keeps."""
    library = session.library
    return Keeper(library.kept, read_copy=library.read_copy, clock=session.clock, tell=tell, own=[*library.own.files])


def kept_name(text: str, session: Session) -> str:
    """Return the name of the programme that *text* means, which may be damaged. Raises NotFoundError."""
    kept = session.library.kept
    key = text.casefold()
    return key if key in kept.names() else kept.get(key).name


def the_only_name(session: Session) -> str:
    """Return the name of the programme in use, else of the only one that is kept. Raises NotFoundError."""
    kept = session.library.kept
    asked = session.programme or kept.default()
    if asked and asked in kept.names():
        return asked
    names = kept.names()
    if len(names) == 1:
        return names[0]
    if not names:
        raise NotFoundError(_("you keep no programme yet; `kzfest programmes add FILE` keeps one"))
    raise NotFoundError(_("say which programme: {names}").format(names=", ".join(names)))
