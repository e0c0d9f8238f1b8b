"""What is found in the place of a record that mail asks for: in which state, and as text."""

from typing import Literal, TypeAlias

from linter.lookup.answer import Answer, Exchange
from linter.zone.model import Srv

State: TypeAlias = Literal["present", "missing", "differs", "elsewhere", "unknown"]
"""What is asked for is there; nothing is; something else is; an alias leads out of what is known; it is not known."""


def presented(answer: Answer) -> tuple[str, ...]:
    """The values of an answer as text."""
    return tuple(
        f"{value.preference} {value.host}" if isinstance(value, Exchange) else value for value in answer.values
    )


def srv_text(value: Srv) -> str:
    """A service record as octoDNS presents it."""
    return f"{value.priority} {value.weight} {value.port} {value.target.name}"
