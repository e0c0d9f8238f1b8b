"""The facts of a zone that stands in a string, for facts that are computed over records of one zone."""

from collections.abc import Mapping

from linter.facts.facts import Facts, Publishing
from linter.facts.texts import Parsers
from linter.facts.transport.sts_policies import PolicyFile
from linter.run.estate import Estate
from linter.source.text import Source

from .recorded_world import Names, world


def facts_of(
    text: str,
    others: Mapping[str, str] | None = None,
    answers: Names | None = None,
    policies: Mapping[str, PolicyFile] | None = None,
) -> Facts:
    """The facts of `example.com`, among other zones by the names of their files; beyond them `answers` are known."""
    estate = Estate(sorted(others or ()), ".", [world(answers, complete=False)] if answers is not None else [])
    for path, other in {**(others or {}), "example.com.yaml": text}.items():
        estate.add(Source(path, other))
        assert estate.document(path).faults == ()
    index = estate.index(estate.zones_of("example.com.yaml")[0])
    assert index is not None
    return Facts(index, estate.resolver, estate, Publishing(), Parsers(), policies)


def txt(value: str, name: str = "''") -> str:
    """One name with one TXT record."""
    return f"{name}: {{type: TXT, value: '{value}'}}\n"
