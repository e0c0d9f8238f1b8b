"""The return paths that vendors ask for: which records, what is in their place, and when nothing is asked for."""

import pytest

from linter.facts.mail.return_paths import ReturnRecord, return_path

from .test_senders import declared

ANYTHING = "  www: {type: A, value: 50.0.0.80}\n"


def paths(system: str, records: str = ANYTHING, dns: str = "") -> list[ReturnRecord]:
    """What one system asks for that sends as example.com."""
    zone = f"zone: example.com\nsystems: {{one: {system}}}\nmail: {{example.com: {{sends: [one]}}}}\nrecords:\n"
    mail = declared(f"{zone}{records}", dns)
    return list(return_path(mail.resolver, "example.com.", mail.systems["one"]))


def alias(name: str, target: str) -> str:
    return f"  {name}: {{type: CNAME, value: {target}}}\n"


def mx(name: str, *hosts: str) -> str:
    values = ", ".join(f"{{preference: 10, exchange: {host}}}" for host in hosts)
    return f"  {name}: {{type: MX, values: [{values}]}}\n"


FORWARD = "{provider: forward-email}"
POSTMARK = "{provider: postmark%s}"
CHOSEN = ", envelope: pm-bounces.example.com"
SENDGRID = "{provider: sendgrid, envelope: em1.example.com}"
MAILGUN = "{provider: mailgun, envelope: mg.example.com%s}"
US, EU = (f", parameters: {{region: {region}}}" for region in ("us", "eu"))
SMTP2GO = "{provider: smtp2go, envelope: em.example.com}"
SES = "{provider: amazon-ses%s, envelope: b.example.com}"
REGION = ", parameters: {region: eu-west-1}"
FEEDBACK = "10 feedback-smtp.eu-west-1.amazonses.com."
ASKED = [
    ("{spf: 'ip4:50.0.0.9', envelope: b.example.com}", []),
    ("{provider: mailgun}", []),
    ("{provider: shopify}", []),
    ("{provider: shopify, envelope: b.example.com}", []),
    ("{provider: postmark, envelope: b.example.com}", []),
    ("{provider: fastmail}", []),
    (FORWARD, [("fe-bounces.example.com.", "CNAME", ("forwardemail.net.",), True)]),
    (f"{FORWARD[:-1]}, envelope: b.example.com}}",
     [("fe-bounces.example.com.", "CNAME", ("forwardemail.net.",), True)]),
    (MAILGUN % "", [("mg.example.com.", "MX", (), True)]),
    (MAILGUN % US, [("mg.example.com.", "MX", ("10 mxa.mailgun.org.", "10 mxb.mailgun.org."), True)]),
    (MAILGUN % EU, [("mg.example.com.", "MX", ("10 mxa.eu.mailgun.org.", "10 mxb.eu.mailgun.org."), False)]),
    (SMTP2GO, [("em.example.com.", "CNAME", ("return.smtp2go.net.",), True)]),
    (SES % REGION, [("b.example.com.", "MX", (FEEDBACK,), True)]),
    (SES % "", [("b.example.com.", "MX", (), True)]),
    (SENDGRID, [("em1.example.com.", "CNAME", (), True)]),
    (POSTMARK % "", []),
    (POSTMARK % CHOSEN, [("pm-bounces.example.com.", "CNAME", ("pm.mtasv.net.",), False)]),
    ("{provider: cloudflare-email-sending}", [("cf-bounce.example.com.", "MX", (), True)]),
]  # fmt: skip


@pytest.mark.parametrize(("system", "expected"), ASKED, ids=[row[0] for row in ASKED])
def test_what_a_vendor_asks_for(system: str, expected: list[tuple[str, str, tuple[str, ...], bool]]) -> None:
    found = paths(system)

    assert [(each.name, each.type, each.values, each.is_sure) for each in found] == expected
    assert all(each.state == "missing" for each in found)


@pytest.mark.parametrize(
    ("system", "hint"),
    [
        (FORWARD, ""),
        (MAILGUN % "", "10 mxa.mailgun.org, Mailgun, Send"),
        (MAILGUN % US, ""),
        (SMTP2GO, ""),
        (SES % REGION, ""),
        ("{provider: cloudflare-email-sending}", "route1.mx.cloudflare.net, Cloudflare dashboard"),
        (SES % "", "10 feedback-smtp.{region}.amazonses.com, Amazon SES console"),
        (SENDGRID, "u*.wl*.sendgrid.net, SendGrid, Settings"),
    ],
)
def test_where_the_vendor_shows_what_is_open(system: str, hint: str) -> None:
    (found,) = paths(system)

    assert found.hint.startswith(hint)
    assert bool(found.hint) is bool(hint) is not bool(found.values)


STATES = [
    (FORWARD, alias("fe-bounces", "ForwardEmail.net."), "", "present"),
    (FORWARD, alias("fe-bounces", "other.example.net."), "", "differs"),
    (FORWARD, mx("fe-bounces", "mx.example.net."), "", "elsewhere"),
    (FORWARD, "  fe-bounces: {type: A, value: 50.0.0.1}\n", "", "elsewhere"),
    (FORWARD, "  fe-bounces: {type: AAAA, value: '2a00::1'}\n", "", "elsewhere"),
    (FORWARD, "  fe-bounces: {type: TXT, value: v=spf1 -all}\n", "", "elsewhere"),
    (FORWARD, "  fe-bounces: {type: NS, value: ns.example.net.}\n", "", "unknown"),
    (FORWARD, "  a.fe-bounces: {type: TXT, value: below}\n", "", "missing"),
    (SENDGRID, alias("em1", "u12.wl34.sendgrid.net."), "", "present"),
    (SENDGRID, alias("em1", "u12.sendgrid.net."), "", "differs"),
    (MAILGUN % "", mx("mg", "mxa.mailgun.org.", "mxb.mailgun.org."), "", "present"),
    (MAILGUN % "", mx("mg", "mxb.mailgun.org."), "", "present"),
    (MAILGUN % "", mx("mg", "mxa.mailgun.org.", "mx.example.net."), "", "differs"),
    (MAILGUN % "", mx("mg", "mx.example.net."), "", "differs"),
    (MAILGUN % "", "  mg: {type: TXT, value: v=spf1 -all}\n", "", "missing"),
    (MAILGUN % "", alias("mg", "away.example.net."), "", "elsewhere"),
    (MAILGUN % "", alias("mg", "away.example.net."), "answers: {away.example.net: nxdomain}\n", "elsewhere"),
    (
        MAILGUN % "",
        alias("mg", "a.example.net."),
        "answers: {a.example.net: {MX: ['1 mxa.mailgun.org.']}}\n",
        "present",
    ),
    (MAILGUN % "", alias("mg", "a.example.net."), "answers: {a.example.net: {MX: ['1 mx.example.net.']}}\n", "differs"),
    (MAILGUN % "", "  mg: {type: NS, value: ns.example.net.}\n", "", "unknown"),
    (MAILGUN % "", mx("mg", "mxa.eu.mailgun.org.", "mxb.eu.mailgun.org."), "", "present"),
    (MAILGUN % "", mx("mg", "mxa.eu.mailgun.org.", "mx.example.net."), "", "differs"),
    (MAILGUN % EU, mx("mg", "mxa.eu.mailgun.org."), "", "present"),
    (MAILGUN % US, mx("mg", "mxa.eu.mailgun.org."), "", "differs"),
    (MAILGUN % EU, mx("mg", "mxa.mailgun.org."), "", "differs"),
    (SES % "", mx("b", "feedback-smtp.us-east-1.amazonses.com."), "", "present"),
    (SES % REGION, mx("b", "feedback-smtp.eu-west-1.amazonses.com."), "", "present"),
    (POSTMARK % "", alias("pm-bounces", "pm.mtasv.net."), "", "present"),
    (POSTMARK % "", "  pm-bounces: {type: TXT, value: v=spf1 -all}\n", "", "elsewhere"),
]


@pytest.mark.parametrize(("system", "records", "dns", "state"), STATES, ids=[f"{n}" for n in range(len(STATES))])
def test_what_is_in_its_place(system: str, records: str, dns: str, state: str) -> None:
    (found,) = paths(system, records, dns)

    assert found.state == state
