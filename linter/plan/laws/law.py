"""What a law is: it answers for two moments of an estate what must not lie between them."""

from collections.abc import Callable, Iterator

from linter.plan.estate import View
from linter.source.frozen import Frozen
from linter.source.typed import TypeAlias

QUICK = 300
"""Seconds that caches may keep what people may want to take back at once."""


class Broken(Frozen):
    """A law that a change breaks: what is wrong about which name, and what to do first."""

    law: str
    message: str
    name: str
    insert: str = ""


Judge: TypeAlias = Callable[[View, View], Iterator[Broken]]
"""What must not lie between the moment before and the one after, whatever caches and servers still have of either."""


class Law(Frozen):
    """An ordering law by its number, with what says so; `judge` looks at two moments."""

    number: str
    title: str
    source: str
    judge: Judge
