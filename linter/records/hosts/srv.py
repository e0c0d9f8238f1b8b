"""Mail services in SRV names: what `_imaps._tcp` stands for, its port and its form with TLS (RFC 6186)."""

from linter.records.text.fault import Fault
from linter.source.frozen import Frozen

__all__ = ["SERVICES", "Service", "name_fault", "port_fault", "service_of"]


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
# What else zones publish as SRV; these are spelt as they should be.
_OTHERS = (
    "_afpovertcp", "_collab-edge", "_cuplogin", "_cisco-uds", "_dns-sd", "_ftp", "_gc", "_h323cs", "_h323ls",
    "_h323rs", "_http", "_https", "_imap3", "_ipp", "_jabber", "_kerberos", "_kerberos-adm", "_kerberos-master",
    "_kpasswd", "_ldap", "_ldaps", "_matrix", "_matrix-fed", "_matrix-identity", "_minecraft", "_mongodb",
    "_mumble", "_ntp", "_nfs", "_pop2", "_puppet", "_rtmp", "_rtsp", "_sftp-ssh", "_sip", "_sipfederationtls",
    "_sipinternaltls", "_sips", "_ssh", "_stun", "_stuns", "_teamspeak", "_ts3", "_tsdns", "_turn", "_turns",
    "_vlmcs", "_webdav", "_webdavs", "_x-puppet", "_xmpp-client", "_xmpps-client", "_xmpp-server", "_xmpps-server",
    "_zabbix",
)  # fmt: skip


def service_of(name: str) -> Service | None:
    """The mail service that a name's first two labels stand for; None where they stand for none."""
    first, _, rest = name.lower().partition(".")
    return _BY_LABEL.get(first) if rest.partition(".")[0] == "_tcp" else None


def name_fault(name: str, ports: tuple[int, ...] = ()) -> Fault | None:
    """The fault of kind "name-invalid" of a name at which SRV records of a mail service were meant to stand.

    `name` is the owner name as it is written, `ports` those of its values: the port tells what a short name means.
    None for the names of mail services and for all that was never meant as one.
    """
    first = name.lower().partition(".")[0]
    if service_of(name) is not None or first in _OTHERS or first == "*":
        return None
    from .srv_near_miss import misspelt  # most runs have no such name

    return misspelt(name, ports)


def port_fault(service: Service, port: int) -> Fault | None:
    """The fault of kind "port-unusual" of a port that is another service's; its offsets are those of the number.

    Not to be asked for where the target is `.`: then the port means nothing (RFC 2782).
    """
    if port == service.port:
        return None
    from .srv_near_miss import foreign_port

    return foreign_port(service, port)
