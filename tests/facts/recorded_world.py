"""A world of recorded answers for facts that hold over any resolver, and one that counts what it is asked."""

import json
from collections.abc import Mapping
from typing import Any, TypeAlias

from linter.lookup.answer import Answer, Resolver
from linter.lookup.recorded import Recorded
from linter.lookup.recorded_reader import read_recording
from linter.source.text import Source

Names: TypeAlias = Mapping[str, Any]


def world(names: Names, complete: bool = True) -> Recorded:
    """Names to a status word or to types, each a status word or values in presentation format."""
    text = json.dumps({"version": 1, "complete": complete, "answers": dict(names)})
    recording = read_recording(Source("answers.yaml", text))
    assert recording.faults == ()
    return Recorded([recording])


def records(**texts: str) -> dict[str, dict[str, list[str]]]:
    """SPF records at names: `a_b="…"` is the record of `a-b.example`."""
    return {f"{name.replace('_', '-')}.example": {"TXT": [text]} for name, text in texts.items()}


class Counting:
    """A resolver that remembers its questions."""

    def __init__(self, resolver: Resolver) -> None:
        self.resolver = resolver
        self.questions: list[tuple[str, str]] = []

    def lookup(self, name: str, kind: str) -> Answer:
        """The answer of the resolver behind it."""
        self.questions.append((name, kind))
        return self.resolver.lookup(name, kind)
