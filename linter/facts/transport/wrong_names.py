"""Texts of MTA-STS, TLS-RPT and BIMI at names where nobody looks, and the names that they belong to."""

from collections.abc import Callable, Iterable, Iterator

from linter.facts.targets import leading_aliases
from linter.facts.texts import BimiText, StsText, TlsRptText
from linter.records.text.name import is_under
from linter.source.frozen import Frozen

# First labels that were meant as those of the right name; behind them stands the mail domain.
_STS_LABELS = ("mta-sts", "mta_sts", "mtasts", "_mta_sts", "_mtasts", "_mta", "_sts", "_smtp-sts", "_smtp", "_tls")
_RPT_LABELS = (
    "_tls", "tls", "smtp", "_smtp", "_tlsrpt", "_tls-rpt", "_tls_rpt", "tlsrpt", "tls-rpt", "_smtp-tls", "_smtp_tls",
    "_smtp-tlsrpt", "smtp-tls", "_smtptls", "_mta-sts",
)  # fmt: skip
_BIMI_LABELS = ("_bimi", "bimi")


class Stray(Frozen):
    """A text at a wrong name; `right` is the absolute name that it belongs to."""

    text: StsText | TlsRptText | BimiText
    right: str


def strays(
    zone: str,
    texts: Iterable[StsText | TlsRptText | BimiText],
    aliases_to: Callable[[str], tuple[str, ...]],
) -> Iterator[Stray]:
    """The first text of each wrong name of a zone, unless a CNAME that is asked for leads there.

    Names with an underscore of their own are made to be the target of CNAMEs, which may stand in zones that are not
    here; of them only misspellings of the right name are wrong for certain. Wildcards are another fault.
    """
    seen = set()
    for text in texts:
        name = text.record.name
        if text.in_place or name in seen or "*" in name:
            continue
        seen.add(name)
        right = _right_name(text, name, zone)
        if right and not _is_asked(name, text, aliases_to):
            yield Stray(text, right)


def is_place(name: str, text: StsText | TlsRptText | BimiText) -> bool:
    """Whether a name is one at which records of the text's kind are asked for."""
    if isinstance(text, StsText):
        return name.startswith("_mta-sts.")
    if isinstance(text, TlsRptText):
        return name.startswith("_smtp._tls.")
    return name.split(".", 2)[1] == "_bimi"


def _right_name(text: StsText | TlsRptText | BimiText, name: str, zone: str) -> str:
    """Where the text belongs; "" where it may be found as it is."""
    lead: str
    known: tuple[str, ...]
    lead, known = "default._bimi", _BIMI_LABELS
    if isinstance(text, StsText):
        lead, known = "_mta-sts", _STS_LABELS
    elif isinstance(text, TlsRptText):
        lead, known = "_smtp._tls", _RPT_LABELS
    labels = name.split(".")
    if isinstance(text, BimiText) and labels[1] in known and is_under(".".join(labels[2:]), zone):
        return ".".join([labels[0], "_bimi", *labels[2:]])
    while labels[0] in known and ".".join(labels) != zone:
        labels = labels[1:]
    is_own = any(label.startswith("_") for label in labels)
    return "" if is_own else ".".join([lead, *labels])


def _is_asked(name: str, text: StsText | TlsRptText | BimiText, aliases_to: Callable[[str], tuple[str, ...]]) -> bool:
    """Whether a CNAME at a name that is asked for leads to `name`."""
    return any(is_place(alias, text) for alias in leading_aliases(name, aliases_to))
