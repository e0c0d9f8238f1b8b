"""The words of annotations, without `typing`: to load it costs 2.7 ms, a twentieth of the check of one file.

A run looks at no annotation, so that anything that may be subscripted, be joined by `|` and be a base will do. To type
checkers these are the words of `typing`, and to ruff by its setting `typing-modules`. Those of `collections.abc` are
here for the modules that an unchanged run loads, of which `collections` with what it needs would be a tenth.
"""

__all__ = [
    "IO",
    "TYPE_CHECKING",
    "Any",
    "BinaryIO",
    "Callable",
    "ClassVar",
    "Final",
    "Generic",
    "Iterable",
    "Iterator",
    "Literal",
    "Mapping",
    "NoReturn",
    "Protocol",
    "Self",
    "Sequence",
    "TextIO",
    "TypeAlias",
    "TypeVar",
    "cast",
    "get_args",
]

TYPE_CHECKING = False

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import (
        IO,
        Any,
        BinaryIO,
        ClassVar,
        Final,
        Generic,
        Literal,
        NoReturn,
        Protocol,
        Self,
        TextIO,
        TypeAlias,
        TypeVar,
        cast,
        get_args,
    )
else:

    class _Word:
        """Stands for any word."""

        __slots__ = ()
        __class_getitem__ = classmethod(type(list[int]))  # `types` has a name for it

    IO = Any = BinaryIO = ClassVar = Final = Generic = Literal = NoReturn = Protocol = Self = TextIO = TypeAlias = _Word
    Callable = Iterable = Iterator = Mapping = Sequence = _Word

    def TypeVar(name, *bounds, **bound):  # noqa: N802  # as typing calls it
        """A variable may be anything."""
        return _Word

    def cast(kind, value):
        """The value, as it is."""
        return value

    def get_args(alias):
        """The words of a Literal."""
        return alias.__args__
