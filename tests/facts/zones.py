"""The facts of a zone that stands in a string, for facts that are computed over records of one zone."""

from linter.facts.facts import Facts, Publishing
from linter.facts.texts import Parsers
from linter.run.estate import Estate
from linter.source.text import Source


def facts_of(text: str) -> Facts:
    """The facts of `example.com`, which nobody outside knows anything about."""
    estate = Estate([], ".", [])
    estate.add(Source("example.com.yaml", text))
    assert estate.document("example.com.yaml").faults == ()
    index = estate.index(estate.zones_of("example.com.yaml")[0])
    assert index is not None
    return Facts(index, estate.resolver, estate, Publishing(), Parsers())
