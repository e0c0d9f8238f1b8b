"""One record that declared mail asks for, with what stands in its place."""

from linter.lookup.answer import FOUND, Answer, Exchange
from linter.source.frozen import Frozen
from linter.source.text import Span
from linter.source.typed import Literal, TypeAlias
from linter.zone.model import Srv

State: TypeAlias = Literal["present", "missing", "differs", "elsewhere", "unknown"]
"""What is asked for is there; nothing is; something else is; an alias leads out of what is known; it is not known."""


Purpose: TypeAlias = Literal[
    "receive", "send", "sign", "return", "policy", "report", "verify", "autodiscover", "client"
]


class Required(Frozen):
    """One record that is asked for.

    `values` are what to publish, in the presentation of octoDNS, empty where only the vendor can say it: then `hint`
    tells where to look. `found` is what stands there, for keys and Autodiscover with `spans`, `beside` what else its
    set holds and must keep. `system` is who needs it, "" for the domain. `in_vain` is an SPF record with all terms by
    which receivers would still refuse a sender of it: never to be proposed, but to be shown to be refused.
    """

    name: str
    type: str
    purpose: Purpose
    system: str
    values: tuple[str, ...]
    state: State
    found: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    hint: str = ""
    beside: tuple[str, ...] = ()
    in_vain: str = ""

    @property
    def is_lacking(self) -> bool:
        """Whether something is to be done: it is missing, something else is there, or it is to look up first."""
        is_open = self.state == "unknown" and bool(self.hint) and not self.values
        return self.state in ("missing", "differs") or is_open


def state_of(answer: Answer, is_right: bool) -> State:
    """What stands in a place that should hold a value; an alias to where nobody can look is not missing."""
    if answer.status == FOUND:
        return "present" if is_right else "differs"
    if answer.is_empty:
        return "missing"
    return "elsewhere" if answer.steps else "unknown"


def presented(answer: Answer) -> tuple[str, ...]:
    """The values of an answer as text."""
    return tuple(
        f"{value.preference} {value.host}" if isinstance(value, Exchange) else value for value in answer.values
    )


def srv_text(value: Srv) -> str:
    """A service record as octoDNS presents it."""
    return f"{value.priority} {value.weight} {value.port} {value.target.name}"


def texts_beside(answer: Answer, records: list[str]) -> tuple[str, ...]:
    """The other texts of a name; what a wildcard answers belongs to no name."""
    own = answer.values if not answer.owner.startswith("*.") else ()
    return tuple(value for value in own if isinstance(value, str) and value not in records)
