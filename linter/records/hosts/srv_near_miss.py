"""SRV names and ports that were plainly meant for a mail service and that no mail program looks for."""

from linter.records.text.fault import Fault, quoted

from .services import SERVICES, Service

_REFERENCE = "RFC 6186 section 3"
_BY_LABEL = {service.label: service for service in SERVICES}
_PROTOCOLS = ("tcp", "udp", "tls", "ssl", "tcps", "starttls")
_SHORT = 5
"""Up to this length, a name that is one letter off may be another service altogether: the port must agree."""

# What people write, without separators, and the label that was meant.
_ALIASES = {
    "imap4": "_imap",
    "imap4s": "_imaps",
    "imapssl": "_imaps",
    "imap4ssl": "_imaps",
    "imaptls": "_imaps",
    "imapsecure": "_imaps",
    "simap": "_imaps",
    "pop": "_pop3",
    "pops": "_pop3s",
    "popssl": "_pop3s",
    "pop3ssl": "_pop3s",
    "pop3tls": "_pop3s",
    "spop3": "_pop3s",
    "smtps": "_submissions",
    "ssmtp": "_submissions",
    "smtpssl": "_submissions",
    "smtptls": "_submissions",
    "submissionssl": "_submissions",
    "submissiontls": "_submissions",
    "submit": "_submission",
    "submits": "_submissions",
    "msa": "_submission",
    "smtpsubmission": "_submission",
    "mailsubmission": "_submission",
    "caldavssl": "_caldavs",
    "carddavssl": "_carddavs",
    "autodiscovery": "_autodiscover",
    "autodiscoverer": "_autodiscover",
    "managesieve": "_sieve",
    "sieves": "_sieve",
    "jmaps": "_jmap",
}
_PORTS = {
    25: "port 25 is for mail between servers",
    80: "port 80 is HTTP without TLS",
    110: "port 110 is that of `_pop3`",
    143: "port 143 is that of `_imap`",
    443: "port 443 is HTTP over TLS",
    465: "port 465 is that of `_submissions`, where TLS begins with the connection",
    587: "port 587 is that of `_submission`",
    993: "port 993 is that of `_imaps`, where TLS begins with the connection",
    995: "port 995 is that of `_pop3s`, where TLS begins with the connection",
    4190: "port 4190 is that of `_sieve`",
}


def foreign_port(service: Service, port: int) -> Fault | None:
    """See `linter.records.hosts.srv.port_fault`."""
    what = "port 0 is not a port; it belongs to the target `.`" if port == 0 else _PORTS.get(port)
    if what is None:
        return None
    owners = [other for other in SERVICES if other.port == port]
    way_out = f"write {service.port}"
    if len(owners) == 1:
        way_out = f"{way_out}, or move the record to `{owners[0].name}`"
    elif service.sibling and any(other.label == service.sibling for other in owners):
        way_out = f"{way_out}, or move the record to `{service.sibling}._tcp`"
    message = f"{what}, and {service.description} has port {service.port}"
    return Fault(0, len(str(port)), "port-unusual", message, way_out, service.reference)


def misspelt(name: str, ports: tuple[int, ...]) -> Fault | None:
    """See `linter.records.hosts.srv.name_fault`."""
    first, _, rest = name.partition(".")
    second = rest.partition(".")[0]
    if not first:
        return None
    protocol = second.strip("_-").lower()
    word = first.strip("_- ").lower()
    if word in _PROTOCOLS:  # `_tcp._imaps`
        meant = _known(protocol) if second.startswith("_") or first.startswith("_") else None
        return None if meant is None else _fault((0, len(first) + 1 + len(second)), name, meant.name)
    if protocol not in _PROTOCOLS:
        return _without_protocol(name, first, second)
    if not first.startswith("_") and not second.startswith("_"):
        return None  # `imap.tcp.example.com`: a host, for all we know
    service = _known(word) or _alias(word, ports) or _slip(word, ports)
    if service is None:
        return _unused(name, first, word)
    if first.lower() == service.label:
        start = len(first) + 1
        return _fault((start, start + len(second)), name, service.name)
    whole = len(first) + 1 + len(second)
    return _fault((0, len(first) if second.lower() == "_tcp" else whole), name, service.name)


def _fault(span: tuple[int, int], name: str, meant: str) -> Fault:
    written = ".".join(name.split(".", 2)[:2])
    message = f"no mail program looks up {quoted(written)}; did you mean `{meant}`?"
    return Fault(*span, "name-invalid", message, "", _REFERENCE)


def _without_protocol(name: str, first: str, second: str) -> Fault | None:
    """`_imaps.example.com`, `_imaps`, `_imaps_tcp` or `_imaps-tcp`."""
    bare = first.strip("_-").lower()
    head, tail = bare[:-3].rstrip("_-"), bare[-3:]
    joined = _known(head) if tail == "tcp" and head != bare[:-3] else None
    service = joined or (_known(bare) if first.startswith("_") else None)
    if service is None:
        return None
    if second.startswith("_"):
        start = len(first) + 1
        return _fault((start, start + len(second)), name, service.name)
    message = f"no mail program looks up {quoted(first)} without a protocol after it; did you mean `{service.name}`?"
    return Fault(0, len(first), "name-invalid", message, "", _REFERENCE)


def _known(word: str) -> Service | None:
    return _BY_LABEL.get(f"_{word}")


def _alias(word: str, ports: tuple[int, ...]) -> Service | None:
    plain = word.replace("-", "").replace("_", "")
    label = _ALIASES.get(plain, "")
    if plain == "smtp":
        label = {465: "_submissions", 587: "_submission"}.get(ports[0] if ports else 0, "")
    return _BY_LABEL.get(label) or _known(plain)


def _slip(word: str, ports: tuple[int, ...]) -> Service | None:
    """The service that is one letter off; a port decides between two of them, and confirms a short one."""
    from linter.records.text.version_near_miss import is_slip  # most names are what they look like

    near = [service for service in SERVICES if is_slip(word, service.label[1:])]
    sure = [service for service in near if service.port in ports]
    long = [service for service in near if len(service.label) > _SHORT + 1]
    return next(iter([*sure, *long]), None)


def _unused(name: str, first: str, word: str) -> Fault | None:
    """Names that look like a mail service and that nobody defined."""
    written = ".".join(name.split(".", 2)[:2])
    if word == "smtp":
        message = f"no mail program looks up {quoted(written)}; servers find each other by MX records"
        way_out = "programs that send mail look up `_submissions._tcp` and `_submission._tcp`"
        return Fault(0, len(first), "name-invalid", message, way_out, "RFC 6186 section 3.1")
    if word in ("autoconfig", "autoconfigure"):
        message = f"no mail program looks up {quoted(written)}"
        way_out = "programs that read such a configuration ask the host `autoconfig` of the domain"
        return Fault(0, len(first), "name-invalid", message, way_out)
    return None
