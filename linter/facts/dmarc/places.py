"""What each DMARC text of a zone is by its place: a policy, an authorisation, one in pieces, or at a wrong name."""

from collections.abc import Callable, Iterable, Iterator

from linter.facts.facts import Facts, once
from linter.facts.sound import is_one_policy
from linter.facts.targets import leading_aliases
from linter.facts.texts import DmarcText, NearMiss, Texts
from linter.lookup.zone_index import ZoneIndex
from linter.records.dmarc.tag import TAGS, URI_START
from linter.records.text.fault import Fault
from linter.records.text.tags import split_tags
from linter.source.frozen import Frozen
from linter.source.typed import TYPE_CHECKING
from linter.zone.model import Record, Text

if TYPE_CHECKING:
    from linter.records.dmarc.record import Dmarc

_LONGEST_MISSPELLING = len("_dmarc") + 1


class Split(Frozen):
    """One record cut into several values of one name: the value with the version, and the others in their order."""

    record: Record
    version: Text
    rest: tuple[Text, ...]


class Misplaced(Frozen):
    """A text meant as DMARC at a name where nobody looks.

    `right` is the absolute name that it belongs to, `more` further texts like it at the same wrong name. `fault`
    says why it would not be a record at the right name either.
    """

    record: Record
    value: Text
    right: str
    fault: Fault | None = None
    more: tuple[Text, ...] = ()

    @property
    def domain(self) -> str:
        """The domain whose policy it was meant to be; "" for one that was meant to authorise reports."""
        return self.right.removeprefix("_dmarc.") if self.right.startswith("_dmarc.") else ""


class DmarcPlaces(Frozen):
    """All DMARC texts of a zone.

    `policies` are those that receivers read as policies, each text of a name once, and `reports` those that
    authorise reports (RFC 9990 section 4); `near` are the texts at the names of both that are not records. None of
    these lists holds a piece of a `split` record. `policies` has also what stands at names that only CNAMEs
    lead to.
    """

    policies: tuple[DmarcText, ...]
    reports: tuple[DmarcText, ...]
    near: tuple[NearMiss, ...]
    split: tuple[Split, ...]
    misplaced: tuple[Misplaced, ...]

    def by_name(self) -> dict[str, list[DmarcText]]:
        """The policies of each name that has one."""
        names: dict[str, list[DmarcText]] = {}
        for text in self.policies:
            names.setdefault(text.record.name, []).append(text)
        return names

    def single(self) -> tuple[DmarcText, ...]:
        """The policies that are alone at their name, as receivers want it."""
        if len(self.policies) == 1:
            return self.policies
        return tuple(texts[0] for texts in self.by_name().values() if len(texts) == 1)

    @property
    def meant_for(self) -> frozenset[str]:
        """The domains that some text of the zone was meant to be the policy of, read by receivers or not."""
        names = {text.record.name for text in self.policies} | {miss.record.name for miss in self.near}
        names |= {split.record.name for split in self.split}
        domains = {name.removeprefix("_dmarc.") for name in names if name.startswith("_dmarc.")}
        return frozenset(domains | {text.domain for text in self.misplaced if text.domain})


@once
def dmarc_places(facts: Facts) -> DmarcPlaces:
    """The DMARC texts of a zone by what they are at their places."""
    texts, index, aliases_to = facts.texts, facts.index, facts.estate.aliases_to
    if not texts.near_dmarc and all(is_one_policy(text, index) for text in texts.dmarc):
        return DmarcPlaces(tuple(texts.dmarc), (), (), (), ())  # as in nearly all zones
    rights: dict[str, str] = {}
    for record in [*(text.record for text in texts.dmarc), *(miss.record for miss in texts.near_dmarc)]:
        name = record.name
        if name not in rights:
            right = right_name(name)
            rights[name] = "" if right and _is_asked(name, aliases_to) else right
    read = [text for text in _distinct(texts.dmarc) if not rights[text.record.name] and not _is_wildcard(text)]
    reports = tuple(text for text in read if _is_report(text))
    policies = [text for text in read if not _is_report(text)]
    split = tuple(_split(index, policies))
    pieces = {(each.record.name, value.text) for each in split for value in (each.version, *each.rest)}
    near = [miss for miss in texts.near_dmarc if not rights[miss.record.name] and not _is_wildcard(miss)]
    return DmarcPlaces(
        tuple(text for text in policies if (text.record.name, text.value.text) not in pieces),
        reports,
        tuple(miss for miss in near if (miss.record.name, miss.value.text) not in pieces),
        split,
        tuple(_misplaced(texts, rights)),
    )


def _is_wildcard(text: DmarcText | NearMiss) -> bool:
    """Whether the text answers for many names of which few, if any, were meant: that is another fault."""
    return text.record.name.startswith("*.") and "._dmarc." not in text.record.name


def _is_report(text: DmarcText) -> bool:
    """Whether a record authorises reports, or could: at the target of a CNAME its tags alone can tell."""
    return text.role == "report" or (text.role == "stray" and _authorises(text))


def _authorises(text: DmarcText) -> bool:
    """Whether a record has nothing but what one that authorises reports may have (RFC 9990 section 4)."""
    return all(tag.name.lower() in ("v", "rua", "ruf") for tag in text.dmarc.tags.tags)


def _distinct(texts: Iterable[DmarcText]) -> tuple[DmarcText, ...]:
    """The texts without repetitions at one name, which DNS drops (RFC 2181 section 5)."""
    seen: dict[tuple[str, str], DmarcText] = {}
    for text in texts:
        seen.setdefault((text.record.name, text.value.text), text)
    return tuple(seen.values())


def right_name(name: str) -> str:
    """Where DMARC text at `name` belongs; "" where receivers may find it as it is.

    That is so at `_dmarc` and below `_report._dmarc`, for wildcards that answer such questions, and at names with
    an underscore of their own (`_dmarc_parked`): those are made to be the target of CNAMEs, which may stand in
    zones that are not here.
    """
    labels = name.split(".")
    first = labels[0]
    if "_dmarc" in labels:
        return _around_dmarc(labels)
    if "_domainkey" in labels:
        return _policy_name(labels[labels.index("_domainkey") + 1 :])
    if first == "*" or any(label.startswith("_") for label in labels[1:]):
        return ""
    if _is_misspelling(first):
        return _policy_name(labels[1:])
    return "" if first.startswith("_") else _policy_name(labels)


def _policy_name(labels: list[str]) -> str:
    return ".".join(["_dmarc", *(label for label in labels if label != "*")])


def _around_dmarc(labels: list[str]) -> str:
    place = labels.index("_dmarc")
    before, after = labels[:place], labels[place + 1 :]
    if not before and "_dmarc" in after:
        return _policy_name([label for label in after if label != "_dmarc"])
    if not before:
        # Only the first label of a name can be a wildcard (RFC 4592 section 2.1.1).
        return _policy_name(after) if "*" in after else ""
    if before == ["_report"]:
        return ".".join(["*._report._dmarc", *after])
    if before[-1] == "_report":
        return ""
    if len(before) > 1 and before[-1].strip("_") in ("report", "reports"):
        return ".".join([*before[:-1], "_report", "_dmarc", *after])
    return _policy_name([*before, *after])


def _is_misspelling(label: str) -> bool:
    """Whether a first label was meant to be `_dmarc`."""
    if len(label) > _LONGEST_MISSPELLING:
        return False
    if not label.startswith("_"):
        return "dmarc" in label
    from difflib import SequenceMatcher  # only for DMARC text at a strange name

    return SequenceMatcher(None, label, "_dmarc").ratio() >= 0.8


def _is_asked(name: str, aliases_to: Callable[[str], tuple[str, ...]]) -> bool:
    """Whether a CNAME at a name that receivers ask for leads to `name`."""
    return any(
        alias.startswith("_dmarc.") or "._report._dmarc." in alias for alias in leading_aliases(name, aliases_to)
    )


def _split(index: ZoneIndex, policies: Iterable[DmarcText]) -> Iterator[Split]:
    records: dict[str, list[DmarcText]] = {}
    for text in policies:
        records.setdefault(text.record.name, []).append(text)
    for name, found in records.items():
        version = found[0]
        if len(found) == 1 and sum(len(record.values) for record in index.records(name, "TXT")) > 1:
            rest = tuple(value for value in _texts_at(index, name) if is_piece(value.text, version.dmarc))
            if rest:
                yield Split(version.record, version.value, rest)


def _texts_at(index: ZoneIndex, name: str) -> Iterator[Text]:
    for record in index.records(name, "TXT"):
        for value in record.values:
            if isinstance(value, Text):
                yield value.as_meant() if value.is_spoilt else value


def is_piece(text: str, record: "Dmarc") -> bool:
    """Whether a text is what was cut off a record: `p=reject`, or `mailto:b@example.com` of a list of URIs.

    It has tags of DMARC alone, none of which the record has, and no version.
    """
    tags = split_tags(text).tags
    named = tags[1:] if tags and URI_START.match(tags[0].value) and not tags[0].name and _has_uris(record) else tags
    names = {tag.name.lower() for tag in named}
    return bool(tags) and names.issubset(TAGS) and not any(record.tag(name) for name in names)


def _has_uris(record: "Dmarc") -> bool:
    last = record.tags.tags[-1].name.lower()
    return last in ("rua", "ruf")


def _misplaced(texts: Texts, rights: dict[str, str]) -> Iterator[Misplaced]:
    """One for each wrong name, at its first text; texts that receivers would select stand before others."""
    by_name: dict[str, list[Misplaced]] = {}
    for text in _distinct(texts.dmarc):
        name = text.record.name
        right = rights[name]
        if right.startswith("_dmarc.") and "._dmarc." in name and _authorises(text):
            right = name.replace("._dmarc.", "._report._dmarc.", 1)
        if rights[name]:
            by_name.setdefault(name, []).append(Misplaced(text.record, text.value, right))
    for miss in texts.near_dmarc:
        name = miss.record.name
        if rights[name]:
            by_name.setdefault(name, []).append(Misplaced(miss.record, miss.value, rights[name], miss.fault))
    for first, *others in by_name.values():
        yield first._replace(more=tuple(other.value for other in others))


def policies_outside_apex(texts: Texts, zone: str) -> bool:
    """Whether a name below a zone's own has a policy; without one all names of the zone find the same records."""
    return any(text.role == "policy" and text.record.name != f"_dmarc.{zone}" for text in texts.dmarc)
