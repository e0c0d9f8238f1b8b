"""The services that mail programs look for by SRV, with their names and ports (RFC 6186, RFC 8314)."""

from linter.source.frozen import Frozen


class Service(Frozen):
    """One service that mail programs look up as SRV records below `_tcp`.

    `label` is its first label in lower case, `port` the registered port. `tls` is whether TLS begins with the
    connection; `sibling` is the label of the same service with or without that, "" where there is none.
    """

    label: str
    port: int
    tls: bool
    sibling: str
    description: str
    reference: str

    @property
    def name(self) -> str:
        """Both labels: `_imaps._tcp`."""
        return f"{self.label}._tcp"

    @property
    def tls_sibling(self) -> str:
        """The label of the same service with TLS from the beginning, "" where there is none or this is it."""
        return "" if self.tls else self.sibling


SERVICES = (
    Service("_submission", 587, False, "_submissions", "mail submission", "RFC 6186 section 3.1"),
    Service("_submissions", 465, True, "_submission", "mail submission over TLS", "RFC 8314 section 5.1"),
    Service("_imap", 143, False, "_imaps", "IMAP", "RFC 6186 section 3.2"),
    Service("_imaps", 993, True, "_imap", "IMAP over TLS", "RFC 6186 section 3.2"),
    Service("_pop3", 110, False, "_pop3s", "POP3", "RFC 6186 section 3.3"),
    Service("_pop3s", 995, True, "_pop3", "POP3 over TLS", "RFC 6186 section 3.3"),
    Service("_caldav", 80, False, "_caldavs", "CalDAV", "RFC 6764 section 3"),
    Service("_caldavs", 443, True, "_caldav", "CalDAV over TLS", "RFC 6764 section 3"),
    Service("_carddav", 80, False, "_carddavs", "CardDAV", "RFC 6764 section 3"),
    Service("_carddavs", 443, True, "_carddav", "CardDAV over TLS", "RFC 6764 section 3"),
    Service("_autodiscover", 443, True, "", "Exchange Autodiscover", ""),
    Service("_sieve", 4190, False, "", "ManageSieve", "RFC 5804"),
    Service("_jmap", 443, True, "", "JMAP", "RFC 8620 section 2.2"),
)
"""All of them; CalDAV and CardDAV are what mail programs set up along with mail."""

_BY_LABEL = {service.label: service for service in SERVICES}


def service_of(name: str) -> Service | None:
    """The mail service that a name's first two labels stand for; None where they stand for none."""
    first, _, rest = name.lower().partition(".")
    return _BY_LABEL.get(first) if rest.partition(".")[0] == "_tcp" else None
