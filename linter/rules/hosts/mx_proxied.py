"""Hosts of mail and services that a web proxy answers for."""

from collections.abc import Iterator

from linter.facts.proxied import NO_PROXY_ZONE, SAME_ZONE, ProxiedHost, proxied_hosts
from mailzone import MX, SRV, WARNING, Complaint, Facts, Related, complaint, rule

_WAY_OUT = "name a host that is not proxied, or take `proxied: true` from this one"


@rule("mx-target-proxied", WARNING, "RFC 5321 section 5.1", when=(MX, SRV))
def target_proxied(facts: Facts) -> Iterator[Complaint]:
    """Every host of an MX or SRV for which a proxy answers: dead from elsewhere, or behind an address for nothing."""
    for found in proxied_hosts(facts):
        target, record = found.target, found.record
        words, severity = _words(found)
        message = f"`{target.name.rstrip('.')}` is behind Cloudflare's web proxy, {words}"
        related = tuple(Related(each.name_span, "proxied here") for each in found.at)
        yield complaint(target.span, message, help=_WAY_OUT, at=record, related=related, severity=severity)


def _words(found: ProxiedHost) -> tuple[str, str]:
    """What comes of it, and how grave that is; "" for the rule's own severity."""
    service = "mail" if found.record.type == "MX" else "the service"
    if found.is_placeholder:
        return f"and has no other address that {service} could reach", "error"
    if found.place == NO_PROXY_ZONE:
        return f"and this zone is not at Cloudflare: {service} goes to the proxy, which does not accept it", "error"
    if found.place == SAME_ZONE:
        label = "_dc-mx" if found.record.type == "MX" else "dc-"
        return f"so Cloudflare answers with a `{label}` name that shows the address behind it", ""
    return f"in another zone: {service} reaches it only if Cloudflare publishes both zones and bypasses the proxy", ""
