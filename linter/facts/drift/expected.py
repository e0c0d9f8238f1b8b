"""What a zone's files say that its servers must answer, question by question."""

from linter.facts.facts import Facts, once
from linter.lookup.answer import NO_NAME, Answer, Step
from linter.lookup.asking import can_be_asked
from linter.lookup.served import ALIAS, FOUND, REFERRAL, UNKNOWN, Pair, Said
from linter.lookup.zone_index import ZoneIndex
from linter.lookup.zones import ask_zone
from linter.records.text.name import ancestors, parent
from linter.source.frozen import Frozen
from linter.source.text import Span
from linter.zone.model import Record, Value

from .names import is_made_by_servers, levels
from .values import declared_value, served_value
from .words import listed_values

AS_DECLARED = "as declared"
NOTHING = "nothing"
"""The view of who says that there is no such record."""


class Expected(Frozen):
    """One declared set: its owner, which may be a wildcard, and its records.

    `values` pairs each value in the one notation with where it is declared; `is_exact` is false where some value
    cannot be known exactly, so that nothing may be said of the set.
    """

    owner: str
    kind: str
    records: tuple[Record, ...]
    values: tuple[tuple[str, Value], ...]
    is_exact: bool

    @property
    def texts(self) -> tuple[str, ...]:
        """The values alone."""
        return tuple(text for text, _ in self.values)

    @property
    def span(self) -> Span:
        """Where the set is declared."""
        return self.records[0].span

    @property
    def ttl(self) -> int | None:
        """The TTL of the set; None where no file says, or several entries say different things."""
        ttls = {record.ttl for record in self.records}
        return next(iter(ttls)) if len(ttls) == 1 else None


class Expectations:
    """What is expected of one zone's servers."""

    def __init__(self, index: ZoneIndex) -> None:
        self.index = index
        self._known: dict[Pair, Expected] = {}
        self._listed: dict[str, list[tuple[Pair, Expected]]] = {}
        self._answers: dict[Pair, tuple[Answer, Step | None]] = {}
        self._answering: dict[Pair, Expected | None] = {}
        self._barren: dict[str, bool] = {}

    def of(self, owner: str, kind: str) -> Expected | None:
        """The set that is declared at exactly that name; None where none is."""
        records = self.index.records(owner, kind)
        if not records:
            return None
        pair = (owner, kind)
        if pair not in self._known:
            read = [(declared_value(kind, value), value) for record in records for value in record.values]
            values = tuple((text, value) for text, value in read if text is not None)
            is_exact = len(values) == len(read) and bool(values) and all(record.complete for record in records)
            self._known[pair] = Expected(owner, kind, tuple(records), values, is_exact)
        return self._known[pair]

    def sets(self, probe: str) -> list[tuple[Pair, Expected]]:
        """Every declared set that can be asked for, with the question for it: of a wildcard, a name it answers for.

        What lies below a delegation or a DNAME is not served from here, whatever the files say.
        """
        if probe not in self._listed:
            found = []
            for name, types in self.index.names.items():
                for kind in types:
                    asked = self.question(name, kind, probe)
                    expected = self.of(name, kind) if asked is not None else None
                    if asked is not None and expected is not None:
                        found.append((asked, expected))
            self._listed[probe] = found
        return self._listed[probe]

    def question(self, name: str, kind: str, probe: str) -> Pair | None:
        """What to ask in order to see a declared set; None where nobody can see it."""
        asked = f"{probe}.{name[2:]}" if name.startswith("*.") else name
        if not can_be_asked(asked) or is_made_by_servers(kind) or "/" in kind or kind == "URLFWD":
            return None
        if kind == "ALIAS":
            kind = "A"
        return None if self._is_hidden(asked, kind) else (asked, kind)

    def _is_hidden(self, name: str, kind: str) -> bool:
        """Whether a delegation or a DNAME answers in place of what the files have at a name."""
        index = self.index
        cut = index.cut_above(name)
        if cut is not None and not (cut == name and kind in ("NS", "DS")):
            return True
        return "DNAME" in index.by_type and any(index.records(above, "DNAME") for above in levels(index, name))

    def at(self, pair: Pair) -> Expected | None:
        """The declared set that answers a question, a wildcard's or an alias included; None where none does."""
        known = self._answering
        if pair not in known:
            if self._has_nothing(pair[0]):
                known[pair] = None
            else:
                answer, step = self._answer(pair)
                known[pair] = self.of(answer.owner, "CNAME" if step is not None else pair[1])
        return known[pair]

    def _has_nothing(self, name: str) -> bool:
        """Whether the files say that there is no such name.

        What they say of one name that is not there, they say of all beside it, for every type: most questions are
        about such.
        """
        if self.index.exists(name):
            return False
        above = parent(name)
        known = self._barren.get(above)
        if known is None:
            answer, step = ask_zone(self.index, name, "TXT")
            known = self._barren[above] = step is None and answer.status == NO_NAME
        return known

    def _answer(self, pair: Pair) -> tuple[Answer, Step | None]:
        """What the zone's files answer; each question is put several times on its way through a comparison."""
        held = self._answers.get(pair)
        if held is None:
            held = self._answers[pair] = ask_zone(self.index, *pair)
        return held

    def is_open(self, pair: Pair) -> bool:
        """Whether the files leave it to somebody else what stands there: the provider, or another zone."""
        name, kind = pair
        if self._has_nothing(name):
            return False
        answer, step = self._answer(pair)
        return (step is None and answer.status == UNKNOWN) or self._is_hidden(name, kind)

    def is_left(self, pair: Pair) -> bool:
        """Whether the files say that nothing answers a question, so that whatever does is nobody's declaration."""
        if self._has_nothing(pair[0]):
            self._answering[pair] = None  # this is asked again when the question is put
            return True
        return self.at(pair) is None and not self.is_open(pair)

    def place(self, pair: Pair) -> Span:
        """Where to speak of something that no file declares: at the nearest name above that has records."""
        name = next((above for above in ancestors(pair[0], self.index.zone.name) if above in self.index.names), "")
        types = self.index.names.get(name, {})
        records = types.get(pair[1]) or next(iter(types.values()), None)
        return records[0].name_span if records else Span(self.index.zone.sources[0], 0, 0)

    def view(self, pair: Pair, said: Said) -> str:
        """What a server says as one text, equal where servers say the same."""
        if said.status not in (FOUND, ALIAS, REFERRAL):
            return NOTHING
        kind = "CNAME" if said.status == ALIAS else pair[1]
        if said.status == REFERRAL:
            kind = "NS"
        values = sorted({served_value(kind, value) or value for value in said.values})
        return f"{kind} " + "\n".join(values)

    def told(self, pair: Pair, view: str) -> str:
        """A view in words, as short as it can be."""
        expected = self.at(pair)
        kind, _, rest = view.partition(" ")
        if expected is not None and expected.kind == kind and sorted(set(expected.texts)) == rest.split("\n"):
            return AS_DECLARED
        if view == NOTHING:
            return "nothing"
        lead = "" if kind == pair[1] else f"{kind} "
        return f"{lead}{listed_values(rest.split(chr(10)))}"


@once
def expectations(facts: Facts) -> Expectations:
    """What the files say that the zone's servers must answer."""
    return Expectations(facts.index)
