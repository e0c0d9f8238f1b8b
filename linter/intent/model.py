"""Declared systems and mail as values: what `systems:` and `mail:` say, each word with its place."""

from collections.abc import Mapping

from linter.records.spf.record import Term
from linter.records.text.name import ancestors
from linter.source.frozen import Frozen
from linter.source.text import Span

NO_MAIL = "none"
EVERY = "*"


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
    that the provider's records need.
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


class Split(Frozen):
    """Some mailboxes live on `to`; the system that receives sends their mail on `through` a domain or a host."""

    to: Word
    through: Word | None


class Mail(Frozen):
    """What one name does with mail.

    `is_none` is whether it takes no part in it. Else `receives` holds the mailboxes, `behind` is the gateway before
    them, and `sends` are those who send as the name; None where nothing was said about sending.
    """

    name: Word
    is_none: bool = False
    receives: Word | None = None
    behind: Word | None = None
    sends: tuple[Word, ...] | None = None
    splits: tuple[Split, ...] = ()

    @property
    def edge(self) -> Word | None:
        """The system that the MX of the name must lead to."""
        return self.behind or self.receives

    @property
    def words(self) -> tuple[Word, ...]:
        """Every mention of a system, in the order of the roles."""
        named = (self.receives, self.behind, *(self.sends or ()), *(split.to for split in self.splits))
        return tuple(word for word in named if word is not None)


class Intent(Frozen):
    """All that is declared: systems by their names, mail by absolute names, by "*" and by "*.example.com."."""

    systems: Mapping[str, System]
    mail: Mapping[str, Mail]

    def over(self, wider: "Intent") -> "Intent":
        """This declaration and a wider one; where both speak of one thing, this one counts."""
        if not wider.systems and not wider.mail:
            return self
        return Intent({**wider.systems, **self.systems}, {**wider.mail, **self.mail})

    def of(self, name: str) -> Mail | None:
        """What is declared for an absolute name; None where nothing is.

        Its own entry counts, then what stands for the names below a name: `*.example.com`, or `none` at one above it.
        `*` stands for all others. An entry that says who receives or sends is never handed down to other names.
        """
        own = self.mail.get(name)
        for above in ancestors(name)[1:] if own is None else ():
            own = self.mail.get(f"*.{above}")
            if own is None:
                higher = self.mail.get(above)
                own = higher if higher is not None and higher.is_none else None
            if own is not None:
                break
        return self.mail.get(EVERY) if own is None else own
