"""check_host: what a receiver makes of an SPF record for one message (RFC 7208 sections 4 to 7)."""

from collections.abc import Callable
from typing import NamedTuple

from linter.lookup.answer import UNKNOWN, Answer, Exchange, Resolver
from linter.records.address import ip4_text, ip4_value, ip6_text, ip6_value
from linter.records.fault import quoted
from linter.records.name import is_under, to_ascii
from linter.records.spf import DomainSpec, Mechanism, Modifier, Spf, Term, is_spf, parse
from linter.records.spf_macro import explain_string

from .spf_expand import explanation_text, is_askable, is_domain, target_name
from .spf_trace import MATCH, NO_MATCH, NOT_KNOWN, Asked, Evaluated, Evaluation, Outcome

MAX_LOOKUPS = 10
MAX_VOID_LOOKUPS = 2
MAX_MX_HOSTS = 10
MAX_POINTERS = 10
"""The limits of section 4.6.4: terms that ask DNS, answers without data, hosts of one `mx`, names of one `ptr`."""

RESULTS = ("pass", "fail", "softfail", "neutral", "none", "temperror", "permerror")
LIMITS = "RFC 7208 section 4.6.4"
_BY_QUALIFIER = {"+": "pass", "-": "fail", "~": "softfail", "?": "neutral"}
_COUNTED = ("include", "a", "mx", "ptr", "exists", "redirect")


class Client(NamedTuple):
    """Who connects and what they say: an address, the MAIL FROM ("" for a bounce) and the HELO name.

    `receiver` and `time` (seconds since 1970) are for the macros `r` and `t` of explanations.
    """

    ip: str
    sender: str
    helo: str
    receiver: str = "unknown"
    time: int = 0


class _Stop(Exception):
    """The evaluation ends here, whatever record it is in: an error, or something that nobody here knows."""

    def __init__(self, result: str | None, reason: str, unknown: tuple[str, ...] = ()) -> None:
        super().__init__(reason)
        self.result = result
        self.reason = reason
        self.unknown = unknown


def check_host(client: Client, domain: str, resolver: Resolver, parser: Callable[[str], Spf] = parse) -> Outcome:
    """What a receiver decides for mail that `client` sends with `domain` as its MAIL FROM or HELO domain.

    Asks at most some 140 questions, whatever the records say. Raises ValueError where `client.ip` is no address.
    """
    evaluation = _CheckHost(client, resolver, parser)
    name = domain.removesuffix(".")
    result: str | None
    try:
        result, reason, unknown = evaluation.record(name, explains=True), "", ()
    except _Stop as stop:
        result, reason, unknown = stop.result, stop.reason, stop.unknown
    reason = reason or evaluation.reason
    counted = evaluation.lookups, evaluation.voids
    return Outcome(result, evaluation.explanation, unknown, reason, *counted, evaluation.latest)


class _CheckHost:
    """The state of one evaluation; `latest` is the trace of the record that was finished last."""

    def __init__(self, client: Client, resolver: Resolver, parser: Callable[[str], Spf]) -> None:
        self.version, self.address = _address(client.ip)
        self.kind = "A" if self.version == 4 else "AAAA"
        self.resolver = resolver
        self.parser = parser
        local, at, origin = client.sender.rpartition("@")
        self.local = (local if at else "") or "postmaster"
        self.helo = to_ascii(client.helo)[0].removesuffix(".")
        self.origin = to_ascii(origin)[0].removesuffix(".") or self.helo
        self.client = client
        self.lookups = self.voids = 0
        self.explanation = self.reason = ""
        self.asked: list[Asked] = []
        self.latest = Evaluation("", None, None, (), ())
        self._pointers: Answer | None = None
        self._validated: dict[str, bool | None] = {}
