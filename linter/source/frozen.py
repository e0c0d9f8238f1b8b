"""Frozen values with named fields: what `typing.NamedTuple` gives, at a sixth of its cost to define.

NamedTuple compiles a constructor for each class: 48 us where this takes 7, and a check of one file defines some 180 of
them, which is a seventh of its CPU time (Python 3.11, byte code cached, least of nine). Here all share one constructor:
to make an instance takes a sixth longer, with defaults or by name two and a half times as long, so that hot loops call
`tuple.__new__(Class, (…))`. An instance is a tuple, as small as there. To type checkers it is NamedTuple, so that what
is unpacked has the types of the fields.
"""

from .typed import TYPE_CHECKING, Any, ClassVar, Self

__all__ = ["Frozen"]

if TYPE_CHECKING:
    from typing import NamedTuple as Frozen
else:
    from _collections import _tuplegetter  # what namedtuple makes its fields of

    class _Fields(type):
        """Turns the annotated names of a class body into the fields of a tuple; a default is what stands there."""

        def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> "_Fields":
            body["__slots__"] = ()
            if "__annotate_func__" not in body:
                _lay_out(body, body.get("__annotations__", {}))
                return super().__new__(cls, name, bases, body)
            # Python 3.14 evaluates annotations when they are asked for, which only the class itself can be.
            made = super().__new__(cls, name, bases, body)
            laid_out = body.copy()
            _lay_out(laid_out, made.__annotations__)
            for field, held in laid_out.items():
                if held is not body.get(field):
                    setattr(made, field, held)
            return made

    def _lay_out(body: dict[str, Any], annotated: dict[str, Any]) -> None:
        """Put into a class body what makes its annotated names the fields of a tuple."""
        fields, defaults = [], {}
        for field in annotated:
            if field[0] != "_":
                if field in body:
                    defaults[field] = body[field]
                body[field] = _GETTERS[len(fields)]
                fields.append(field)
        body["_fields"] = body["__match_args__"] = tuple(fields)
        body["_field_defaults"] = defaults
        body["_count"] = len(fields)

    _GETTERS = [_tuplegetter(index, "") for index in range(64)]
    """Those of all classes: which field they get is all that they know. More fields no value should have."""

    class Frozen(tuple[Any, ...], metaclass=_Fields):
        """A frozen value; subclasses annotate their fields, those with defaults last."""

        _fields: ClassVar[tuple[str, ...]]
        _field_defaults: ClassVar[dict[str, Any]]
        _count: ClassVar[int]

        def __new__(cls, *values: Any, **named: Any) -> Self:
            """The fields in their order, or by name."""
            if named or len(values) != cls._count:
                values = cls._complete(values, named)
            return tuple.__new__(cls, values)

        @classmethod
        def _complete(cls, values: tuple[Any, ...], named: dict[str, Any]) -> tuple[Any, ...]:
            """All fields, from those given and the defaults. Raises TypeError as any constructor would."""
            complete = list(values)
            for field in cls._fields[len(values) :]:
                if field in named:
                    complete.append(named.pop(field))
                elif field in cls._field_defaults:
                    complete.append(cls._field_defaults[field])
                else:
                    raise TypeError(f"{cls.__name__} lacks {field!r}")
            if named or len(complete) != cls._count:
                raise TypeError(f"{cls.__name__} takes {cls._fields}, not {len(values)} values and {sorted(named)}")
            return tuple(complete)

        def _replace(self, **changes: Any) -> Self:
            """The same value with some fields changed."""
            values, fields = list(self), self._fields
            for field, held in changes.items():
                if field not in fields:
                    raise TypeError(f"{type(self).__name__} has no {field!r}")
                values[fields.index(field)] = held
            return tuple.__new__(type(self), values)

        def _asdict(self) -> dict[str, Any]:
            """The fields by their names."""
            return dict(zip(self._fields, self, strict=True))

        def __getnewargs__(self) -> tuple[Any, ...]:
            """What copies and pickles are made from."""
            return tuple(self)

        def __repr__(self) -> str:
            """As it would be written."""
            fields = ", ".join(f"{field}={held!r}" for field, held in zip(self._fields, self, strict=True))
            return f"{type(self).__name__}({fields})"
