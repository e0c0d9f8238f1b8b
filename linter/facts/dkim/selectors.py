"""Where DKIM keys are looked for, and which selector was meant by a key that stands elsewhere."""

from collections.abc import Callable

from linter.facts.facts import Facts, once
from linter.facts.targets import leading_aliases
from linter.facts.texts import KeyText
from linter.records.text.fault import nearest
from linter.source.frozen import Frozen

_LABEL = "_domainkey"
_SHORT_FORMS = ("dkim", "_dkim")
_ANY = "SELECTOR"


class Meant(Frozen):
    """The absolute name that was probably meant by a key at a wrong one.

    `selector` is "SELECTOR" where only the signing system knows it, `base` the name from `_domainkey` on.
    `is_misspelt` where a label of the wrong name was to be `_domainkey`.
    """

    selector: str
    base: str
    is_misspelt: bool = False

    @property
    def name(self) -> str:
        """The whole name."""
        return f"{self.selector}.{self.base}"

    @property
    def is_known(self) -> bool:
        """Whether the selector was part of the wrong name."""
        return self.selector != _ANY


def is_reached(name: str, aliases_to: Callable[[str], tuple[str, ...]]) -> bool:
    """Whether verifiers get to a name that is not a selector: by a CNAME at one, or because it is a wildcard.

    `*.example.com` answers for the selectors of every name below it that does not exist (RFC 4592 section 2.2).
    """
    return name.startswith("*.") or any(_LABEL in alias.split(".")[1:] for alias in leading_aliases(name, aliases_to))


def is_misspelt_selector(name: str, target: str) -> bool:
    """Whether a CNAME leads to a vendor's selector from a name that was to be one and has `_domainkey` misspelt."""
    return "domainkey" in name and f".{_LABEL}." not in f".{name}" and f".{_LABEL}." in target


def meant(name: str, origin: str) -> Meant:
    """The selector that was meant by a name in the zone `origin`; both are absolute."""
    if name == origin or name.startswith(f"{_LABEL}."):
        return Meant(_ANY, f"{_LABEL}.{name.removeprefix(f'{_LABEL}.')}")
    labels = name.removesuffix(f".{origin}").split(".")
    for position, label in enumerate(labels):
        if label.endswith(_LABEL) and label != _LABEL:  # the dot before it is missing
            base = ".".join([_LABEL, *labels[position + 1 :], origin])
            return Meant(".".join([*labels[:position], label.removesuffix(_LABEL)]), base, True)
        if ("key" in label and nearest(label, (_LABEL,))) or (position and label in _SHORT_FORMS):
            base = ".".join([_LABEL, *labels[position + 1 :], origin])
            return Meant(".".join(labels[:position]) or _ANY, base, True)
    return Meant(labels[0], ".".join([_LABEL, *labels[1:], origin]))


def signing_domain(name: str) -> str:
    """The domain that the keys at a selector sign for: what stands behind `_domainkey`, or the name itself."""
    return name.rpartition(f".{_LABEL}.")[2]


@once
def misplaced_keys(facts: Facts) -> tuple[KeyText, ...]:
    """The DKIM keys at names where no verifier comes: no selectors, and no CNAME of the estate leads there."""
    names = {text.record.name for text in facts.texts.stray_keys}
    lost = {name for name in names if not is_reached(name, facts.estate.aliases_to)}
    return tuple(text for text in facts.texts.stray_keys if text.record.name in lost)
