"""How a report for people looks: colours, columns, and how much of it is told."""

from linter.source.frozen import Frozen


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
