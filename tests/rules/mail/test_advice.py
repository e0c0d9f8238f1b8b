"""What declared mail needs beyond MX and SPF: signatures, bounces, forwarders, tenants, policies; each cause once."""

import pytest

from tests.rules.conftest import CheckZone

RULES = ("intent", "provider", "autodiscover", "dmarc", "mx-null", "spf-missing")
REJECT = "p=reject; rua=mailto:d@reports.example.net"
S1 = "  s1._domainkey: {type: CNAME, value: s1.keys.example.net.}\n"
MX = "{type: MX, values: [{preference: 10, exchange: mx1.web.example.}]}"
GATEWAY = "  gw: {receives: [mx1.web.example]}\n"
NULL_MX = "{type: MX, value: {preference: 0, exchange: .}}"
CLOUDFLARE = (
    "{type: MX, values: [{preference: 1, exchange: route1.mx.cloudflare.net.}, "
    "{preference: 2, exchange: route2.mx.cloudflare.net.}, {preference: 3, exchange: route3.mx.cloudflare.net.}]}"
)
FEEDBACK = "{type: MX, value: {preference: 10, exchange: feedback-smtp.eu-west-1.amazonses.com.}}"
SES_SPF = "{type: TXT, value: 'v=spf1 include:amazonses.com -all'}"
SES_KEYS = "".join(f"  t{n}._domainkey: {{type: CNAME, value: t{n}.dkim.amazonses.com.}}\n" for n in (1, 2, 3))


def zone(systems: str, mail: str, spf: str, *more: str, mx: str = MX, dmarc: str = REJECT) -> str:
    policy = f"  _dmarc: {{type: TXT, value: 'v=DMARC1; {dmarc}'}}\n" if dmarc else ""
    return (
        f"zone: example.com\nsystems:\n{systems}mail:\n{mail}records:\n"
        f"  '': [{mx}, {{type: TXT, value: '{spf}'}}]\n{''.join(more)}{policy}"
    )


ERP, WEB = "  erp: {spf: 'ip4:50.0.0.1'}\n", "  web: {receives: [mx1.web.example], spf: 'ip4:50.0.0.2', dkim: [s1]}\n"
BOTH = "  example.com: {receives: web, sends: [web, erp]}\n"
SPF = "v=spf1 ip4:50.0.0.1 ip4:50.0.0.2 -all"
SES = "  ses: {provider: amazon-ses}\n"
SES_AT = "  ses: {provider: amazon-ses, envelope: bounce.example.com}\n"
OLD = "  old: {provider: microsoft-365, tenant: contoso}\n"
NEW = "  new: {provider: microsoft-365, tenant: fabrikam}\n"
OFFICE_MX = "{type: MX, value: {preference: 0, exchange: example-com.mail.protection.outlook.com.}}"
OFFICE_SPF = "v=spf1 include:spf.protection.outlook.com -all"
OFFICE = (
    "  autodiscover: {type: CNAME, value: autodiscover.outlook.com.}\n"
    "  selector1._domainkey: {type: CNAME, value: selector1-example-com._domainkey.contoso.onmicrosoft.com.}\n"
    "  selector2._domainkey: {type: CNAME, value: selector2-example-com._domainkey.contoso.onmicrosoft.com.}\n"
)
TO_OLD = "  example.com: {receives: old, sends: [old]}\n"


def wants(policy: str) -> str:
    return f"  example.com: {{receives: web, sends: [web], {policy}}}\n"


def office(systems: str, mail: str) -> str:
    return zone(systems, mail, OFFICE_SPF, OFFICE, mx=OFFICE_MX)


ONLY_WEB = "v=spf1 ip4:50.0.0.2 -all"
STS = "  _mta-sts: {type: TXT, value: v=STSv1; id=1}\n  mta-sts: {type: A, value: 50.0.0.3}\n"
CLOUD, SHUT = "  cf: {provider: cloudflare-email-routing}\n", "v=spf1 -all"
TO_CLOUD = "  example.com: {receives: cf, sends: []}\n"
SENT_BY_SES = "  example.com: {receives: web, sends: [web, ses]}\n"
ROWS: dict[str, tuple[str, list[str]]] = {
    # who does not sign
    "unsigned beside one that signs": (zone(ERP + WEB, BOTH, SPF, S1), ["intent-sender-unsigned warning"]),
    "unsigned at p=none": (zone(ERP + WEB, BOTH, SPF, S1, dmarc=REJECT.replace("reject", "none")), []),
    "unsigned, only tested": (
        zone(ERP + WEB, BOTH, SPF, S1, dmarc="p=reject; t=y; rua=mailto:d@reports.example.net"),
        ["dmarc-historic-tag warning"],
    ),
    "unsigned, and no key in the zone": (
        zone(ERP, "  example.com: {sends: [erp]}\n", SPF.replace(" ip4:50.0.0.2", "")),
        ["intent-sender-unsigned warning"],
    ),
    "perhaps with the key that nobody declared": (
        zone(ERP + WEB.replace(", dkim: [s1]", ""), BOTH, SPF, S1),
        [],
    ),
    "a gateway that signs": (
        zone(ERP + WEB, BOTH.replace("receives: web", "receives: erp, behind: web"), SPF, S1),
        [],
    ),
    "a gateway that does not": (
        zone(ERP + WEB + GATEWAY, BOTH.replace("web, s", "web, behind: gw, s"), SPF, S1),
        ["intent-sender-unsigned warning"],
    ),
    "a signature of another domain": (
        zone(ERP.replace("}", ", dkim: [x], signs: example.org}") + WEB, BOTH, SPF, S1),
        [],
    ),
    # selectors that the vendor makes up
    "given keys, none there, SPF elsewhere": (
        zone(WEB + SES, SENT_BY_SES, ONLY_WEB, S1), ["intent-sender-unaligned error"],
    ),
    "given keys, none there, SPF saves": (
        zone(WEB + SES_AT, SENT_BY_SES, ONLY_WEB, S1, f"  bounce: [{FEEDBACK}, {SES_SPF}]\n"),
        ["intent-dkim-missing warning"],
    ),
    "given keys, found by their targets": (
        zone(WEB + SES_AT, SENT_BY_SES, ONLY_WEB, S1, SES_KEYS, f"  bounce: [{FEEDBACK}, {SES_SPF}]\n"), [],
    ),
    # bounces
    "the vendor falls back, and its keys save": (
        zone(WEB + SES_AT, SENT_BY_SES, ONLY_WEB, S1, SES_KEYS, f"  bounce: [{SES_SPF}]\n"),
        ["provider-record-missing warning"],
    ),
    "the vendor falls back, and nothing saves": (
        zone(WEB + SES_AT, SENT_BY_SES, ONLY_WEB, S1, f"  bounce: [{SES_SPF}]\n"),
        ["intent-sender-unaligned error", "provider-record-missing warning"],
    ),
    "a return path to somebody else": (
        zone(WEB + SES_AT, SENT_BY_SES, ONLY_WEB, S1, SES_KEYS, f"  bounce: [{MX}, {SES_SPF}]\n"),
        ["provider-record-differs error"],
    ),
    "a MAIL FROM of the name's own": (
        zone(ERP + WEB, BOTH.replace("}", ", envelope: b.example.com}"), "v=spf1 -all", S1,
             "  b: {type: TXT, value: 'v=spf1 ip4:50.0.0.1 ip4:50.0.0.2 -all'}\n"),
        ["intent-envelope-unreachable warning"] * 2 + ["intent-sender-unsigned warning"],
    ),
    "a null MX of a name that sends": (
        zone(WEB, "  example.com: {sends: [web]}\n", ONLY_WEB, S1, mx=NULL_MX),
        ["intent-envelope-unreachable warning"],
    ),
    "a null MX of a name that is to receive": (
        zone(WEB, "  example.com: {receives: web, sends: [web]}\n", ONLY_WEB, S1,
             mx=NULL_MX),
        ["intent-mx-differs error"],
    ),
    # forwarders
    "a forwarder that may not send": (zone(CLOUD, TO_CLOUD, SHUT, mx=CLOUDFLARE), ["provider-record-missing warning"]),
    "a forwarder that may": (
        zone(CLOUD, TO_CLOUD, "v=spf1 include:_spf.mx.cloudflare.net -all", S1, mx=CLOUDFLARE), [],
    ),
    "a forwarder that is declared to send as well": (
        zone(CLOUD, TO_CLOUD.replace("[]", "[cf]"), SHUT, mx=CLOUDFLARE),
        ["intent-sender-unauthorised error", "provider-record-missing warning"],
    ),
    # tenants
    "two tenants": (
        office(OLD + NEW, "  example.com: {receives: old, sends: [old, new]}\n"), ["intent-tenants-conflict error"],
    ),
    "two tenants by a split": (
        office(OLD + NEW, "  example.com: {receives: old, split: [{to: new, through: fabrikam.onmicrosoft.com}], "
               "sends: [old]}\n"),
        ["intent-tenants-conflict error"],
    ),
    "one tenant twice": (
        office(OLD + OLD.replace("old", "new").replace("contoso", "Contoso.onmicrosoft.com"),
               "  example.com: {receives: old, sends: [old]}\n"),
        [],
    ),
    "two tenants, of which one is not said": (office(OLD + "  new: {provider: microsoft-365}\n", TO_OLD), []),
    "two tenants of two names": (
        office(OLD + NEW, TO_OLD + "  below.example.com: {sends: []}\n"), [],
    ),
    # policies
    "as declared": (zone(WEB, wants("dmarc: {p: reject, rua: d@reports.example.net}"), ONLY_WEB, S1), []),
    "reports as a URI": (zone(WEB, wants("dmarc: {rua: 'mailto:D@reports.example.net'}"), ONLY_WEB, S1), []),
    "reports elsewhere": (
        zone(WEB, wants("dmarc: {rua: x@reports.example.net}"), ONLY_WEB, S1), ["intent-policy-differs warning"],
    ),
    "a weaker policy": (
        zone(WEB, wants("dmarc: {p: reject}"), ONLY_WEB, S1, dmarc=REJECT.replace("reject", "quarantine")),
        ["intent-policy-differs error"],
    ),
    "a stricter policy": (zone(WEB, wants("dmarc: {p: none}"), ONLY_WEB, S1), ["intent-policy-differs warning"]),
    "none instead of reject, told once": (
        zone(WEB, wants("dmarc: {p: reject, sp: reject}"), ONLY_WEB, S1, dmarc=REJECT.replace("reject", "none")),
        ["intent-policy-differs error"],
    ),
    "no record, told once": (zone(WEB, wants("dmarc: {p: reject}"), ONLY_WEB, S1, dmarc=""),
                             ["intent-policy-differs error"]),
    "a weaker policy of subdomains": (
        zone(WEB, wants("dmarc: {p: reject, sp: reject}"), ONLY_WEB, S1, dmarc=REJECT.replace("ct;", "ct; sp=none;")),
        ["dmarc-subdomains-weaker warning", "intent-policy-differs error"],
    ),
    "MTA-STS that is not there": (zone(WEB, wants("mta-sts: enforce"), ONLY_WEB, S1), ["intent-policy-differs error"]),
    "MTA-STS whose policy is elsewhere": (zone(WEB, wants("mta-sts: enforce"), ONLY_WEB, S1, STS), []),
    "MTA-STS that is not wanted": (zone(WEB, wants("mta-sts: none"), ONLY_WEB, S1), []),
}  # fmt: skip


@pytest.mark.parametrize("name", ROWS)
def test_each_cause_is_told_once(name: str, check_zone: CheckZone) -> None:
    text, expected = ROWS[name]

    found = [each for each in check_zone(text) if each.rule.startswith(RULES) and each.severity != "info"]

    assert sorted(f"{each.rule} {each.severity}" for each in found) == expected, [each.message for each in found]


def test_a_term_that_serves_nobody_is_told_with_the_reason(check_zone: CheckZone) -> None:
    systems = WEB + SES_AT + "  old: {spf: 'ip4:50.0.0.9'}\n  letters: {provider: mailchimp}\n"
    spf = "v=spf1 ip4:50.0.0.2 include:amazonses.com ip4:50.0.0.9 ip4:50.0.0.8 -all"
    text = zone(systems, SENT_BY_SES, spf, S1, SES_KEYS, f"  bounce: [{FEEDBACK}, {SES_SPF}]\n")

    said = [each.message for each in check_zone(text) if each.rule == "intent-spf-term-unused"]

    assert [message.partition("`example.com`")[2] for message in said] == [
        ": the MAIL FROM of `ses` (Amazon SES and WorkMail) is `bounce.example.com`",
        ": `old` is not among those that send as it",
        "",
    ]


def test_services_of_a_name_count_before_those_of_its_system(check_zone: CheckZone) -> None:
    systems = WEB.replace("dkim: [s1]", "dkim: [s1], clients: {imaps: imap.web.example}")
    text = zone(systems, wants("clients: {imaps: mail.example.com}"), ONLY_WEB, S1)

    said = [each.help for each in check_zone(text) if each.rule == "client-service-missing"]

    assert said == ["publish SRV `0 1 993 mail.example.com.` at `_imaps._tcp.example.com`"]


def test_a_term_that_would_come_too_late_is_not_advised(check_zone: CheckZone) -> None:
    text = zone(WEB, wants("dmarc: {p: reject}"), "v=spf1 -ip4:50.0.0.2 -all", S1)

    said = [each.help for each in check_zone(text) if each.rule == "intent-sender-unauthorised"]

    assert said == ["`-ip4:50.0.0.2` comes first and refuses `web`: remove the term, or the sender from `sends:`"]
