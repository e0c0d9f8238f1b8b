"""PyYAML as the judge of what a text means, and the scalars of a tree of ours to hold against it."""

from collections.abc import Iterator
from typing import Any

import yaml

from linter.source.tree import Mapping, Node, Scalar, Sequence, unalias


class Unlike(Exception):
    """Two keys are one to Python and two to us, or the other way round: nothing to compare."""


class Judge(yaml.SafeLoader):
    """PyYAML with keys, dates and bytes left as text, and merge keys as YAML 1.1 has them.

    PyYAML 6.0.4 tells merged keys apart by the identity of their texts, so that a key of one letter merges otherwise
    than a longer one and the first mapping of a list no longer wins: that is no judge. This is how all before it merge.
    """

    def flatten_mapping(self, node: yaml.MappingNode) -> None:
        """Put what `<<` brings before the mapping's own entries; of a list of mappings the first one wins."""
        own: list[tuple[yaml.Node, yaml.Node]] = []
        merged: list[tuple[yaml.Node, yaml.Node]] = []
        for key, value in node.value:
            if key.tag != "tag:yaml.org,2002:merge":
                own.append((key, value))
                continue
            sources = value.value[::-1] if isinstance(value, yaml.SequenceNode) else [value]
            for source in sources:
                if not isinstance(source, yaml.MappingNode):
                    raise yaml.constructor.ConstructorError(None, None, "expected a mapping", value.start_mark)
            for source in reversed(sources):
                self.flatten_mapping(source)
            for source in sources:
                merged += source.value
        node.value = merged + own


def as_mapping(loader: yaml.SafeLoader, node: yaml.MappingNode) -> dict[str, Any]:
    loader.flatten_mapping(node)
    entries: dict[Any, tuple[str, Any]] = {}
    for key, value in node.value:
        typed = loader.construct_object(key, deep=True)
        known = entries.get(typed)
        if known and known[0] != key.value:
            raise Unlike
        entries[typed] = (key.value, loader.construct_object(value, deep=True))
    found = dict(entries.values())
    if len(found) != len(entries):
        raise Unlike
    return found


def as_text(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> str:
    return str(loader.construct_scalar(node))


Judge.add_constructor("tag:yaml.org,2002:map", as_mapping)
Judge.add_constructor("tag:yaml.org,2002:timestamp", as_text)
Judge.add_constructor("tag:yaml.org,2002:binary", as_text)
NO_JUDGEMENT = object()
# What PyYAML makes sets and lists of pairs of; our tree keeps the shape that is written.
OTHER_SHAPES = ("!!set", "!!omap", "!!pairs", "tag:yaml.org,2002:")


def judged(text: str) -> object:
    """What PyYAML makes of a text; NO_JUDGEMENT where it refuses it, also by crashing."""
    try:
        return yaml.load(text, Judge)
    except (yaml.YAMLError, Unlike, ValueError, LookupError, ArithmeticError, TypeError, AttributeError):
        return NO_JUDGEMENT


def scalars(node: Node) -> Iterator[Scalar]:
    """The scalars of a tree that is no larger than its text."""
    plain, _ = unalias(node)
    if isinstance(plain, Scalar):
        yield plain
    for child in plain.items if isinstance(plain, Sequence) else ():
        yield from scalars(child)
    for child in (*plain.keys, *plain.values) if isinstance(plain, Mapping) else ():
        yield from scalars(child)
