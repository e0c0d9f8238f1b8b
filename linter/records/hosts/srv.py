"""Mail services in SRV names: what `_imaps._tcp` stands for, its port and its form with TLS (RFC 6186)."""

from linter.records.text.fault import Fault

from .services import Service, service_of

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
