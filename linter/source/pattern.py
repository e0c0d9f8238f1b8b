"""A regular expression that is compiled when it is first used: of the many in the grammars, a run needs few."""

from .typed import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterator

_METHODS = ("match", "fullmatch", "search", "finditer", "findall", "sub", "split")


class Pattern:
    """As `re.compile` gives it, with the methods that are used here."""

    def __new__(cls, pattern: str, flags: int = 0) -> "Pattern":
        """One that waits for its first use."""
        return object.__new__(_Waiting)

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern = pattern
        self._flags = flags

    if TYPE_CHECKING:

        def match(self, text: str, position: int = 0, end: int = ...) -> re.Match[str] | None: ...
        def fullmatch(self, text: str, position: int = 0, end: int = ...) -> re.Match[str] | None: ...
        def search(self, text: str, position: int = 0, end: int = ...) -> re.Match[str] | None: ...
        def finditer(self, text: str, position: int = 0, end: int = ...) -> Iterator[re.Match[str]]: ...
        def findall(self, text: str, position: int = 0, end: int = ...) -> list[Any]: ...
        def sub(self, replacement: str | Callable[[re.Match[str]], str], text: str, count: int = 0) -> str: ...
        def split(self, text: str, most: int = 0) -> list[Any]: ...


class _Waiting(Pattern):
    """A pattern that has not been used. Its class changes with its first use: `__getattr__` slows all look-ups."""

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            if name not in _METHODS:
                raise AttributeError(name)
            import re  # takes longer to load than an unchanged run to say again what it has said

            compiled = re.compile(self.pattern, self._flags)
            for method in _METHODS:
                setattr(self, method, getattr(compiled, method))
            self.__class__ = Pattern
            return getattr(compiled, name)
