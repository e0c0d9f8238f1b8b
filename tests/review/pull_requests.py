"""Eight typical pull requests: the files before, and what of them the change writes anew; None removes a file."""

from collections.abc import Mapping
from typing import NamedTuple

ZONE = "zones/acme.example.yaml"
KEY = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="  # RFC 8463 appendix A.2
CONFIG = "zones: [zones/*.yaml]\n"
LOCK = """version: 1
answers:
  _spf.crm.example:
    TXT: {ttl: 3600, seen: 2026-11-23, values: ["v=spf1 include:_a.crm.example include:_b.crm.example -all"]}
  _a.crm.example:
    TXT: {ttl: 3600, seen: 2026-11-23, values: ["v=spf1 ip4:203.0.113.0/26 -all"]}
  _b.crm.example:
    TXT: {ttl: 3600, seen: 2026-11-23, values: ["v=spf1 ip4:203.0.113.64/26 -all"]}
  _spf.webhost.example:
    TXT: {ttl: 3600, seen: 2026-11-23, values: ["v=spf1 include:_c.webhost.example include:_d.webhost.example -all"]}
  _c.webhost.example:
    TXT: {ttl: 3600, seen: 2026-11-23, values: ["v=spf1 a:out.webhost.example ip4:198.51.100.0/26 -all"]}
  _d.webhost.example:
    TXT: {ttl: 3600, seen: 2026-11-23, values: ["v=spf1 a:out.webhost.example ip4:198.51.100.64/26 -all"]}
  out.webhost.example:
    A: {ttl: 3600, seen: 2026-11-23, values: [198.51.100.1]}
    AAAA: {ttl: 3600, seen: 2026-11-23, values: ["2001:db8:100::1"]}
"""


class PullRequest(NamedTuple):
    """One change, and the exit status of its review."""

    title: str
    before: Mapping[str, str]
    after: Mapping[str, str | None]
    status: int


def zone(
    spf: str = "v=spf1 include:_spf.webhost.example -all",
    mx: str = "10, exchange: mx.webhost.example.",
    dmarc: str = "v=DMARC1\\; p=quarantine\\; rua=mailto:dmarc@acme.example",
    key: str = "{type: CNAME, value: acme-example.dkim.webhost.example.}",
    more: str = "",
    ttl: int = 3600,
) -> str:
    """The zone of a company whose web host has its mail."""
    return f"""---
'':
  - type: MX
    ttl: {ttl}
    value: {{preference: {mx}}}
  - type: TXT
    value: {spf}
_dmarc: {{type: TXT, value: {dmarc}}}
s1._domainkey: {key}
{more}"""


def _include() -> PullRequest:
    start = "v=spf1 mx a:www.acme.example a:shop.acme.example"
    before = {".mailzone.yaml": CONFIG, "mailzone.lock": LOCK, ZONE: zone(f"{start} include:_spf.webhost.example -all")}
    after = zone(f"{start} include:_spf.webhost.example include:_spf.crm.example -all")
    return PullRequest("An include for a new service", before, {ZONE: after}, 1)


def _flattened() -> PullRequest:
    before = {".mailzone.yaml": CONFIG, "mailzone.lock": LOCK, ZONE: zone()}
    after = zone("v=spf1 ip4:198.51.100.0/26 ip4:198.51.100.64/27 -all")
    return PullRequest("An include replaced by addresses", before, {ZONE: after}, 0)


def _move() -> PullRequest:
    more = """_mta-sts: {type: TXT, value: v=STSv1\\; id=20250101}
_imaps._tcp: {type: SRV, value: {priority: 0, weight: 1, port: 993, target: imap.gmail.com.}}
"""
    key = f"{{type: TXT, value: v=DKIM1\\; k=ed25519\\; p={KEY}}}"
    dmarc = "v=DMARC1\\; p=none\\; rua=mailto:dmarc@acme.example"
    before = zone("v=spf1 include:_spf.google.com -all", "1, exchange: smtp.google.com.", dmarc, key, more)
    after = zone(
        "v=spf1 include:spf.protection.outlook.com -all",
        "0, exchange: acme-example.mail.protection.outlook.com.",
        dmarc,
        key,
        f"{more}autodiscover: {{type: CNAME, value: autodiscover.outlook.com.}}\n",
    )
    return PullRequest("A move in one commit", {".mailzone.yaml": CONFIG, ZONE: before}, {ZONE: after}, 1)


def _repaired() -> PullRequest:
    broken, whole = (
        zone(key=f"{{type: TXT, value: v=DKIM1\\; k=ed25519\\; p={key}}}") for key in (f"{KEY[:22]}\\; {KEY[22:]}", KEY)
    )
    return PullRequest("A key repaired", {".mailzone.yaml": CONFIG, ZONE: broken}, {ZONE: whole}, 0)


def _strict() -> PullRequest:
    before = zone(dmarc="v=DMARC1\\; p=none\\; rua=mailto:dmarc@acme.example")
    after = zone(dmarc="v=DMARC1\\; p=reject")
    return PullRequest("DMARC from none to reject", {".mailzone.yaml": CONFIG, ZONE: before}, {ZONE: after}, 1)


def _bounces() -> PullRequest:
    more = """bounces:
  - {type: MX, value: {preference: 10, exchange: feedback-smtp.eu-west-1.amazonses.com.}}
  - {type: TXT, value: v=spf1 include:amazonses.com -all}
"""
    before = {".mailzone.yaml": CONFIG, ZONE: zone(more=more)}
    return PullRequest("Bounce domains removed", before, {ZONE: zone()}, 0)


def _new() -> PullRequest:
    keys = "".join(
        f"selector{number}._domainkey: {{type: CNAME, value: "
        f"selector{number}-acmeevents-example._domainkey.acme.onmicrosoft.com.}}\n"
        for number in (1, 2)
    )
    fresh = f"""---
'':
  - {{type: MX, value: {{preference: 0, exchange: acmeevents-example.mail.protection.outlook.com.}}}}
  - {{type: TXT, value: v=spf1 include:spf.protection.outlook.com -all}}
_dmarc: {{type: TXT, value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@acme-events.example}}
autodiscover: {{type: CNAME, value: autodiscover.outlook.com.}}
{keys}"""
    before = {".mailzone.yaml": CONFIG, ZONE: zone()}
    return PullRequest("A new domain", before, {"zones/acme-events.example.yaml": fresh}, 0)


def _split() -> PullRequest:
    web = "www: {type: CNAME, value: acme.example.}\nshop: {type: A, value: 192.0.2.80}\n"
    folder = "zones/acme.example."
    after = {ZONE: None, f"{folder}/mail.yaml": zone(ttl=14_400), f"{folder}/web.yaml": f"---\n{web}"}
    return PullRequest("A file split", {ZONE: zone(more=web)}, after, 0)


PULL_REQUESTS = (_include(), _flattened(), _move(), _repaired(), _strict(), _bounces(), _new(), _split())
