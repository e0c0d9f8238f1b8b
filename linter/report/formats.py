"""Which formats there are for findings, and what each of them is given; one is imported when somebody asks for it."""

import sys
from collections.abc import Callable, Iterable

from linter.finding import Finding
from linter.source.frozen import Frozen
from linter.source.typed import TYPE_CHECKING

from .counts import Counts
from .suppressed import Suppressed

if TYPE_CHECKING:
    from .domain import Domains

_MODULES = {
    "text": "text",
    "concise": "concise",
    "grouped": "grouped",
    "json": "json_format",
    "jsonl": "jsonl",
    "sarif": "sarif",
    "github": "github",
    "gitlab": "gitlab",
    "junit": "junit",
    "checkstyle": "checkstyle",
    "rdjson": "rdjson",
    "markdown": "markdown",
    "html": "html",
}
"""The file of each format in this folder; its `lines` makes the lines of a report."""

FORMATS = tuple(_MODULES)
"""The names of the formats; the first is for people at a terminal."""


def _as_given(path: str) -> str:
    return path


def _no_domains(most: int) -> "Domains":
    from .domain import Domains

    return Domains()


class Style(Frozen):
    """How to write: with colours or not, how many columns there are, and whether to end with a summary.

    `done` is what the summary says was done with the zones. `all_places` is whether every place of equal findings is
    named, and every file that was skipped; `statistics` whether the table comes after few findings, too. `links` is
    whether paths and names of rules lead to the files and pages, as some terminals can.
    """

    colour: bool = False
    columns: int = 100
    summary: bool = True
    done: str = "checked"
    all_places: bool = False
    statistics: bool = False
    links: bool = False


class Report(Frozen):
    """What a command found, with all that any format needs to tell it.

    `findings` are sorted by path. `relative` makes a path one below the root of the repository, with slashes, where it
    lies there. `domains` describes the mail of at most so many domains of the zones, which takes long and is asked only
    by formats for people.
    `suppressed` are findings that do not count.
    """

    findings: tuple[Finding, ...]
    counts: Counts
    style: Style = Style()
    relative: Callable[[str], str] = _as_given
    domains: "Callable[[int], Domains]" = _no_domains
    suppressed: tuple[Suppressed, ...] = ()


def report_lines(name: str, report: Report) -> Iterable[str]:
    """A report in the format of that name, line by line without line ends."""
    # importlib would do the same and costs a millisecond to load.
    path = f"{__package__}.{_MODULES[name]}"
    __import__(path)
    lines: Iterable[str] = sys.modules[path].lines(report)
    return lines
