"""Zones that depend on one another, in every way in which repositories lay them out."""

from hypothesis import strategies as st

from .repositories import repository, spoilt

ZONES = ("a.example", "b.example", "sub.a.example", "c.example")
KEY = "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE="

# ruff: noqa: E501  # records as people write them are long

RECORDS = (
    "'': {type: TXT, value: v=spf1 include:_spf.OTHER a:h1.vendor.example a:h2.vendor.example -all}",
    "'': {type: TXT, values: [v=spf1 redirect=OTHER, v=spf1 mx a:www.OTHER -all]}",
    "'': [{type: TXT, value: v=spf1 a mx include:_spf.OTHER ~all}, {type: MX, value: {preference: 10, exchange: mx.OTHER.}}]",
    "'': [{type: MX, values: [{preference: 10, exchange: mx.OTHER.}, {preference: 20, exchange: mx2.OTHER.}]}, {type: A, value: 50.0.0.1}]",
    "'': [{type: MX, value: {preference: 10, exchange: mx.vendor.example.}}, {type: TXT, value: v=spf1 mx -all}]",
    "'': {type: TXT, value: v=spf1 a:mx.OTHER include:_spf.OTHER -all}",
    "'': {type: ALIAS, value: www.OTHER.}",
    "'': {type: NS, values: [ns1.OTHER., ns2.vendor.example.]}",
    "_spf: {type: TXT, value: v=spf1 a:h3.vendor.example a:h4.vendor.example a:h5.vendor.example a:h6.vendor.example a:h7.vendor.example a:h8.vendor.example -all}",
    "_spf: {type: TXT, value: v=spf1 a:void.OTHER a:void2.OTHER a:void3.OTHER include:_spf.OTHER -all}",
    "_spf: {type: TXT, value: v=spf1 include:_spf.OTHER include:unknown.vendor.example ip4:50.0.0.0/24 -all}",
    "_spf: {type: CNAME, value: _spf.OTHER.}",
    "mx: {type: A, value: 10.0.0.1}",
    "mx: {type: AAAA, value: '2600::1'}",
    "mx: {type: CNAME, value: www.OTHER.}",
    "mx: {type: A, octodns: {cloudflare: {proxied: true}}, value: 50.0.0.7}",
    "mx2: {type: A, value: 50.0.0.2}",
    "www: {type: CNAME, value: mx.OTHER.}",
    "www: {type: A, values: [50.0.0.3, 50.0.0.3]}",
    "'*': {type: TXT, value: v=spf1 include:OTHER -all}",
    "'*': {type: CNAME, value: www.OTHER.}",
    "x: {type: DNAME, value: OTHER.}",
    "sub: {type: NS, value: ns1.OTHER.}",
    "mail.sub: {type: A, value: 50.0.0.4}",
    "_dmarc: {type: TXT, value: 'v=DMARC1; p=reject; rua=mailto:d@OTHER,mailto:d@www.OTHER'}",
    "_dmarc: {type: TXT, value: 'v=DMARC1; p=none; sp=reject'}",
    "_dmarc: {type: CNAME, value: _dmarc.OTHER.}",
    "'*._report._dmarc': {type: TXT, value: v=DMARC1}",
    f"s1._domainkey: {{type: TXT, value: v=DKIM1; k=ed25519; p={KEY}}}",
    "s1._domainkey: {type: CNAME, value: s1._domainkey.OTHER.}",
    "s2._domainkey: {type: CNAME, value: s2.OTHER.}",
    "_mta-sts: {type: TXT, value: v=STSv1; id=20260101}",
    "mta-sts: {type: CNAME, value: gone.OTHER.}",
    "mta-sts: {type: CNAME, value: www.OTHER.}",
    "_smtp._tls: {type: TXT, value: v=TLSRPTv1; rua=mailto:t@OTHER}",
    "_25._tcp.mx: {type: TLSA, value: {certificate_usage: 3, selector: 1, matching_type: 1, certificate_association_data: ab}}",
    "default._bimi: {type: TXT, value: 'v=BIMI1; l=https://www.OTHER/logo.svg'}",
    "_imaps._tcp: {type: SRV, value: {priority: 0, weight: 1, port: 993, target: imap.OTHER.}}",
    "_imap._tcp: {type: SRV, value: {priority: 0, weight: 1, port: 143, target: www.OTHER.}}",
    "autodiscover: {type: CNAME, value: www.OTHER.}",
    "shared: !include part.yaml",
)
PARTS = (
    "{type: TXT, values: [v=spf1 include:_spf.a.example -all, v=spf1 -all]}\n",
    "- {type: A, values: [50.0.0.9, 50.0.0.9]}\n- {type: CNAME, value: mx.b.example.}\n",
)
MAIL = "systems:\n  office: {receives: [mx.b.example], spf: 'include:_spf.b.example', dkim: [s1]}\nmail: {a.example: {receives: office, sends: [office]}, c.example: none}\n"
OCTODNS = """\
providers:
  config: {class: octodns.provider.yaml.YamlProvider, directory: ./zones}
  common: {class: octodns.provider.yaml.YamlProvider, directory: ./common, shared_filename: all.yaml, disable_zonefile: true}
zones:
  a.example.: {sources: [config, common]}
  b.example.: {sources: [config, common]}
  c.example.: {alias: a.example.}
  sub.a.example.: {sources: [config]}
"""


@st.composite
def zone(draw: st.DrawFn, name: str) -> str:
    """A zone file with names of other zones in it."""
    others = st.sampled_from([each for each in ZONES if each != name])
    lines = draw(
        st.lists(st.sampled_from(RECORDS), min_size=1, max_size=9, unique_by=lambda line: line.partition(":")[0])
    )
    text = "".join(f"{line.replace('OTHER', draw(others))}\n" for line in lines)
    return draw(spoilt(text)) if draw(st.integers(0, 4)) == 0 else text


@st.composite
def estate(draw: st.DrawFn) -> dict[str, str]:
    """The files of a repository whose zones depend on one another, by their paths."""
    names = draw(st.lists(st.sampled_from(ZONES), min_size=2, max_size=4, unique=True))
    layout = draw(st.sampled_from(("plain", "plain", "split", "octodns", "views")))
    folders = {"plain": ("",), "split": ("",), "octodns": ("zones/",), "views": ("inside/", "outside/")}[layout]
    files = {f"{folder}{name}.yaml": draw(zone(name)) for folder in folders for name in names}
    files |= {f"{folder}part.yaml": draw(st.sampled_from(PARTS)) for folder in folders}
    if layout == "split":
        files[f"{names[0]}./more.yaml"] = draw(zone(names[0]))
    if layout == "octodns":
        files |= {"octodns.yaml": OCTODNS, "common/all.yaml": draw(zone("")), "common/part.yaml": PARTS[0]}
    if draw(st.integers(0, 2)) == 0:
        views = "views: {internal: [inside/*], external: [outside/*]}\n" if layout == "views" else ""
        files[".mailzone.yaml"] = f"zones: ['**/*.yaml']\nprofile: strict\n{views}{MAIL}"
    return files


any_estate = st.one_of(estate(), estate(), estate(), repository())
"""Mostly estates whose zones depend on one another; others may have anything."""
