"""An editor completes and explains every key of a programme file, as the YAML language server does it with our schema.

`YAML_LANGUAGE_SERVER` is the command that starts it, such as `node_modules/.bin/yaml-language-server`.
"""

from __future__ import annotations

import json
import os
import shlex
import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from kzfest.programme.reading.schema import json_schema
from kzfest.programme.reading.template import template

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

COMMAND = os.environ.get("YAML_LANGUAGE_SERVER")
pytestmark = pytest.mark.skipif(not COMMAND, reason="YAML_LANGUAGE_SERVER names no language server")
MODELINE = "# yaml-language-server: $schema=kzfest.schema.json\n"
SCHEMA = json_schema()


class Level(NamedTuple):
    """A mapping of the format: the lines that lead to it, the beginning of its first line, and its keys."""

    name: str
    lines: tuple[str, ...]
    begin: str
    keys: dict[str, Any]


def levels(schema: Any, name: str = "", lines: tuple[str, ...] = (), begin: str = "") -> Iterator[Level]:
    """Yield the mapping of *schema*, and those inside it."""
    yield Level(name, lines, begin, schema["properties"])
    indent = " " * len(begin)
    for key, value in schema["properties"].items():
        for inner, opening in mappings(value):
            heads = (f"{begin}{key}:", *(f"{indent}  {line}" for line in opening[:-1]))
            yield from levels(inner, f"{name}/{key}", (*lines, *heads), f"{indent}  {opening[-1]}")


def mappings(schema: Any) -> Iterator[tuple[Any, tuple[str, ...]]]:
    """Yield the mappings with keys of ours that a value of *schema* is or has, and what stands before their keys."""
    if "$ref" in schema:
        yield from mappings(SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]])
    elif "properties" in schema:
        yield schema, ("",)
    for each in schema.get("anyOf", []) + schema.get("oneOf", []):
        yield from mappings(each)
    if "items" in schema:
        yield from ((inner, ("- ",)) for inner, _opening in mappings(schema["items"]))
    for value in [schema.get("additionalProperties"), *schema.get("patternProperties", {}).values()]:
        if isinstance(value, dict):
            yield from ((inner, ("some-key:", "  ")) for inner, _opening in mappings(value))


LEVELS = list(levels(SCHEMA))


class Server:
    """A language server, which we speak to over its standard input and output."""

    def __init__(self, process: subprocess.Popen[bytes], folder: Path) -> None:
        self._process = process
        self._folder = folder
        self._asked = 0
        self._opened = 0
        self.ask("initialize", processId=None, rootUri=folder.as_uri(), capabilities={})
        self._send("initialized")
        settings = {"yaml": {"hover": True, "completion": True, "validate": True, "schemaStore": {"enable": False}}}
        self._send("workspace/didChangeConfiguration", settings=settings)

    def ask(self, method: str, **params: Any) -> Any:
        """Return the answer to a request."""
        self._asked += 1
        self._write({"id": self._asked, "method": method, "params": params})
        while (message := self._read()).get("id") != self._asked or "method" in message:
            if "id" in message:  # the server asks too, for what we do not have
                self._write({"id": message["id"], "result": None})
        return message["result"]

    def open(self, text: str) -> str:
        """Open a document, and return its address."""
        self._opened += 1
        uri = (self._folder / f"{self._opened}.yaml").as_uri()
        self._send("textDocument/didOpen", textDocument={"uri": uri, "languageId": "yaml", "version": 1, "text": text})
        return uri

    def diagnostics(self, uri: str) -> Any:
        """Return what the server finds wrong in an open document."""
        while (message := self._read()).get("method") != "textDocument/publishDiagnostics" or (
            message["params"]["uri"] != uri
        ):
            if "id" in message:
                self._write({"id": message["id"], "result": None})
        return message["params"]["diagnostics"]

    def _send(self, method: str, **params: Any) -> None:
        self._write({"method": method, "params": params})

    def _write(self, message: dict[str, Any]) -> None:
        data = json.dumps({"jsonrpc": "2.0"} | message).encode()
        assert self._process.stdin
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(data), data))
        self._process.stdin.flush()

    def _read(self) -> Any:
        assert self._process.stdout
        length = 0
        while line := self._process.stdout.readline().strip():
            if line.lower().startswith(b"content-length:"):
                length = int(line.partition(b":")[2])
        assert length, "the language server has ended"
        return json.loads(self._process.stdout.read(length))


@contextmanager
def started(folder: Path) -> Iterator[Server]:
    command = [*shlex.split(str(COMMAND)), "--stdio"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        try:
            yield Server(process, folder)
        finally:
            process.kill()


@pytest.fixture(name="server", scope="module")
def _server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return a language server in a folder that has the schema where the manual says."""
    folder = tmp_path_factory.mktemp("editor")
    (folder / "kzfest.schema.json").write_text(json.dumps(SCHEMA), encoding="utf-8")
    with started(folder) as server:
        yield server


@pytest.mark.parametrize("level", LEVELS, ids=lambda level: level.name or "file")
def test_every_key_is_completed_with_its_description(server: Server, level: Level) -> None:
    text = MODELINE + "".join(f"{line}\n" for line in level.lines) + level.begin
    uri = server.open(text)
    position = {"line": text.count("\n"), "character": len(level.begin)}

    answer = server.ask("textDocument/completion", textDocument={"uri": uri}, position=position)

    items = answer["items"] if isinstance(answer, dict) else answer
    offered = {item["label"]: str(item.get("documentation")) for item in items}
    assert [key for key, field in level.keys.items() if field["description"] not in offered.get(key, "")] == []


@pytest.mark.parametrize("level", LEVELS, ids=lambda level: level.name or "file")
def test_every_key_is_explained_with_its_description_and_example(server: Server, level: Level) -> None:
    indent = " " * len(level.begin)
    lines = [f"{indent if number else level.begin}{key}:" for number, key in enumerate(level.keys)]
    text = MODELINE + "".join(f"{line}\n" for line in (*level.lines, *lines))
    uri = server.open(text)
    first = 1 + len(level.lines)

    told = {
        key: server.ask(
            "textDocument/hover",
            textDocument={"uri": uri},
            position={"line": first + number, "character": len(indent) + 1},
        )
        for number, key in enumerate(level.keys)
    }

    shown = {key: plain(answer["contents"]["value"]) if answer else "" for key, answer in told.items()}
    unexplained = [key for key, field in level.keys.items() if plain(field["description"]) not in shown[key]]
    without_example = [
        (key, example)
        for key, field in level.keys.items()
        for example in field["examples"]
        if plain(json.dumps(example, ensure_ascii=False)) not in shown[key]
    ]
    assert (unexplained, without_example) == ([], [])


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (template("Village fair", "en", commands=()), []),
        ("format: 1\nevents: []\n", ['Missing property "programme".']),
    ],
    ids=("template", "no programme"),
)
def test_editor_marks_what_is_wrong_and_nothing_else(server: Server, text: str, wrong: list[str]) -> None:
    uri = server.open(text if text.startswith(MODELINE) else MODELINE + text)

    assert [each["message"] for each in server.diagnostics(uri)] == wrong


def plain(markdown: str) -> str:
    """Return the letters of *markdown*."""
    return "".join(letter for letter in markdown if letter.isalnum())
