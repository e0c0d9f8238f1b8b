"""What an organisation allows: the lists of a profile, beside which everything else is a finding."""

from linter.finding import PACK, Witness
from linter.intent.model import matches
from linter.source.frozen import Frozen


class Listed(Frozen):
    """One list: values and globs in lower case, of which `*` is any text, with the profile that has it, and why.

    `reason` is "" where the profile says none.
    """

    values: tuple[str, ...]
    profile: str
    reason: str = ""

    def holds(self, text: str) -> bool:
        """Whether a text in lower case is one of them."""
        return text in self.values or any(matches(value, text) for value in self.values)

    @property
    def witness(self) -> Witness:
        """The list as what a finding rests on."""
        return Witness(PACK, f"{self.profile}: {self.reason}" if self.reason else self.profile)


class Allowed(Frozen):
    """What is allowed of each kind; None where the profile does not say.

    `mx` and `includes` are host and domain names without the final dot, `rua` report addresses without `mailto:`,
    `selectors` those of DKIM keys, `systems` the names of declared systems and the keys of vendors.
    """

    mx: Listed | None = None
    includes: Listed | None = None
    rua: Listed | None = None
    selectors: Listed | None = None
    systems: Listed | None = None

    def over(self, extended: "Allowed | None") -> "Allowed":
        """These lists, and those of the profile that is extended in the place of what is not here."""
        if extended is None:
            return self
        return Allowed(*(own if own is not None else other for own, other in zip(self, extended, strict=True)))
