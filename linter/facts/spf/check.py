"""check_host: what a receiver makes of an SPF record for one message (RFC 7208 sections 4 to 7)."""

from collections.abc import Callable

from linter.lookup.answer import FOUND, Resolver
from linter.records.spf.macro import explain_string
from linter.records.spf.record import DomainSpec, Mechanism, Modifier, Spf, is_spf, parse
from linter.records.text.address import ip4_text, ip6_text
from linter.records.text.fault import quoted
from linter.records.text.name import to_ascii
from linter.source.frozen import Frozen

from .expand import Value, explanation_text, is_askable, is_domain, target_name
from .limits import ASKING, MAX_LOOKUPS
from .questions import Questions, Stop, settled
from .trace import MATCH, NO_MATCH, NOT_KNOWN, Asked, Evaluated, Evaluation, Outcome

RESULTS = ("pass", "fail", "softfail", "neutral", "none", "temperror", "permerror")
_BY_QUALIFIER = {"+": "pass", "-": "fail", "~": "softfail", "?": "neutral"}


class Client(Frozen):
    """Who connects and what they say: an address, the MAIL FROM ("" for a bounce) and the HELO name.

    `receiver` and `time` (seconds since 1970) are for the macros `r` and `t` of explanations.
    """

    ip: str
    sender: str
    helo: str
    receiver: str = "unknown"
    time: int = 0


def check_host(client: Client, domain: str, resolver: Resolver, parser: Callable[[str], Spf] = parse) -> Outcome:
    """What a receiver decides about mail from `client` with `domain` as its MAIL FROM or HELO domain.

    It asks at most 250 questions, whatever the records say. Raises ValueError where `client.ip` is not an address.
    """
    run = _CheckHost(client, Questions(resolver, client.ip), parser)
    result: str | None
    unknown: tuple[str, ...] = ()
    try:
        result = run.record(domain, explains=True)
    except Stop as stop:
        result, run.reason, unknown = stop.result, stop.reason, stop.unknown
    trace = run.latest or Evaluation(domain, result, None, (), ())
    otherwise = run.questions.counted_otherwise() if result not in (None, "permerror") else ""
    return Outcome(result, run.explanation, unknown, run.reason, run.lookups, run.questions.voids, trace, otherwise)


class _Open:
    """The trace of a record that is being evaluated."""

    def __init__(self, domain: str) -> None:
        self.domain = domain
        self.result: str | None = None
        self.text = ""
        self.spf: Spf | None = None
        self.asked: tuple[Asked, ...] = ()
        self.terms: list[Evaluated] = []


class _CheckHost:
    """The state of one evaluation; `latest` is the trace of the record that was finished last."""

    def __init__(self, client: Client, questions: Questions, parser: Callable[[str], Spf]) -> None:
        self.questions = questions
        self.parser = parser
        self.lookups = 0
        self.explanation = self.reason = self.note = ""
        self.latest: Evaluation | None = None
        self.letters = _letters(client, questions)

    def record(self, domain: str, explains: bool = False) -> str:
        """The result for the record of one domain; with `explains`, a fail fetches the text of its `exp=`."""
        opened = _Open(to_ascii(domain.removesuffix("."))[0])
        try:
            opened.result = self._result(opened, explains)
        except Stop as stop:
            opened.result = stop.result
            raise
        finally:
            self.latest = Evaluation(opened.domain, opened.result, opened.spf, opened.asked, tuple(opened.terms))
        return opened.result

    def _result(self, opened: _Open, explains: bool) -> str:
        """Sections 4.3 to 4.7."""
        name = f"{opened.domain.lower()}."
        if not is_domain(name):
            self.reason = f"{quoted(opened.domain, 80)} is not a domain name that can have a record"
            return "none"
        spf = opened.spf = self._selected(opened, name)
        if spf is None:
            self.reason = f"{quoted(name, 80)} has no SPF record"
            return "none"
        opened.text = spf.text
        if not spf.is_valid:
            # Section 4.6: a syntax error counts wherever it stands, also behind a term that would match.
            raise Stop("permerror", f"the record of {quoted(name, 80)} has a syntax error: {spf.faults[0].message}")
        for mechanism in spf.mechanisms:
            if self._is_match(opened, mechanism):
                result = _BY_QUALIFIER[mechanism.qualifier]
                if result == "fail" and explains and spf.exp is not None:
                    self._explain(opened, spf.exp)
                return result
        return "neutral" if spf.redirect is None else self._redirected(opened, spf.redirect, explains)

    def _selected(self, opened: _Open, name: str) -> Spf | None:
        """The one SPF record at a name (sections 4.4 and 4.5), None where it has none."""
        log = self.questions.begin()
        try:
            # The first question of an evaluation belongs to no term and is never a void lookup.
            answer = settled(name, "TXT", self.questions.ask(name, "TXT", counts=self.lookups > 0))
        finally:
            opened.asked = tuple(log)
        # The same text twice is one record in any answer (RFC 2181 section 5).
        texts = dict.fromkeys(value for value in answer.values if isinstance(value, str) and is_spf(value))
        if len(texts) > 1:
            raise Stop("permerror", f"{quoted(name, 80)} has {len(texts)} SPF records; receivers take exactly one")
        return next((self.parser(text) for text in texts), None)

    def _traced(self, opened: _Open, term: Mechanism | Modifier, act: Callable[[], str]) -> str:
        """Evaluate a term and log it; what became of it."""
        counts = term.name in ASKING
        log = self.questions.begin()
        self.latest, self.note = None, ""
        outcome, note = NOT_KNOWN, ""
        try:
            if counts:
                self._count()
            outcome = act()
            note = self.note
        except Stop as stop:
            outcome, note = stop.result or NOT_KNOWN, stop.reason
            raise
        finally:
            text = opened.text[term.start : term.end]
            asked = tuple(log)
            opened.terms.append(Evaluated(term, text, int(counts), self.lookups, asked, outcome, note, self.latest))
        return outcome

    def _count(self) -> None:
        self.lookups += 1
        if self.lookups > MAX_LOOKUPS:
            raise Stop("permerror", f"the evaluation needs more than {MAX_LOOKUPS} lookups")

    def _is_match(self, opened: _Open, term: Mechanism) -> bool:
        return self._traced(opened, term, lambda: MATCH if self._matches(term, opened.domain) else NO_MATCH) == MATCH

    def _matches(self, term: Mechanism, domain: str) -> bool:
        """Section 5."""
        if term.name == "all":
            return True
        if term.network is not None:
            network, questions = term.network, self.questions
            free = network.bits - network.prefix
            return network.version == questions.version and network.value >> free == questions.address >> free
        target = self._target(term.domain, domain)
        if not target:
            return False
        if term.name == "include":
            return self._included(target)
        if not is_askable(target):
            self.note = f"{quoted(target, 80)} is not a name that DNS can be asked for"
            return False
        if term.name == "ptr":
            return self.questions.has_name_under(target)
        if term.name == "exists":
            return self.questions.known(target, "A").status == FOUND
        bits, prefix = (32, term.prefix4) if self.questions.version == 4 else (128, term.prefix6)
        prefix = bits if prefix is None else prefix
        if term.name == "mx":
            return self.questions.mail_hosts_hold(target, prefix)
        return self.questions.holds(self.questions.known(target, self.questions.kind), prefix)

    def _target(self, spec: DomainSpec | None, domain: str) -> str:
        """The absolute name a term is about (section 4.8); "" where it can match nothing."""
        if spec is None:
            return f"{domain.lower()}."
        if not self.letters["l"].isascii() and any(macro.letter in "sl" for macro in spec.macros):
            self.note = "a local part that is not ASCII matches nothing (RFC 8616 section 4)"
            return ""
        return target_name(spec, self._value(domain))

    def _value(self, domain: str) -> Value:
        """What the macro letters stand for in the record of a domain; `p` asks DNS."""

        def value(letter: str) -> str:
            if letter == "p":
                return self.questions.best_name(f"{domain.lower()}.")
            return domain if letter == "d" else self.letters[letter]

        return value

    def _included(self, target: str) -> bool:
        """The table of section 5.2; errors end the evaluation on their own."""
        result = self.record(target)
        if result == "none":
            raise Stop("permerror", self.reason)
        return result == "pass"

    def _redirected(self, opened: _Open, modifier: Modifier, explains: bool) -> str:
        """Section 6.1."""

        def act() -> str:
            target = self._target(modifier.value, opened.domain)
            result = self.record(target, explains) if target else "neutral"
            if result == "none":
                raise Stop("permerror", self.reason)
            return result

        return self._traced(opened, modifier, act)

    def _explain(self, opened: _Open, modifier: Modifier) -> None:
        """Section 6.2: whatever goes wrong here, the result stands, as if there were no `exp=`."""

        def act() -> str:
            try:
                self.explanation = self._explanation(modifier.value, opened.domain)
            except Stop as stop:
                self.note = stop.reason
            return ""

        self.questions.is_counting = False
        self._traced(opened, modifier, act)

    def _explanation(self, spec: DomainSpec, domain: str) -> str:
        target = self._target(spec, domain)
        if not target:
            return ""
        if not is_askable(target):
            self.note = f"{quoted(target, 80)} is not a name that DNS can be asked for"
            return ""
        texts = [value for value in self.questions.known(target, "TXT").values if isinstance(value, str)]
        if len(texts) != 1:
            self.note = f"{quoted(target, 80)} has {len(texts) or 'no'} TXT records; an explanation is exactly one"
            return ""
        text, faults = explain_string(texts[0])
        if text is None:
            self.note = faults[0].message if faults else "the text is not an explanation"
            return ""
        return explanation_text(text, self._value(domain)) or ""


def _letters(client: Client, questions: Questions) -> dict[str, str]:
    """What the macro letters stand for that are the same in every record (section 7.2)."""
    local, at, origin = client.sender.rpartition("@")
    local = (local if at else "") or "postmaster"  # section 4.3
    helo = to_ascii(client.helo)[0].removesuffix(".")
    origin = to_ascii(origin)[0].removesuffix(".") or helo
    if questions.version == 4:
        dotted = readable = ip4_text(questions.address)
    else:
        dotted, readable = ".".join(f"{questions.address:032X}"), ip6_text(questions.address)
    return {
        "s": f"{local}@{origin}",
        "l": local,
        "o": origin,
        "i": dotted,
        "v": "in-addr" if questions.version == 4 else "ip6",
        "h": helo,
        "c": readable,
        "r": client.receiver,
        "t": str(client.time),
    }
