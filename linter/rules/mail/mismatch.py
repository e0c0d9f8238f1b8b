"""Records of one name that are of different vendors."""

from collections.abc import Iterator

from linter.facts.vendor_sets import vendor_sets
from linter.records.text.name import shown
from mailzone import MX_VENDORS, WARNING, At, Complaint, Facts, Related, complaint, rule


@rule("provider-mismatch", WARNING, "RFC 7208 section 4.6.2", when=MX_VENDORS)
def provider_mismatch(facts: Facts) -> Iterator[Complaint]:
    """One complaint for each name, at the term that authorises the other vendor."""
    if not any(name in facts.spf_by_name for name in vendor_sets(facts)):
        return
    from linter.facts.mail.vendor_mismatch import mismatches  # the trees of SPF are loaded where vendors have hosts

    for found in mismatches(facts):
        name, text = found.text.record.name, found.text
        receiver, sender = found.receiver.name, found.sender.name
        message = f"mail for {shown(name)} goes to {receiver}, but its SPF authorises only {sender}"
        related = (Related(found.mx.exchange.span, f"a host of {receiver}"),)
        way_out = f"add `{found.asked}`, or point the MX to {sender}"
        span = text.value.place(found.term)
        at, is_firm = At(name, "TXT"), found.is_firm
        yield complaint(span, message, help=way_out, at=at, related=related, is_firm=is_firm, evidence=found.witnesses)
