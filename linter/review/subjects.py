"""What a record set has to do with mail, and whose mail that is."""

from collections.abc import Iterable

from linter.records.hosts.services import service_of

MX, SPF, DMARC, DKIM, STS, TLS_RPT, BIMI, TLSA, CLIENTS, HOST, CUT = (
    "mx", "spf", "dmarc", "dkim", "mta-sts", "tls-rpt", "bimi", "tlsa", "clients", "mail-host", "delegation",
)  # fmt: skip
ADDRESSES = ("A", "AAAA", "CNAME", "ALIAS")
FINDERS = ("autodiscover.", "autoconfig.")
_INNER = "._domainkey."
_TEXTUAL = ("TXT", "CNAME", "NS", "DNAME")


def subject_of(name: str, kind: str, values: Iterable[str], hosts: frozenset[str]) -> str:
    """The subject of a set by its name, type and those values that differ; "" for what has nothing to do with mail.

    `hosts` are the names that mail, SPF or mail programs are led to.
    """
    if kind == "MX":
        return MX
    if kind == "SRV":
        return CLIENTS if service_of(name) is not None else ""
    if kind == "TLSA":
        return TLSA
    if kind in _TEXTUAL:
        found = _by_name(name)
        if found:
            return found
    if name.startswith(FINDERS) and kind in ADDRESSES:
        return CLIENTS
    if name.startswith("mta-sts.") and kind in ADDRESSES:
        return STS
    if kind == "TXT":
        return SPF if any(is_meant_as_spf(value) for value in values) else ""
    if kind == "NS":
        return CUT
    return HOST if kind in ADDRESSES and name in hosts else ""


def is_meant_as_spf(text: str) -> bool:
    """Whether a text is an SPF record or looks like one."""
    return text[:8].lower().lstrip("\"' \\").startswith(("v=spf", "spf2.0"))


def _by_name(name: str) -> str:
    if _INNER in f".{name}":
        return DKIM
    if name.startswith("_dmarc.") or "._report._dmarc." in name:
        return DMARC
    if name.startswith("_mta-sts."):
        return STS
    if name.startswith("_smtp._tls."):
        return TLS_RPT
    return BIMI if "._bimi." in name else ""


def domain_of(name: str, subject: str) -> str:
    """The mail domain that a set of a subject is about; the name itself where it says no more."""
    if subject == DKIM:
        return f".{name}".rpartition(_INNER)[2]
    if subject == BIMI:
        return name.rpartition("._bimi.")[2]
    if subject == DMARC:
        return name.partition("._report._dmarc.")[0] + "." if "._report._dmarc." in name else name[len("_dmarc.") :]
    if subject == STS:
        return name.partition(".")[2]
    if subject in (TLS_RPT, TLSA):
        return name.split(".", 2)[-1]
    if subject == CLIENTS:
        return name.partition(".")[2] if name.startswith(FINDERS) else name.split(".", 2)[-1]
    return name
