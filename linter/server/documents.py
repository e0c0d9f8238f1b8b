"""The documents that an editor has open: what was found in which version of each, and what of that is shown where."""

from lsprotocol import types

from linter.source.frozen import Frozen

from .diagnostics import diagnostics, problem, ranges, uri_of
from .judge import Verdict
from .positions import Text


class Judged(Frozen):
    """One version of a document as it was judged: what is shown, by URI, its own first."""

    version: int | None
    text: Text
    verdict: Verdict
    shown: dict[str, list[types.Diagnostic]]


class Open:
    """A document that is open. `ticket` is the number of the last request to judge it: older answers are dropped."""

    def __init__(self, uri: str, path: str) -> None:
        self.uri = uri
        self.path = path
        self.ticket = 0
        self.judged: Judged | None = None


_MOST_OTHERS = 20


def judged(uri: str, version: int | None, text: Text, verdict: Verdict, encoding: str) -> Judged:
    """What is to be shown of a verdict: at the document, and in a few other files that it concerns."""
    found = diagnostics(verdict, ranges(encoding, text))
    shown = {uri: [*problem(verdict), *found.pop(text.source.path, [])]}
    for path, each in list(found.items())[:_MOST_OTHERS]:
        shown.setdefault(uri_of(path), []).extend(each)
    if verdict.faults and not shown[uri]:
        where = verdict.faults[0].span.source.path
        told = Verdict(problem=f"the configuration is faulty: {where}")
        shown[uri] = problem(told)
    return Judged(version, text, verdict, shown)


class Documents:
    """All open documents by URI."""

    def __init__(self) -> None:
        self.open: dict[str, Open] = {}
        self._elsewhere: set[str] = set()

    def close(self, uri: str) -> None:
        """Forget a document; an answer that is still awaited is dropped."""
        held = self.open.pop(uri, None)
        if held is not None:
            held.ticket += 1

    def elsewhere(self) -> dict[str, list[types.Diagnostic]]:
        """What is to be shown in files that are not open, each thing once; nothing where something was before."""
        found: dict[str, list[types.Diagnostic]] = {uri: [] for uri in self._elsewhere}
        for document in self.open.values():
            for uri, each in document.judged.shown.items() if document.judged is not None else ():
                if uri not in self.open:
                    held = found.setdefault(uri, [])
                    held.extend(one for one in each if one not in held)
        self._elsewhere = {uri for uri, each in found.items() if each}
        return found
