"""PyYAML's binding to libyaml, loaded without compiling the patterns of the pure-Python reader beside it.

The binding cannot be had without the rest of PyYAML, whose readers and resolvers compile fifteen patterns when they
are imported. Nothing here uses them, and they take a tenth of a run over one file. While PyYAML is imported they
are made of `Pattern`, which compiles when it is used, so that they still work for whoever does use them.
"""

import re

from .pattern import Pattern

_compile = re.compile
re.compile = Pattern  # type: ignore[assignment]  # has all that PyYAML asks of a pattern
try:
    from yaml import YAMLError
    from yaml._yaml import CParser
    from yaml.events import (
        AliasEvent,
        DocumentStartEvent,
        MappingEndEvent,
        MappingStartEvent,
        ScalarEvent,
        SequenceEndEvent,
        SequenceStartEvent,
        StreamEndEvent,
    )
finally:
    re.compile = _compile

__all__ = [
    "AliasEvent",
    "CParser",
    "DocumentStartEvent",
    "MappingEndEvent",
    "MappingStartEvent",
    "ScalarEvent",
    "SequenceEndEvent",
    "SequenceStartEvent",
    "StreamEndEvent",
    "YAMLError",
]
