"""Translated messages for errors in command lines, and for errors of the operating system.

Typer and the system have English messages only. These functions make new ones from the fields of the errors.
"""

from __future__ import annotations

import errno
from typing import Any

from kzfest.core.safe_text import quoted
from kzfest.i18n import _


def of_the_line(error: Any) -> str:
    """Return what is wrong with a command line, and which help explains it."""
    path = error.ctx.command_path if error.ctx else "kzfest"
    message = _sentence(error)
    ended = message if message.endswith((".", "?", "!")) else f"{message}."
    return _("{message} See `{command} --help`.").format(message=ended, command=path)


def _sentence(error: Any) -> str:
    """Return what is wrong. Typer's error classes have no public names, but each has other fields."""
    if hasattr(error, "possibilities"):
        name, near = " ".join(error.option_name.split()), ", ".join(sorted(error.possibilities or ()))
        if not near:
            return _("No such option: {name}").format(name=name)
        return _("No such option: {name} (Possible options: {near})").format(name=name, near=near)
    if hasattr(error, "option_name"):
        return _misused_option(error.option_name, error.ctx)
    if not hasattr(error, "param"):
        return str(error.format_message())
    name = " / ".join(quoted(each.strip("'")) for each in error.param.get_error_hint(error.ctx).split(" / "))
    if hasattr(error, "param_type"):
        return _("Missing argument {name}.").format(name=name)
    message, least = error.message, getattr(error.param.type, "min", None)
    if least is not None:  # a type of numbers
        whole = _("expected a whole number from {least} to {most}")
        some = _("expected a number from {least} to {most}")
        message = some if error.param.type.name.startswith("float") else whole
        message = message.format(least=least, most=error.param.type.max)
    return _("Invalid value for {name}: {message}").format(name=name, message=message)


def _misused_option(name: str, context: Any) -> str:
    """Return that an option lacks its value, or does not take one."""
    flags = {each for param in context.command.params if getattr(param, "is_flag", False) for each in param.opts}
    if name in flags:
        return _("Option {name} does not take a value.").format(name=quoted(name))
    return _("Option {name} requires an argument.").format(name=quoted(name))


def of_the_system(error: OSError) -> str:
    """Return what is wrong with a file, or with our output if the error names no file."""
    reason = _reasons().get(error.errno or 0) or error.strerror or str(error)
    return f"{error.filename}: {reason}" if error.filename else reason


def _reasons() -> dict[int, str]:
    """Return the messages for the common error numbers."""
    return {
        errno.ENOENT: _("No such file or directory"),
        errno.EACCES: _("Permission denied"),
        errno.EPERM: _("Operation not permitted"),
        errno.EISDIR: _("Is a directory"),
        errno.ENOTDIR: _("Not a directory"),
        errno.EEXIST: _("File exists"),
        errno.ENAMETOOLONG: _("File name too long"),
        errno.ELOOP: _("Too many levels of symbolic links"),
        errno.ENOSPC: _("No space left on device"),
        errno.EDQUOT: _("Disk quota exceeded"),
        errno.EROFS: _("Read-only file system"),
        errno.EIO: _("Input/output error"),
        errno.EFBIG: _("File too large"),
        errno.EMFILE: _("Too many open files"),
        errno.EBUSY: _("Device or resource busy"),
        errno.EINVAL: _("Invalid argument"),
    }
