"""Why a word of an SPF record is neither a mechanism nor a modifier, and what was probably meant."""

import re

from linter.records.text.fault import Fault, nearest, one_of, quoted
from linter.records.text.name import url_host
from linter.source.frozen import Frozen
from linter.source.pattern import Pattern

from .argument import (
    GRAMMAR,
    as_network,
    cidr_faults,
    domain_faults,
    ip_version,
    network_faults,
    split_cidr,
    suggestion,
)
from .macro import domain_spec, macro_faults
from .term import MECHANISMS, MODIFIERS

_HEAD = Pattern(r"([-+?~]*)([^:=/]*)([:=/]?)(.*)", re.DOTALL)
_MODIFIER_NAME = Pattern(r"[A-Za-z][A-Za-z0-9_.-]*", re.ASCII)
_WITHOUT_COLON = Pattern(r"(include|exists|ip4|ip6|redirect)[.;,_-]?(.+)", re.ASCII | re.IGNORECASE | re.DOTALL)
_ALIASES = {
    "ipv4": "ip4",
    "ipv6": "ip6",
    "ip": "ip4",
    "ipv": "ip4",
    "host": "a",
    "hostname": "a",
    "spf": "include",
    "includes": "include",
    "included": "include",
    "exist": "exists",
    "redirects": "redirect",
}


class Word(Frozen):
    """A word that is not a term, cut at its first `:`, `=` or `/`, and the word before it.

    `start` is its offset in the record; `previous` is "" where nothing or something further off precedes.
    """

    token: str
    start: int
    previous: str
    qualifiers: str
    name: str
    delimiter: str
    argument: str

    @property
    def argument_start(self) -> int:
        """The offset of the argument in the record."""
        return self.start + len(self.token) - len(self.argument)

    @property
    def qualifier(self) -> str:
        """The qualifier that counts: the one next to the name."""
        return self.qualifiers[-1:]

    def fault(self, kind: str, message: str, way_out: str = "") -> Fault:
        """A fault of the whole word."""
        return Fault(self.start, self.start + len(self.token), kind, message, way_out, GRAMMAR)


def word(token: str, start: int, previous: str = "") -> Word:
    """Cut a word for `refusal`."""
    match = _HEAD.fullmatch(token)
    return Word(token, start, previous, *(match.groups() if match else ("", token, "", "")))


def refusal(refused: Word) -> list[Fault]:
    """Every fault of a word of visible ASCII that is not a term; at least one."""
    name = refused.name.lower()
    if refused.delimiter == "=":
        return _modifier_faults(refused, name)
    if name in MECHANISMS:
        if len(refused.qualifiers) > 1:
            count = len(refused.qualifiers)
            message = f"{quoted(refused.qualifiers)} are {count} qualifiers; a mechanism has one"
            single = refused.token[count - 1 :]
            way_out = suggestion(single)
            deeper = [] if way_out else refusal(word(single, refused.start + count - 1))
            return [refused.fault("syntax", message, way_out), *deeper]
        return _mechanism_faults(refused, name)
    return [_unknown(refused, name)]


def _modifier_faults(refused: Word, name: str) -> list[Fault]:
    way_out = suggestion(refused.token[len(refused.qualifiers) :]) if refused.qualifiers else ""
    if name in MECHANISMS:
        colon = f"{refused.qualifier}{name}:{refused.argument}"
        message = f"`{name}` needs a colon before its argument, not an equals sign"
        return [refused.fault("syntax", message, suggestion(colon))]
    if name in MODIFIERS:
        if refused.qualifiers:
            message = f"`{name}` is a modifier; only a mechanism has a qualifier"
            return [refused.fault("syntax", message, way_out)]
        return _domain_argument(refused, f"{name}=")
    if not name:
        message = f"{quoted(refused.token)} has no name before the equals sign"
        return [refused.fault("syntax", message, suggestion(refused.qualifier + refused.argument))]
    if _MODIFIER_NAME.fullmatch(refused.name) and not refused.qualifiers:
        return list(macro_faults(refused.argument, refused.argument_start))
    if refused.qualifiers:
        message = f"{quoted(refused.token)} is not a mechanism, and a modifier has no qualifier"
        return [refused.fault("syntax", message, way_out)]
    message = f"{quoted(refused.name)} is not a name of a modifier"
    fact = "such a name begins with a letter and holds only letters, digits, `-`, `_` and `.`"
    return [refused.fault("syntax", message, fact)]


def _mechanism_faults(refused: Word, name: str) -> list[Fault]:
    head = refused.qualifier + name
    if name == "all":
        return [refused.fault("syntax", "`all` has no argument", suggestion(head))]
    if name in ("ip4", "ip6"):
        if refused.delimiter == "/" or not refused.delimiter:
            message = f"`{name}` has no address; one must follow after a colon"
            way_out = suggestion(f"{head}:{refused.argument}") or f"put an address right after `{name}:`"
            return [refused.fault("invalid-address", message, way_out)]
        return network_faults(int(name[2]), refused.argument, refused.argument_start)
    if refused.delimiter == "/":
        slash = refused.argument_start - 1
        if name in ("a", "mx"):
            return cidr_faults("/" + refused.argument, slash)
        message = f"`{name}` cannot have a prefix length"
        return [Fault(slash, refused.start + len(refused.token), "syntax", message, "", GRAMMAR)]
    return _domain_argument(refused, f"{name}:")


def _domain_argument(refused: Word, head: str) -> list[Fault]:
    """The faults of a mechanism or modifier that takes a domain-spec; `head` is its name and delimiter."""
    name, argument, start = head[:-1], refused.argument, refused.argument_start
    if not argument:
        optional = f", or {quoted(refused.qualifier + name)} alone" if name in ("a", "mx", "ptr") else ""
        way_out = f"put a domain name right after `{head}`{optional}"
        return [refused.fault("syntax", f"`{name}` has no domain name", way_out)]
    web_host = url_host(argument)
    if web_host:
        message = f"{quoted(argument)} is a URL; `{head}` needs a domain name"
        way_out = f"name the host alone: {quoted(web_host, 80)}" if "." in web_host else ""
        return [refused.fault("syntax", message, way_out)]
    host, cidr = split_cidr(argument)
    address = host.strip("[]")
    if ip_version(address) or re.fullmatch(r"[0-9]+(?:\.[0-9]+){3}", address):
        like = "is" if ip_version(address) else "looks like"
        message = f"{quoted(host)} {like} an IP address; `{head}` needs a domain name"
        written = as_network(argument) if head[-1] == ":" else ""
        way_out = suggestion(refused.qualifier + written) or "give the name of a domain"
        return [refused.fault("address-as-host", message, way_out)]
    if name in ("a", "mx"):
        return _host_faults(refused, host, cidr)
    if not cidr or not domain_spec(host):
        return domain_faults(argument, start)
    slash = start + len(host)
    message, way_out = f"`{name}` cannot have a prefix length", "remove it"
    return [Fault(slash, slash + len(cidr), "syntax", message, way_out, GRAMMAR)]


def _host_faults(refused: Word, host: str, cidr: str) -> list[Fault]:
    """The faults of what stands behind the colon of `a` or `mx`."""
    name, start = refused.name.lower(), refused.argument_start
    faults = domain_faults(host, start)
    if not host:
        way_out = suggestion(refused.qualifier + name + cidr)
        faults = [refused.fault("syntax", f"`{name}:` has no domain name", way_out)]
    return faults + cidr_faults(cidr, start + len(host))


def _unknown(refused: Word, name: str) -> Fault:
    for cause in (_detached, _bare_address, _alias, _colonless, _bare_host):
        found = cause(refused, name)
        if found:
            return refused.fault("unknown-mechanism", *found)
    if "%" in refused.name:
        message = f"{quoted(refused.token)} begins with a macro; a macro cannot be the name of a mechanism"
        return refused.fault("unknown-mechanism", message)
    core = re.sub(r"[^0-9a-z]+", "", name)
    # Only before a delimiter can a modifier have been meant.
    near = nearest(core, MECHANISMS + MODIFIERS if refused.delimiter else MECHANISMS) if core else ""
    if not near:
        message = f"{quoted(refused.name or refused.token)} is not a mechanism; expected one of {one_of(MECHANISMS)}"
        return refused.fault("unknown-mechanism", message)
    delimiter = "=" if near in MODIFIERS else ":"
    written = refused.qualifier + near + (refused.delimiter and delimiter) + refused.argument
    message = f"{quoted(refused.name)} is not a mechanism; did you mean `{near}`?"
    return refused.fault("unknown-mechanism", message, suggestion(written))


def _detached(refused: Word, name: str) -> tuple[str, str] | None:
    """A piece of the term before or behind it."""
    if not name and refused.delimiter and not refused.qualifiers:
        message = f"{quoted(refused.token)} begins with `{refused.delimiter}`, which belongs to the term before it"
        joined = refused.previous + refused.token
        return message, suggestion(joined) or "remove the space before it"
    if not name and not refused.delimiter:
        count = len(refused.qualifiers)
        fact = "a qualifier, but no mechanism follows it" if count == 1 else "not a mechanism"
        message = f"{quoted(refused.token)} is {fact}"
        return message, "put the qualifier right before a mechanism, such as `-all`"
    behind = re.fullmatch(r"(all|a|mx|ptr)([-+?~])", name)
    if behind and not refused.delimiter:
        return f"the qualifier of {quoted(refused.token)} comes after it", suggestion(behind[2] + behind[1])
    return None


def _bare_address(refused: Word, name: str) -> tuple[str, str] | None:
    body = refused.token[len(refused.qualifiers) :]
    written = as_network(body)
    if written:
        return f"{quoted(body)} is an IP address without a mechanism", suggestion(refused.qualifier + written)
    if re.fullmatch(r"[0-9]+(?:\.[0-9]+){3}(?:/.*)?", body):
        return f"{quoted(body)} is not a mechanism", f"addresses are written {quoted('ip4:192.0.2.0/24')}"
    return None


def _alias(refused: Word, name: str) -> tuple[str, str] | None:
    if name in MODIFIERS:
        if not refused.delimiter:
            message = f"`{name}` has no domain name; it is a modifier"
            return message, f"put a domain name right after `{name}=`"
        message = (
            f"`{name}` is a modifier, not a mechanism; it is followed by an equals sign, not `{refused.delimiter}`"
        )
        return message, suggestion(f"{name}={refused.argument}")
    meant = _ALIASES.get(name, "")
    if not meant or not refused.delimiter:
        return None
    if meant == "ip4" and ip_version(refused.argument.partition("/")[0]) == 6:
        meant = "ip6"
    message = f"{quoted(refused.name)} is not a mechanism; did you mean `{meant}`?"
    if meant in MODIFIERS:
        return message, suggestion(f"{meant}={refused.argument}")
    return message, suggestion(f"{refused.qualifier}{meant}:{refused.argument}")


def _colonless(refused: Word, name: str) -> tuple[str, str] | None:
    """`include.example.com`, `ip4192.0.2.1`, `include;example.com`: the colon is missing."""
    match = _WITHOUT_COLON.fullmatch(refused.token[len(refused.qualifiers) :])
    if not match:
        return None
    meant, argument = match[1].lower(), match[2]
    if refused.delimiter == ":" and not ip_version(argument) and refused.name[len(meant) :].isalpha():
        return None  # a longer word with a colon of its own, such as `includespf:x.example`
    delimiter = "=" if meant == "redirect" else ":"
    written = suggestion(f"{refused.qualifier}{meant}{delimiter}{argument}")
    message = f"{quoted(refused.name)} is not a mechanism; `{meant}` needs `{delimiter}` after it"
    return (message, written) if written else None


def _bare_host(refused: Word, name: str) -> tuple[str, str] | None:
    host, cidr = split_cidr(refused.token[len(refused.qualifiers) :])
    if not re.fullmatch(r"(?:[0-9A-Za-z_-]+\.)+[0-9A-Za-z-]+\.?", host) or not domain_spec(host):
        return None
    message = f"{quoted(host)} is a host name without a mechanism"
    if refused.previous.lower().lstrip("-+?~") in ("a", "mx", "ptr"):
        return message, suggestion(f"{refused.previous}:{host}{cidr}")
    ways = f"{quoted(f'{refused.qualifier}include:{host}')} or {quoted(f'{refused.qualifier}a:{host}{cidr}')}"
    return message, f"put {ways} in its place"
