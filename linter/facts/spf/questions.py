"""The questions that one SPF evaluation asks DNS: logged, counted where they are void, and what they tell."""

from linter.lookup.answer import UNKNOWN, Answer, Exchange, Resolver
from linter.records.text.address import ip4_value, ip6_value
from linter.records.text.fault import quoted
from linter.records.text.name import is_under

from .expand import is_askable
from .limits import MAX_MX_HOSTS, MAX_POINTERS, MAX_VOID_LOOKUPS
from .trace import Asked


class Stop(Exception):
    """An evaluation ends here, whatever record it is in: an error, or something that is not known."""

    def __init__(self, result: str | None, reason: str, unknown: tuple[str, ...] = ()) -> None:
        super().__init__(reason)
        self.result = result
        self.reason = reason
        self.unknown = unknown


def nobody_knows(*names: str) -> Stop:
    """The end of an evaluation that needs what stands at these names."""
    listed = ", ".join(quoted(name, 80) for name in names[:3]) + (" …" if len(names) > 3 else "")
    return Stop(
        None,
        f"{listed} {'is' if len(names) == 1 else 'are'} not known (not in these zones, the lock or the built-in data)",
        names,
    )


class Questions:
    """Asks on behalf of one client address; `asked` is the log of the term at hand.

    While `is_counting` is false, answers without data are not counted: the explanation is fetched after the
    result (section 6.2).
    """

    def __init__(self, resolver: Resolver, ip: str) -> None:
        self.version, self.address = address_of(ip)
        self.kind = "A" if self.version == 4 else "AAAA"
        self.asked: list[Asked] = []
        self.voids = self.uncounted = 0
        self.is_counting = True
        self._resolver = resolver
        self._pointers: dict[str, bool | None] | None = None

    def begin(self) -> list[Asked]:
        """A term begins: its log, which the questions from here on go into."""
        self._pointers = None
        self.asked = []
        return self.asked

    def ask(self, name: str, kind: str, counts: bool = True) -> Answer:
        """The answer, whatever it is. Raises Stop where it is one void lookup too many."""
        answer = self._resolver.lookup(name, kind)
        is_void = counts and self.is_counting and answer.is_empty
        self.asked.append(Asked(name, kind, answer, is_void))
        self.voids += is_void
        if self.voids > MAX_VOID_LOOKUPS:
            reason = f"{self.voids} lookups found nothing, {self.voids - MAX_VOID_LOOKUPS} too many"
            raise Stop("permerror", reason)
        return answer

    def counted_otherwise(self) -> str:
        """Whose count of void lookups comes to permerror where ours does not; "" where all agree."""
        count = self.voids + self.uncounted
        if not self.uncounted or count <= MAX_VOID_LOOKUPS:
            return ""
        return f"receivers that count mail hosts without an address as void lookups find {count}: permerror"

    def known(self, name: str, kind: str) -> Answer:
        """An answer that says what is there or that nothing is. Raises Stop for any other (section 5)."""
        return settled(name, kind, self.ask(name, kind))

    def holds(self, answer: Answer, prefix: int) -> bool:
        """Whether an address of the answer is the client's in its first `prefix` bits."""
        read, bits = (ip4_value, 32) if self.version == 4 else (ip6_value, 128)
        wanted = self.address >> bits - prefix
        values = (read(value) for value in answer.values if isinstance(value, str))
        return any(value is not None and value >> bits - prefix == wanted for value in values)

    def mail_hosts_hold(self, target: str, prefix: int) -> bool:
        """Whether a mail host of `target` has the client's address (section 5.4).

        A host without an address is not a void lookup to most receivers; `counted_otherwise` tells of the others.
        """
        hosts = sorted(value for value in self.known(target, "MX").values if isinstance(value, Exchange))
        if len(hosts) > MAX_MX_HOSTS:
            raise Stop(
                "permerror", f"{quoted(target)} has {len(hosts)} mail hosts, {len(hosts) - MAX_MX_HOSTS} too many"
            )
        unknown: list[str] = []
        for name in [exchange.host for exchange in hosts if is_askable(exchange.host)]:
            answer = self.ask(name, self.kind, counts=False)
            self.uncounted += self.is_counting and answer.is_empty
            if answer.status == UNKNOWN:
                unknown.append(answer.owner or name)
            elif answer.is_failure and unknown:
                break  # the host that nobody knows might have matched before
            elif self.holds(settled(name, self.kind, answer), prefix):
                return True
        if unknown:
            raise nobody_knows(*unknown)
        return False

    def pointers(self) -> dict[str, bool | None]:
        """The names of the client's address: True where the name has that address, None where nobody knows.

        Empty where DNS fails. Names beyond the tenth are ignored, and what their owner, who is not the domain's,
        put there counts for no limit (sections 4.6.4 and 5.5). One term asks once, however often it has `%{p}`.
        """
        if self._pointers is None:
            self._pointers = self._validated()
        return self._pointers

    def _validated(self) -> dict[str, bool | None]:
        answer = self.ask(reverse_name(self.version, self.address), "PTR")
        if answer.status == UNKNOWN:
            raise nobody_knows(answer.owner or self.asked[-1].name)
        names = [value for value in answer.values if isinstance(value, str) and is_askable(value)]
        bits = 32 if self.version == 4 else 128
        found: dict[str, bool | None] = {}
        for name in dict.fromkeys(names[:MAX_POINTERS]):
            held = self.ask(name, self.kind, counts=False)
            found[name] = None if held.status == UNKNOWN else self.holds(held, bits)
        return found

    def has_name_under(self, target: str) -> bool:
        """Whether a validated name of the client is `target` or lies below it (section 5.5)."""
        pointers = self.pointers()
        below = [name for name in pointers if is_under(name, target)]
        if any(pointers[name] for name in below):
            return True
        if any(pointers[name] is None for name in below):
            raise nobody_knows(*(name for name in below if pointers[name] is None))
        return False

    def best_name(self, domain: str) -> str:
        """The validated name that `%{p}` stands for: `domain`, one below it, or any (section 7.3)."""
        pointers = self.pointers()
        below = [name for name in pointers if is_under(name, domain)]
        for names in ([name for name in below if name == domain], below, list(pointers)):
            validated = [name for name in names if pointers[name]]
            if validated:
                return validated[0].removesuffix(".")
            unknown = [name for name in names if pointers[name] is None]
            if unknown:
                raise nobody_knows(*unknown)
        return "unknown"


def settled(name: str, kind: str, answer: Answer) -> Answer:
    """The answer, if it says what is there or that nothing is. Raises Stop for any other."""
    if answer.status == UNKNOWN:
        raise nobody_knows(answer.owner or name)
    if answer.is_failure:
        raise Stop("temperror", f"DNS failed ({answer.status}) for {quoted(name, 80)} {kind}")
    return answer


def address_of(ip: str) -> tuple[int, int]:
    """4 or 6 and the number of an address; an IPv4-mapped one is IPv4 (section 5). Raises ValueError."""
    value = ip4_value(ip)
    if value is not None:
        return 4, value
    value = ip6_value(ip)
    if value is None:
        raise ValueError(f"{quoted(ip)} is not an IP address")
    return (4, value & 0xFFFFFFFF) if value >> 32 == 0xFFFF else (6, value)


def reverse_name(version: int, address: int) -> str:
    """The name at which an address has its PTR records (RFC 1035 section 3.5, RFC 3596 section 2.5)."""
    if version == 4:
        return ".".join(str(address >> shift & 255) for shift in (0, 8, 16, 24)) + ".in-addr.arpa."
    return ".".join(f"{address:032x}"[::-1]) + ".ip6.arpa."
