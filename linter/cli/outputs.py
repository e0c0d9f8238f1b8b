"""Where reports go: `--format NAME[=FILE]`, as often as it is given."""

import sys
from collections.abc import Iterable, Sequence

from linter.records.fault import one_of
from linter.source.frozen import Frozen

from .policy import Refused
from .streams import say, write_lines


class Output(Frozen):
    """One report: its format, and the file it is written into, "" for standard output."""

    name: str
    file: str


def outputs(given: Sequence[str] | None, formats: tuple[str, ...]) -> tuple[Output, ...]:
    """What the options ask for; without any, the first format. Raises Refused."""
    found = []
    for each in given or formats[:1]:
        name, _, file = each.partition("=")
        if name not in formats:
            raise Refused(f"there is no format `{name}`; expected one of {one_of(formats)}")
        found.append(Output(name, file))
    if sum(1 for output in found if not output.file) > 1:
        raise Refused("two formats for standard output; give one of them a file: `-f json=FILE`")
    return tuple(found)


def write_report(lines: Iterable[str], file: str) -> bool:
    """Write a report; whether that was possible."""
    try:
        if not file:
            write_lines(lines, sys.stdout)
            return True
        with open(file, "w", encoding="utf-8", errors="backslashreplace") as stream:
            write_lines(lines, stream)
    except (OSError, ValueError) as error:
        say(f"cannot write {file or 'standard output'}: {getattr(error, 'strerror', None) or error}")
        return False
    return True
