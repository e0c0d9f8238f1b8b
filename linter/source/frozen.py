"""Frozen values with named fields: what `typing.NamedTuple` gives, at a sixth of its cost to define.

NamedTuple compiles a constructor for each class: 48 us where this takes 8, and a check of one file defines some 180 of
them, which is a seventh of its CPU time (Python 3.11, byte code cached, least of nine). Here all share one constructor:
to make an instance takes a sixth longer, with defaults or by name two and a half times as long, so that hot loops call
`tuple.__new__(Class, (…))`. An instance is a tuple, as small as there. To type checkers it is NamedTuple, so that what
is unpacked has the types of the fields.
"""

from typing import TYPE_CHECKING, Any, ClassVar, Self

__all__ = ["Frozen"]

if TYPE_CHECKING:
    from typing import NamedTuple as Frozen
else:
    from _collections import _tuplegetter  # what namedtuple makes its fields of

    class _Fields(type):
        """Turns the annotated names of a class body into the fields of a tuple; a default is what stands there."""

        def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> "_Fields":
            body["__slots__"] = ()
            annotated = body.get("__annotations__")
            made = super().__new__(cls, name, bases, body) if annotated is None else None
            if annotated is None and made is not None:
                # Python 3.14 evaluates annotations when they are asked for, which only the class itself can be.
                annotated = getattr(made, "__annotations__", {}) if "__annotate_func__" in body else {}
            fields = tuple(field for field in annotated or () if not field.startswith("_"))
            defaults = {field: body.pop(field) for field in fields if field in body}
            if made is None:
                made = super().__new__(cls, name, bases, body)
            for index, field in enumerate(fields):
                setattr(made, field, _tuplegetter(index, ""))
            about = {"_fields": fields, "_field_defaults": defaults, "_count": len(fields), "__match_args__": fields}
            for field, held in about.items():
                setattr(made, field, held)
            return made

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
