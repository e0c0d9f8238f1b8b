"""Repositories as people have them, put together from parts of every kind of file and spoilt in places."""

import re

from hypothesis import strategies as st

DOMAINS = ("example.com", "sub.example.com", "other.example", "mail.example.com", "xn--mller-kva.example")

# ruff: noqa: E501  # records as people write them are long

RECORDS = (
    "'': {type: TXT, value: 'v=spf1 include:_spf.other.example a:mail.example.com mx ip4:192.0.2.0/24 -all'}",
    "'': {type: TXT, values: ['v=spf1 redirect=other.example', 'google-site-verification=x', v=spf1 mx ?all]}",
    "'': {type: TXT, value: 'v=spf1 exists:%{i}._spf.%{d2} ip6:2001:db8::/32 ptr exp=why.example.com ~all'}",
    "'': {type: MX, values: [{preference: 10, exchange: mail.example.com.}, {priority: 20, value: mx2}]}",
    "'': {type: MX, value: {preference: 0, exchange: example-com.mail.protection.outlook.com.}}",
    "'': {type: MX, value: {preference: 0, exchange: .}}",
    "'': [{type: TXT, value: v=spf1 -all}, {type: MX, value: {preference: 5, exchange: mail}}, {type: A, value: 192.0.2.1}]",
    "'': {type: NS, values: [ns1.example.net., ns2.example.net.]}",
    "_spf: {type: TXT, value: 'v=spf1 include:other.example include:_spf.example.com ip4:198.51.100.7 -all'}",
    "mail: {type: A, values: [192.0.2.25, 192.0.2.26]}",
    "mail: {type: AAAA, value: '2001:db8::25'}",
    "mail: {type: CNAME, value: www.other.example.}",
    "mail: {type: A, octodns: {ignored: true}, value: 192.0.2.3}",
    "sub: {type: NS, value: ns1.sub.example.com.}",
    "sub: {type: DNAME, value: other.example.}",
    "'*': {type: MX, value: {preference: 10, exchange: mail.example.com.}}",
    "_dmarc: {type: TXT, value: 'v=DMARC1\\; p=quarantine\\; sp=none\\; rua=mailto:d@other.example!10m\\; pct=50'}",
    "_dmarc: {type: CNAME, value: _dmarc.other.example.}",
    "other.example._report._dmarc: {type: TXT, value: v=DMARC1}",
    "s1._domainkey: {type: TXT, value: 'v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQC7'}",
    "s2._domainkey: {type: CNAME, value: selector1-example-com._domainkey.fabrikam.onmicrosoft.com.}",
    "_mta-sts: {type: TXT, value: v=STSv1; id=20260101}",
    "mta-sts: {type: CNAME, value: mail.example.com.}",
    "_smtp._tls: {type: TXT, value: 'v=TLSRPTv1; rua=mailto:t@example.com,https://r.example/x'}",
    "default._bimi: {type: TXT, value: 'v=BIMI1; l=https://example.com/logo.svg; a='}",
    "_25._tcp.mail: {type: TLSA, value: {certificate_usage: 3, selector: 1, matching_type: 1, "
    "certificate_association_data: d2abde240d7cd3ee6b4b28c54df034b9d2abde240d7cd3ee6b4b28c54df034b9}}",
    "_imaps._tcp: {type: SRV, value: {priority: 0, weight: 1, port: 993, target: mail.example.com.}}",
    "autodiscover: {type: CNAME, value: autodiscover.outlook.com.}",
    "www: &a {type: CNAME, ttl: 300, value: example.com.}",
    "why: {type: TXT, value: '%{i} may not send for %{d}'}",
    "'office': {type: ALIAS, value: other.example.}",
)
INTENTS = (
    "systems:\n  one: {spf: 'a:mail.example.com', dkim: [s1], envelope: bounce.example.com}\n  m365: {provider: microsoft-365, tenant: fabrikam}\n"
    "mail:\n  example.com: {receives: m365, sends: [one, m365]}\n  '*': none\n",
    "systems:\n  host: {receives: [mail.example.com], spf: 'ip4:192.0.2.25 mx', dkim: [s1, s2]}\n"
    "  gate: {provider: proofpoint}\n  old: {receives: [mx.other.example]}\nmail:\n  example.com: {receives: host, behind: gate, sends: [host],\n"
    "    split: [{to: old, through: mail.sub.example.com}]}\n  sub.example.com: none\n",
    "mail:\n  example.com: {sends: []}\n",
)
CONFIGS = (
    "profile: strict\n",
    "zones: ['*.yaml', zones/*.yaml]\n",
    "rules: {spf-missing: error, zone-shape: off}\nmta-sts: {example.com: policy.txt}\n",
    "dns: {target-dots: optional, cname-flattening: true}\nlock: mailzone.lock\n",
)
LOCKS = (
    "version: 1\nanswers:\n  other.example:\n    TXT: ['v=spf1 ip4:203.0.113.0/24 -all']\n    MX: ['10 mx.other.example']\n"
    "  mx.other.example: {A: [203.0.113.9], AAAA: nodata}\n  gone.example: nxdomain\n",
    "version: 1\nanswers:\n  _spf.other.example:\n    TXT: {seen: 2026-11-02, ttl: 300, values: ['v=spf1 mx -all']}\n",
)
POLICIES = (
    "version: STSv1\r\nmode: enforce\r\nmx: mail.example.com\r\nmx: *.other.example\r\nmax_age: 604800\r\n",
    "version: STSv1\nmode: testing\nmax_age: 86400\n",
)
OCTODNS = (
    "providers:\n  config: {class: octodns.provider.yaml.YamlProvider, directory: ./zones, default_ttl: 3600}\n"
    "  out: {class: octodns_cloudflare.CloudflareProvider}\nzones:\n  '*': {sources: [config], targets: [out]}\n",
    "providers:\n  config: {class: octodns.provider.yaml.YamlProvider, directory: ., split_extension: .}\n"
    "zones:\n  example.com.: {sources: [config]}\n  other.example.: {alias: example.com.}\n",
)

HOSTILE = (
    "", "~", "''", "[]", "{}", "-1", "1e400", "0x10", "9" * 5000, "1:30", "2026-13-45", "2026-11-24", "yes", ".nan",
    "192.0.2.300", "192.0.2.1/33", "2001:db8:::1", "::ffff:1.2.3", "fe80::1%eth0", "1.2.3", ":" * 60, "%{x", "%{i99999r}",
    ".", "..", "a..b", "*", "@", "-", "_", "x" * 64, ("x" * 63 + ".") * 5, "\u00fc\u0308.example", "xn--a", "xn--\u00fc",
    "b\u202ea", "\u2028", "\u0085", "'a\\'", '"a\\nb"', '"\\0"', '"\\x1b[31m"', "!!binary aGVsbG8K", "!!python/x y",
    "!include other.yaml", "*a", "&a x", "<<", "v=spf1", "v=DMARC1", "mailto:", "all", "p=", "=", ";", "\\;", "\\", "#",
    "{type: A}", "[[[[", "::error::x", "##[x]", "example.com", "example.com.", "other.example", "none", "\ud7ff", "1.0",
)  # fmt: skip

_WORD = re.compile(r"[^\s{}\[\],:'\"=;]+")


@st.composite
def spoilt(draw: st.DrawFn, text: str) -> str:
    """A text with a few words replaced, and now and then a line lost, doubled or cut."""
    for _ in range(draw(st.integers(0, 3))):
        words = list(_WORD.finditer(text))
        if not words:
            break
        word = draw(st.sampled_from(words))
        hostile = st.sampled_from(HOSTILE) | st.sampled_from(words).map(lambda match: match[0])
        text = text[: word.start()] + draw(hostile) + text[word.end() :]
    if draw(st.integers(0, 9)) == 0:
        place = draw(st.integers(0, len(text)))
        text = draw(
            st.sampled_from((text[:place], text[place:], text[:place] + text, text[:place] + "\n" + text[place:]))
        )
    return text


@st.composite
def zone(draw: st.DrawFn) -> str:
    """A zone file in either dialect, perhaps with what is declared about mail."""
    lines = draw(
        st.lists(st.sampled_from(RECORDS), min_size=1, max_size=12, unique_by=lambda line: line.partition(":")[0])
    )
    if draw(st.booleans()):
        text = "".join(f"{line}\n" for line in lines)
    else:
        intent = draw(st.sampled_from(("", *INTENTS)))
        records = "".join(f"  {line}\n" for line in lines)
        text = f"zone: {draw(st.sampled_from(DOMAINS))}\n{intent}records:\n{records}"
    return draw(spoilt(text))


@st.composite
def repository(draw: st.DrawFn) -> dict[str, str]:
    """The files of a repository by their paths."""
    folder = draw(st.sampled_from(("", "zones/")))
    names = draw(st.lists(st.sampled_from(DOMAINS), min_size=1, max_size=3, unique=True))
    files = {f"{folder}{name}.yaml": draw(zone()) for name in names}
    parts = {
        ".mailzone.yaml": st.tuples(st.sampled_from(CONFIGS), st.sampled_from(("", *INTENTS))).map("".join),
        "mailzone.lock": st.sampled_from(LOCKS),
        "config.yaml": st.sampled_from(OCTODNS),
    }
    for path, texts in parts.items():
        # What ends a command leaves nothing to judge, so most of these files are as they should be.
        match draw(st.integers(0, 7)):
            case 0:
                files[path] = draw(spoilt(draw(texts)))
            case 1 | 2 | 3 | 4:
                files[path] = draw(texts)
    if "policy.txt" in files.get(".mailzone.yaml", ""):
        files["policy.txt"] = draw(spoilt(draw(st.sampled_from(POLICIES))))
    if "lock:" in files.get(".mailzone.yaml", ""):
        files.setdefault("mailzone.lock", LOCKS[0])
    return files
