"""Every TXT value of a zone sorted by what it is, or was plainly meant to be, and parsed once."""

from collections.abc import Callable, Iterable
from functools import cached_property

from linter.records.dmarc import version as dmarc
from linter.records.spf import record as spf
from linter.records.spf.record import Spf
from linter.records.text.fault import Fault
from linter.source.frozen import Frozen
from linter.source.typed import TYPE_CHECKING, Literal, TypeAlias, TypeVar
from linter.zone.model import Record, Text

if TYPE_CHECKING:
    from linter.records.dkim.record import DkimKey
    from linter.records.dmarc.record import Dmarc
    from linter.records.text.tags import Tag
    from linter.records.transport.bimi_value import Bimi
    from linter.records.transport.mta_sts import MtaSts
    from linter.records.transport.tls_rpt import TlsRpt

Parsed = TypeVar("Parsed")


# Where ADSP (RFC 5617 section 3.1) and the drafts before it had their policies, below `_domainkey`.
_POLICY_LABELS = ("_adsp", "_asp", "_policy", "_ssp")
# The first labels of the names of MTA-STS and, before `_tls`, of TLS-RPT.
_OF_TRANSPORT = ("_mta-sts", "_smtp")
# What every text has that may be a key or a policy of DomainKeys, but for those that say "dkim".
_OF_KEYS = ("p=", "o=", "t=", " =", "\t=")


class SpfText(Frozen):
    """A value that receivers select as SPF (RFC 7208 section 4.5)."""

    record: Record
    value: Text
    spf: Spf


DmarcRole: TypeAlias = Literal["policy", "report", "stray"]


class DmarcText(Frozen):
    """A value that receivers select as DMARC; `role` is what it is by its name, "report" at `_report._dmarc`."""

    record: Record
    value: Text
    dmarc: "Dmarc"
    role: DmarcRole

    @property
    def policy_tag(self) -> "Tag | None":
        """The `p` of the record; none where it occurs twice, since receivers differ in which of them they take."""
        tags = [tag for tag in self.dmarc.tags.tags if tag.name.lower() == "p"]
        return tags[0] if len(tags) == 1 else None


class KeyText(Frozen):
    """A value at a selector, read as a DKIM key whatever it is, or a key that stands elsewhere."""

    record: Record
    value: Text
    key: "DkimKey"


class StsText(Frozen):
    """An MTA-STS record, or at a `_mta-sts` name what was plainly meant as one; `selected` tells which of them.

    `in_place` is whether it stands at such a name.
    """

    record: Record
    value: Text
    read: "MtaSts"
    selected: bool
    in_place: bool


class TlsRptText(Frozen):
    """A TLS-RPT record, or at a `_smtp._tls` name what was plainly meant as one; as for MTA-STS."""

    record: Record
    value: Text
    read: "TlsRpt"
    selected: bool
    in_place: bool


class BimiText(Frozen):
    """A BIMI record, or below a `_bimi` name what was plainly meant as one; as for MTA-STS."""

    record: Record
    value: Text
    read: "Bimi"
    selected: bool
    in_place: bool


class NearMiss(Frozen):
    """A value that was plainly meant as a record of some kind and that receivers do not select as one."""

    record: Record
    value: Text
    fault: Fault


class Texts(Frozen):
    """All TXT values that concern mail, each list in the order of the files.

    `keys` stand at selectors (`x._domainkey`), `stray_keys` elsewhere. `host_names` are values at selectors
    that hold the name a CNAME should point to; `leftovers` are DomainKeys and ADSP policies. `dmarc` holds
    records of every role, `near_dmarc` those at or meant for `_dmarc` names. `stray_spf` are SPF texts at names where
    other policies belong, such as `_dmarc`. `spoilt` are the values of any kind, as they are published, that have
    literal quotes or characters that are not ASCII.
    """

    spf: list[SpfText]
    near_spf: list[NearMiss]
    dmarc: list[DmarcText]
    near_dmarc: list[NearMiss]
    keys: list[KeyText]
    stray_keys: list[KeyText]
    host_names: list[tuple[Record, Text]]
    leftovers: list[tuple[Record, Text]]
    mta_sts: list[StsText]
    tls_rpt: list[TlsRptText]
    bimi: list[BimiText]
    stray_spf: list[tuple[Record, Text]]
    spoilt: list[tuple[Record, Text]]


_new = tuple.__new__
_MOST_REMEMBERED = 2048
"""Parsed texts of one kind that are kept: more are mostly of one zone each, and never met again."""


class Parsers:
    """The grammars, with a memory: a text that many zones hold is parsed once."""

    def __init__(self) -> None:
        self._spf: dict[str, Spf] = {}
        self._dmarc: dict[str, Dmarc] = {}
        self._dkim: dict[str, DkimKey] = {}
        self._mta_sts: dict[str, MtaSts] = {}
        self._tls_rpt: dict[str, TlsRpt] = {}
        self._bimi: dict[str, Bimi] = {}

    def spf(self, text: str) -> Spf:
        """The text as SPF."""
        return _remembered(self._spf, spf.parse, text)

    def dmarc(self, text: str) -> "Dmarc":
        """The text as DMARC."""
        return _remembered(self._dmarc, self._parse_dmarc, text)

    def dkim(self, text: str) -> "DkimKey":
        """The text as a DKIM key."""
        return _remembered(self._dkim, self._parse_dkim, text)

    # What is loaded for zones with such records only is asked for once, and not again for each record.

    @cached_property
    def _parse_dmarc(self) -> "Callable[[str], Dmarc]":
        from linter.records.dmarc.record import parse

        return parse

    @cached_property
    def _parse_dkim(self) -> "Callable[[str], DkimKey]":
        from linter.records.dkim.record import parse

        return parse

    @cached_property
    def is_usual_key(self) -> Callable[[str], bool]:
        """Whether a text is a DKIM key of the usual shape."""
        from linter.records.dkim.usual import is_usual

        return is_usual

    def mta_sts(self, text: str) -> "MtaSts":
        """The text as MTA-STS."""
        from linter.records.transport import mta_sts

        return _remembered(self._mta_sts, mta_sts.parse, text)

    def tls_rpt(self, text: str) -> "TlsRpt":
        """The text as TLS-RPT."""
        from linter.records.transport import tls_rpt

        return _remembered(self._tls_rpt, tls_rpt.parse, text)

    def bimi(self, text: str) -> "Bimi":
        """The text as BIMI."""
        from linter.records.transport import bimi

        return _remembered(self._bimi, bimi.parse, text)


def _remembered(known: dict[str, Parsed], parse: Callable[[str], Parsed], text: str) -> Parsed:
    found = known.get(text)
    if found is None:
        if len(known) >= _MOST_REMEMBERED:
            known.clear()  # what many zones hold is soon known again
        found = known[text] = parse(text)
    return found


def sort_texts(records: Iterable[Record], parsers: Parsers) -> Texts:
    """Sort the values of all TXT records of a zone."""
    texts = Texts([], [], [], [], [], [], [], [], [], [], [], [], [])
    for record in records:
        sort = _by_name(record.name)
        for value in record.values:
            if isinstance(value, Text):
                # Literal quotes and typographic characters break any record in one way and have rules of their
                # own: the grammars read on as if they were not there, so that they report what else is wrong.
                if value.is_spoilt:
                    texts.spoilt.append((record, value))
                    value = value.as_meant()
                sort(texts, parsers, record, value)
    return texts


def _by_name(name: str) -> Callable[[Texts, Parsers, Record, Text], None]:
    """What sorts the texts of a name: few names have a label with an underscore."""
    if not (name.startswith("_") or "._" in name):
        return _elsewhere
    labels = name.split(".")
    if "_domainkey" in labels[1:]:
        return _at_selector
    if labels[0] == "_domainkey":
        return _at_domainkey
    if "_dmarc" in labels:
        return _at_dmarc
    return _at_transport if labels[0] in _OF_TRANSPORT or labels[1] == "_bimi" else _elsewhere


def _at_selector(texts: Texts, parsers: Parsers, record: Record, value: Text) -> None:
    text = value.text
    if parsers.is_usual_key(text):
        texts.keys.append(_new(KeyText, (record, value, parsers.dkim(text))))
        return
    first = record.name.partition(".")[0]
    is_key_text = _is_key(text)
    # Between other values, `t=y` alone may be a piece of a key that was cut.
    is_policy = _is_old_policy(text) and text.strip(" ;") != "t=y"
    if is_policy or (first in _POLICY_LABELS and not is_key_text):
        texts.leftovers.append((record, value))
    elif first.startswith("_") and not is_key_text:
        return  # `_report._domainkey` and other conventions of single senders: no selector
    elif dmarc.is_dmarc(text):
        texts.dmarc.append(DmarcText(record, value, parsers.dmarc(text), "stray"))
    elif is_host_text(text):
        texts.host_names.append((record, value))
    else:
        texts.keys.append(KeyText(record, value, parsers.dkim(text)))


def _at_domainkey(texts: Texts, parsers: Parsers, record: Record, value: Text) -> None:
    if _is_old_policy(value.text):
        texts.leftovers.append((record, value))
    else:
        _elsewhere(texts, parsers, record, value)


def _at_dmarc(texts: Texts, parsers: Parsers, record: Record, value: Text) -> None:
    text, name = value.text, record.name
    role: DmarcRole = "policy" if name.startswith("_dmarc.") else "report" if "._report._dmarc." in name else "stray"
    if dmarc.is_dmarc(text):
        texts.dmarc.append(_new(DmarcText, (record, value, parsers.dmarc(text), role)))
        return
    fault = dmarc.near_miss(text, at_dmarc_name=True)
    if fault:
        texts.near_dmarc.append(NearMiss(record, value, fault))
    elif role == "stray":
        _elsewhere(texts, parsers, record, value)
    elif _is_any_spf(text):
        texts.stray_spf.append((record, value))
    elif _is_transport(texts, parsers, record, value):
        return
    elif _is_key(text):
        texts.stray_keys.append(KeyText(record, value, parsers.dkim(text)))


def _at_transport(texts: Texts, parsers: Parsers, record: Record, value: Text) -> None:
    if _is_any_spf(value.text):
        texts.stray_spf.append((record, value))
    elif not _is_transport(texts, parsers, record, value):
        _elsewhere(texts, parsers, record, value)


def _is_any_spf(text: str) -> bool:
    """Whether a text is an SPF record, or plainly meant as one."""
    return spf.is_spf(text) or spf.near_miss(text) is not None


def _is_transport(texts: Texts, parsers: Parsers, record: Record, value: Text) -> bool:
    """Take a text of MTA-STS, TLS-RPT or BIMI, and tell whether it is one.

    Near misses count at the names of the kind only: elsewhere they may belong to another program.
    """
    from linter.records.transport import mta_sts, tls_rpt  # loaded for zones with such records only

    text, name = value.text, record.name
    at_sts, at_rpt = name.startswith("_mta-sts."), name.startswith("_smtp._tls.")
    at_bimi = name.split(".", 2)[1] == "_bimi"
    is_sts, is_rpt = mta_sts.is_mta_sts(text), tls_rpt.is_tls_rpt(text)
    if is_sts or (at_sts and mta_sts.near_miss(text, at_mta_sts_name=True)):
        texts.mta_sts.append(StsText(record, value, parsers.mta_sts(text), is_sts, at_sts))
    elif is_rpt or (at_rpt and tls_rpt.near_miss(text, at_tls_rpt_name=True)):
        texts.tls_rpt.append(TlsRptText(record, value, parsers.tls_rpt(text), is_rpt, at_rpt))
    else:
        return (at_bimi or "bimi" in text.lower()) and _is_bimi(texts, parsers, record, value, at_bimi)
    return True


def _is_bimi(texts: Texts, parsers: Parsers, record: Record, value: Text, in_place: bool) -> bool:
    from linter.records.transport import bimi

    selected = bimi.is_bimi(value.text)
    if selected or (in_place and bimi.near_miss(value.text, at_bimi_name=True)):
        texts.bimi.append(BimiText(record, value, parsers.bimi(value.text), selected, in_place))
        return True
    return False


def _elsewhere(texts: Texts, parsers: Parsers, record: Record, value: Text) -> None:
    text = value.text
    if spf.is_spf(text):
        texts.spf.append(_new(SpfText, (record, value, parsers.spf(text))))
        return
    if dmarc.is_dmarc(text):
        texts.dmarc.append(DmarcText(record, value, parsers.dmarc(text), "stray"))
        return
    fault = spf.near_miss(text)
    if fault:
        texts.near_spf.append(NearMiss(record, value, fault))
        return
    folded = text.lower()
    is_near = "stsv1" in folded or "tlsrptv1" in folded or "bimi1" in folded
    if is_near and _is_transport(texts, parsers, record, value):
        return
    if "dmarc" in folded:
        fault = dmarc.near_miss(text, at_dmarc_name=False)
        if fault:
            texts.near_dmarc.append(NearMiss(record, value, fault))
            return
    # Verification tokens by the dozen end here, and the grammar of keys need not be loaded for them.
    if "dkim" not in folded and not ("=" in folded and any(sign in folded for sign in _OF_KEYS)):
        return
    if _is_key(text):
        texts.stray_keys.append(KeyText(record, value, parsers.dkim(text)))
    elif _is_old_policy(text) and record.name.startswith("_"):
        texts.leftovers.append((record, value))


def _is_key(text: str) -> bool:
    from linter.records.dkim import record as dkim

    return dkim.is_key_text(text)


def _is_old_policy(text: str) -> bool:
    from linter.records.dkim import record as dkim

    return dkim.is_domainkeys_policy(text)


def is_host_text(text: str) -> bool:
    """Whether a text is nothing but a host name with two dots or more, as the target of a CNAME would be."""
    bare = text.strip().rstrip(".").lower()
    labels = bare.split(".")
    return (
        len(labels) > 2
        and not any(character in bare for character in "=; \t:/+")
        and all(label.replace("-", "").replace("_", "").isalnum() and len(label) < 64 for label in labels)
        and not labels[-1].isdigit()
    )
