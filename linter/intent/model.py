"""Declared systems and mail as values: what `systems:` and `mail:` say, each word with its place."""

from collections.abc import Mapping

from linter.records.spf.record import Term
from linter.records.text.name import ancestors
from linter.source.frozen import Frozen
from linter.source.text import Span

NO_MAIL = "none"
EVERY = "*"
POLICIES = ("none", "quarantine", "reject")
"""What a DMARC policy may be (RFC 9989 section 4.7)."""
STS_MODES = ("none", "testing", "enforce")
"""What the mode of an MTA-STS policy may be (RFC 8461 section 3.2)."""


class Word(Frozen):
    """A word of the declaration; host and domain names are absolute and lower case."""

    text: str
    span: Span


class SenderTerm(Frozen):
    """An SPF term by which a system's mail is authorised, as it should stand in a record."""

    text: str
    term: Term
    span: Span


class Selector(Frozen):
    """A DKIM selector, and the target of its CNAME where somebody said what it is."""

    name: str
    target: Word | None
    span: Span


class Client(Frozen):
    """A service that mail programs look for: its SRV name without underscore ("imaps"), host, and port or 0."""

    service: str
    host: str
    port: int
    span: Span


class System(Frozen):
    """One system: a mailbox host, a gateway, a relay, a vendor of bulk mail.

    `receives` are the hosts that take its mail, `spf` the terms of its senders, `dkim` the selectors that it signs
    with. `provider` is a key of the catalogue, which then knows what is not said here. `envelope` is the domain of
    its MAIL FROM and `signs` that of its signatures where these are not the sender's own. `parameters` are words
    that the provider's records need. `values` are what only the vendor shows: by absolute domain, by the key under
    which the catalogue asks for it, such as "mx".
    """

    name: Word
    provider: Word | None = None
    receives: tuple[Word, ...] = ()
    spf: tuple[SenderTerm, ...] = ()
    dkim: tuple[Selector, ...] = ()
    clients: tuple[Client, ...] = ()
    envelope: Word | None = None
    signs: Word | None = None
    verification: Word | None = None
    parameters: tuple[tuple[str, Word], ...] = ()
    values: Mapping[str, Mapping[str, Word]] = {}


class Split(Frozen):
    """Some mailboxes live on `to`; the system that receives sends their mail on `through` a domain or a host."""

    to: Word
    through: Word | None


class DeclaredPolicy(Frozen):
    """The DMARC policy that a name shall have; None where nothing is said. `rua` are report addresses, as written."""

    p: Word | None = None
    sp: Word | None = None
    rua: tuple[Word, ...] = ()


class Mail(Frozen):
    """What one name does with mail.

    `is_none` is whether it takes no part in it. Else `receives` holds the mailboxes, `behind` is the gateway before
    them, and `sends` are those who send as the name; None where nothing was said about sending. `envelope` is the
    domain of their MAIL FROM where it is another, `clients` are the services of this name where they are not those
    of the system, `dmarc` and `mta_sts` the policies that it shall publish.
    """

    name: Word
    is_none: bool = False
    receives: Word | None = None
    behind: Word | None = None
    sends: tuple[Word, ...] | None = None
    splits: tuple[Split, ...] = ()
    envelope: Word | None = None
    clients: tuple[Client, ...] = ()
    dmarc: DeclaredPolicy | None = None
    mta_sts: Word | None = None

    @property
    def edge(self) -> Word | None:
        """The system that the MX of the name must lead to."""
        return self.behind or self.receives

    @property
    def words(self) -> tuple[Word, ...]:
        """Every mention of a system, in the order of the roles."""
        named = (self.receives, self.behind, *(self.sends or ()), *(split.to for split in self.splits))
        return tuple(word for word in named if word is not None)


def is_glob(name: str) -> bool:
    """Whether a key of `mail:` stands for many names."""
    return EVERY in name


def matches(glob: str, name: str) -> bool:
    """Whether a name is one that a glob stands for; `*` is any text, dots included. Linear in glob times name.

    What is not a glob means itself.
    """
    if not is_glob(glob):
        return glob == name
    first, *middle, last = glob.split(EVERY)
    if len(name) < len(first) + len(last) or not name.startswith(first) or not name.endswith(last):
        return False
    place, end = len(first), len(name) - len(last)
    for part in middle:
        place = name.find(part, place, end)
        if place < 0:
            return False
        place += len(part)
    return True


class Intent(Frozen):
    """All that is declared: systems by their names, mail by absolute names and by globs such as "*.example.com.".

    `globs` are the keys of `mail` that stand for many names, the longest first, "*" left out.
    """

    systems: Mapping[str, System]
    mail: Mapping[str, Mail]
    globs: tuple[str, ...] = ()

    def over(self, wider: "Intent") -> "Intent":
        """This declaration and a wider one; where both speak of one thing, this one counts."""
        if not wider.systems and not wider.mail:
            return self
        return intent_of({**wider.systems, **self.systems}, {**wider.mail, **self.mail})

    def of(self, name: str) -> Mail | None:
        """What is declared for an absolute name; None where nothing is.

        Its own entry counts, then the longest glob, then `*`. `none` at a name is handed down to the names below it,
        as if a glob said so; an entry that says who receives or sends never is.
        """
        own = self.mail.get(name)
        if own is not None:
            return own
        glob = next((glob for glob in self.globs if matches(glob, name)), "")
        for above in ancestors(name)[1:]:
            higher = self.mail.get(above)
            if len(above) + 2 > len(glob) and higher is not None and higher.is_none:
                return higher
        return self.mail[glob] if glob else self.mail.get(EVERY)


def intent_of(systems: Mapping[str, System], mail: Mapping[str, Mail]) -> Intent:
    """A declaration with its globs in their order."""
    globs = (name for name in mail if is_glob(name) and name != EVERY)
    return Intent(systems, mail, tuple(sorted(globs, key=lambda glob: (-len(glob), glob))))
