"""A resolver that is made when the first question reaches it."""

from collections.abc import Callable

from .answer import Answer, Resolver


class Lazy:
    """Stands for the resolver that `make` gives; what `make` raises, the first lookup raises."""

    def __init__(self, make: Callable[[], Resolver]) -> None:
        self._make = make
        self._made: Resolver | None = None

    def lookup(self, name: str, kind: str) -> Answer:
        """The answer for an absolute lower-case name and a record type, aliases followed."""
        if self._made is None:
            self._made = self._make()
        return self._made.lookup(name, kind)
