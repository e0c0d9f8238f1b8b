"""Zones for comparisons: a file, what a server has of it, and what another server has."""

FILE = """\
'':
  - type: MX
    values:
      - {preference: 10, exchange: mx1.example.com.}
      - {preference: 20, exchange: mx2.mail.example.net.}
  - type: TXT
    values:
      - v=spf1 mx include:_spf.mail.example.net -all
      - token=1
mx1: {type: A, value: 192.0.2.25}
_dmarc: {type: TXT, value: 'v=DMARC1\\; p=reject\\; rua=mailto:reports@example.com'}
s1._domainkey: {type: CNAME, value: s1.keys.example.net.}
autodiscover: {type: CNAME, value: autodiscover.example.net.}
'*.lists': {type: MX, value: {preference: 10, exchange: mx1.example.com.}}
www: {type: A, value: 192.0.2.80}
"""
SERVED = """\
$ORIGIN example.com.
$TTL 300
@ SOA ns1 host 7 2 3 4 60
@ NS ns1
@ NS ns2
@ MX 20 mx2.mail.example.net.
@ MX 10 mx1
@ TXT "token=1"
@ TXT "v=spf1 mx include:_spf.mail" ".example.net -all"
ns1 A 127.0.0.1
ns2 A 127.0.0.1
mx1 A 192.0.2.25
_dmarc TXT "v=DMARC1; p=reject; rua=mailto:reports@example.com"
s1._domainkey CNAME S1.keys.example.net.
autodiscover CNAME autodiscover.example.net.
*.lists MX 10 mx1
www A 192.0.2.80
"""


def changed(*changes: tuple[str, str]) -> str:
    """The served zone with some texts replaced by others."""
    text = SERVED
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    return text


DRIFTED = changed(
    ('mail" ".example.net -all', 'mail" ".example.net ip4:198.51.100.7 ~all'),
    ("@ MX 20 mx2.mail.example.net.\n", '@ MX 5 mx2.mail.example.net.\n@ TXT "v=spf1 -all"\n'),
    ("_dmarc TXT", '_smtp._tls TXT "v=TLSRPTv1; rua=mailto:tls@example.com"\n_dmarc TXT'),
    ("autodiscover CNAME autodiscover.example.net.\n", "autodiscover A 192.0.2.9\n"),
    ("*.lists MX 10 mx1\n", ""),
    ("www A 192.0.2.80", "www A 192.0.2.81"),
)
"""A zone that somebody changed by hand."""
BEHIND = changed(("host 7", "host 6"), ("p=reject", "p=none"), ("*.lists MX 10 mx1\n", ""))
"""An older copy of the zone."""
