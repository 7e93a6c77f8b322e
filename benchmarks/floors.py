"""The least that Python, Typer and Rich cost by themselves: one-file programs, run by name."""

from __future__ import annotations

BARE = """
import typer
app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
@app.command()
def main(version: bool = typer.Option(False, "--version")) -> None:
    typer.echo("bare 1.0")
app()
"""
"""A Typer program of one command, which prints a line."""

RICH_TABLE = """
import typer
app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
@app.command()
def main() -> None:
    from rich.console import Console
    from rich.table import Table
    table = Table("When", "Event", "Where", "Id")
    for number in range(10):
        title = f"An event with a title of its own, number {number}"
        table.add_row("17 Dec 2023", title, "A hall in the town", f"event-{number}")
    Console().print(table)
app()
"""
"""The same with a Rich table of ten rows."""

YAML_LOAD = """
import sys
import yaml
with open(sys.argv[1], encoding="utf-8") as file:
    yaml.load(file, Loader=yaml.CSafeLoader)
"""
"""What a plain `yaml.load` of a file costs, with the C parser."""

PARSED_SCHEDULE = """
import sys
import xml.etree.ElementTree as ElementTree
import typer
app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
@app.command()
def main(file: str) -> None:
    typer.echo(len(list(ElementTree.parse(file).iter("event"))))
app()
"""
"""A Typer program of one command, which parses a schedule.xml and counts its events."""

PARSED_CALENDAR = """
import sys
from icalendar import Calendar
with open(sys.argv[1], "rb") as file:
    Calendar.from_ical(file.read())
"""
"""What the parse of a calendar file costs with icalendar."""

ICALENDAR = """
import sys
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo
from icalendar import Calendar, Event
zone, stamp, day = ZoneInfo("Asia/Almaty"), datetime(2023, 12, 1, tzinfo=UTC), date(2023, 12, 17)
calendar = Calendar()
calendar.add("version", "2.0")
calendar.add("prodid", "-//bare//bare//EN")
for number in range(int(sys.argv[1])):
    event = Event()
    timed = number % 3 == 0
    start = datetime(2023, 12, 17, 12, tzinfo=zone) if timed else day
    for key, value in (
        ("uid", f"event-{number}@bare.invalid"), ("dtstamp", stamp), ("last-modified", stamp),
        ("sequence", 0), ("summary", f"Event {number}"), ("status", "CONFIRMED"), ("categories", ["bare"]),
        ("dtstart", start), ("dtend", start + timedelta(days=1)), ("transp", "TRANSPARENT"),
        ("x-microsoft-cdo-busystatus", "FREE"), ("location", "Hall, Astana"), ("geo", (51.0, 71.4)),
        ("description", f"An event made up for measurements, number {number}.\\nSource: Nobody, Made up"),
    ):
        event.add(key, value)
    calendar.add_component(event)
sys.stdout.buffer.write(calendar.to_ical())
"""
"""So many components of the kind that an export writes, built and serialised by icalendar."""
