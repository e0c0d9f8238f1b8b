"""docs/rfc.md: which section of which RFC is implemented where, from the citations in the code."""

import re
from collections.abc import Iterator
from pathlib import Path

_SECTION = r"(?:[A-Z](?![A-Za-z])(?:\.\d+)*|\d+(?:\.\d+)*)"
_CITED = re.compile(rf"RFC (\d+)(?: (section|sections|appendix) ({_SECTION}(?:(?:, | and | to ){_SECTION})*))?")
_HEAD = """# Which section is implemented where

From the citations in the code: a module that follows a section names it. `make generate` writes this page, and a test
says when it is stale. A row without a section is for the document as a whole.
"""
TITLES = {
    1034: "Domain names: concepts and facilities",
    1035: "Domain names: implementation and specification",
    1123: "Requirements for Internet hosts",
    1918: "Address allocation for private internets",
    2181: "Clarifications to the DNS specification",
    2308: "Negative caching of DNS queries",
    2606: "Reserved top level DNS names",
    2782: "SRV records",
    3463: "Enhanced mail system status codes",
    3597: "Unknown DNS record types",
    3986: "URIs",
    4034: "Resource records for DNSSEC",
    4291: "IPv6 addressing",
    4592: "Wildcards in the DNS",
    5321: "SMTP",
    5737: "IPv4 address blocks for documentation",
    5936: "DNS zone transfer (AXFR)",
    6186: "SRV records for mail clients",
    6376: "DKIM",
    6672: "DNAME",
    6698: "TLSA (DANE)",
    6761: "Special-use domain names",
    6764: "SRV records for CalDAV and CardDAV",
    6890: "Special-purpose IP address registries",
    6891: "EDNS(0)",
    7208: "SPF",
    7489: "DMARC, as first published",
    7505: "Null MX",
    7671: "DANE: operational guidance",
    7672: "DANE for SMTP",
    8020: "NXDOMAIN: there is nothing underneath",
    8301: "DKIM: algorithms and key lengths",
    8314: "TLS for mail clients",
    8460: "SMTP TLS reporting",
    8461: "MTA-STS",
    8463: "DKIM: ed25519",
    8616: "Mail authentication for internationalised mail",
    8945: "TSIG",
    9989: "DMARC",
    9990: "DMARC aggregate reports",
    9991: "DMARC failure reports",
}


def citations(text: str) -> Iterator[tuple[int, str]]:
    """Each RFC that a text cites, with the section, "" for the whole document."""
    flat = re.sub(r"\s*\n\s*(?:#:? ?)?", " ", text)
    for number, kind, listed in _CITED.findall(flat):
        for section in re.split(r", | and | to ", listed):
            yield int(number), f"appendix {section}" if kind == "appendix" else section


def sources(root: Path) -> list[Path]:
    """The modules that cite RFCs by themselves: the list of rules repeats what theirs say."""
    return sorted(path for path in (root / "linter").rglob("*.py") if path.name != "listing.py")


def rfc_map(root: Path) -> str:
    """The text of docs/rfc.md."""
    found: dict[int, dict[str, list[str]]] = {}
    for path in sources(root):
        name = path.relative_to(root).as_posix()
        for number, section in dict.fromkeys(citations(path.read_text())):
            found.setdefault(number, {}).setdefault(section, []).append(name)
    lines = [_HEAD]
    for number, sections in sorted(found.items()):
        title = f": {TITLES[number]}" if number in TITLES else ""
        lines += [f"## [RFC {number}](https://www.rfc-editor.org/rfc/rfc{number}){title}", ""]
        lines += ["| section | where |", "|---|---|"]
        for section in sorted(sections, key=_order):
            places = ", ".join(f"[{name.removeprefix('linter/')}](../{name})" for name in sections[section])
            lines.append(f"| {section} | {places} |")
        lines.append("")
    return "\n".join(lines)


def _order(section: str) -> tuple[bool, str, list[int]]:
    """Sections by number, appendices behind them."""
    word, _, rest = section.rpartition(" ")
    letters = "".join(part for part in rest.split(".") if part.isalpha())
    return bool(word), letters, [int(part) for part in rest.split(".") if part.isdigit()]
