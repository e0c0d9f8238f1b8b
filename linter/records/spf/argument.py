"""Why the argument of an SPF mechanism or modifier is not what RFC 7208 section 12 allows there."""

import re

from linter.records.text.address import ip4_value, ip6_value, network, prefix_length
from linter.records.text.fault import Fault, proposal, proposed, quoted

from .macro import domain_spec, macro_faults
from .term import term

GRAMMAR = "RFC 7208 section 12"
_RANGE = {4: "0 to 32", 6: "0 to 128"}


def suggestion(*written: str) -> str:
    """The way out "write …" with the first of some texts that is a term; "" where none is.

    It is whole, since it is there to be copied. An `all` that lets everybody send is never proposed, nor is a version.
    """
    found = next(((text, read) for text in written if (read := term(text, 0))), None)
    if found is None or found[1].name == "v":
        return ""
    if found[1].name == "all" and not found[0].startswith(("-", "~", "?")):
        return "write `~all`, or `-all` once all senders are listed"
    return proposal(found[0])


def shown(text: str, limit: int = 40) -> str:
    """`quoted`, with an escape for each character that would not print as itself."""
    text = text if len(text) <= limit else f"{text[: limit * 2 // 3]}…{text[-(limit // 3) :]}"
    escaped = (char if char.isprintable() else ascii(char)[1:-1] for char in text)
    return quoted("".join(escaped), limit * 6)


def ip_version(address: str) -> int | None:
    """4 or 6 where the text is an IP address, else None."""
    if ip4_value(address) is not None:
        return 4
    return None if ip6_value(address) is None else 6


def as_network(text: str) -> str:
    """`ip4:…` or `ip6:…` for an address that may have a prefix length and brackets, or an empty string."""
    address, slash, length = text.partition("/")
    bare = address.strip("[]") + slash + length
    version = next((version for version in (4, 6) if network(version, bare)), None)
    return f"ip{version}:{bare}" if version else ""


def network_faults(version: int, argument: str, start: int) -> list[Fault]:
    """What is wrong with the argument of ip4 or ip6, which stands at `start`; kind "invalid-address"."""
    address, slash, length = argument.partition("/")
    other = 10 - version
    end = start + len(address)
    if ip_version(address) == other:
        message = f"{quoted(address)} is an IPv{other} address; `ip{version}` needs an IPv{version} address"
        way_out = suggestion(f"ip{other}:{argument}", f"ip{other}:{address}")
        prefixed = _prefix_faults(other, length, end + 1) if slash else []
        wrong = start - len("ip4:"), end + len(slash + length)
        if way_out and not prefixed:
            return [_invalid(*wrong, message, way_out)]
        return [_invalid(start, end, message), *prefixed]
    faults = []
    if ip_version(address) is None:
        faults.append(_invalid(start, end, *_not_an_address(version, address, slash + length)))
    if slash:
        faults += _prefix_faults(version, length, end + 1)
    return faults


def _invalid(start: int, end: int, message: str, way_out: str = "") -> Fault:
    return Fault(start, end, "invalid-address", message, way_out, GRAMMAR)


def _not_an_address(version: int, address: str, prefix: str) -> tuple[str, str]:
    name, shown = f"ip{version}", quoted(address)
    if not address:
        return (
            f"`{name}:` has no address",
            f"put an address right after `{name}:`",
        )
    if "%" in address:
        return f"`{name}` needs an address; macros such as {shown} are not replaced in it", ""
    bracketless = address.strip("[]<>()")
    if ip_version(bracketless) == version:
        return f"the address {shown} is in brackets", proposal(bracketless)
    if re.fullmatch(r"[0-9a-fA-F.:]+-[0-9a-fA-F.:]*", address):
        return (
            f"{shown} is a range; SPF knows only networks",
            "write the networks that cover it, each as its own term",
        )
    if re.search(r"[,;|]", address):
        return f"{shown} is a list; each address needs its own term", f"put `{name}:` before each of them"
    if domain_spec(address) and re.search(r"[g-zG-Z]", address):
        way_out = f"name the host by {quoted(f'a:{address}')}"
        return f"{shown} is a host name; `{name}` needs an address", way_out
    return _not_ip4(address, prefix) if version == 4 else (f"{shown} is not an IPv6 address", "")


def _not_ip4(address: str, prefix: str) -> tuple[str, str]:
    shown, numbers = quoted(address), address.split(".")
    port = re.fullmatch(r"([0-9.]+):[0-9]+", address)
    if port:
        return f"{shown} ends in a port; `ip4` has only the address", proposal(port[1]) if ip4_value(
            port[1]
        ) is not None else ""
    if len(numbers) == 4 and all(re.fullmatch("[0-9]+", number) for number in numbers):
        odd = next((number for number in numbers if ip4_value(f"{number}.0.0.0") is None), "")
        plain = ".".join(number.lstrip("0") or "0" for number in numbers)
        if ip4_value(plain) is not None:
            return f"{quoted(odd)} in {shown} has a leading zero", proposal(plain)
        return f"{quoted(odd)} in {shown} is above 255", ""
    if ip4_value(address[:-1]) is not None:
        return f"{quoted(address[-1])} comes after the address", proposal(address[:-1])
    if "*" in address:
        return (
            f"{shown} has a wildcard; SPF knows only networks",
            "give a prefix length, such as `ip4:192.0.2.0/24`",
        )
    if re.fullmatch(r"[0-9]+(?:\.[0-9]+){0,2}\.?", address):
        count = len(address.rstrip(".").split("."))
        plain = address.rstrip(".") + ".0" * (4 - count)
        way_out = proposal(plain + ("" if prefix else f"/{8 * count}")) if ip4_value(plain) is not None else ""
        return f"{shown} has {count} number{'s' * (count > 1)}; an IPv4 address has 4", way_out
    return f"{shown} is not an IPv4 address", ""


def _prefix_faults(version: int, length: str, start: int) -> list[Fault]:
    """What is wrong with a prefix length, which stands at `start`, behind its slash."""
    if prefix_length(version, length) is not None:
        return []
    end, message, way_out = start + len(length), f"{quoted(length)} is not a prefix length", ""
    netmask = ip4_value(length) if version == 4 else None
    if not length:
        message = "the prefix length after the slash is missing"
        start -= 1
    elif netmask is not None:
        ones = f"{netmask:032b}".rstrip("0")
        message = f"{quoted(length)} is a netmask; SPF needs a prefix length"
        way_out = f"write `{len(ones)}`" if "0" not in ones else ""
    elif length[0] == "/" and prefix_length(version, length[1:]) is not None:
        message = f"two slashes come before the prefix length; `ip{version}` has one"
        way_out = f"write `{length[1:]}`"
    elif re.fullmatch("[0-9]+", length):
        plain = length.lstrip("0") or "0"
        leading = plain != length and prefix_length(version, plain) is not None
        message = f"the prefix length {quoted(length)} {'has a leading zero' if leading else 'is out of range'}"
        way_out = f"write `{plain}`" if leading else ""
    return [
        _invalid(
            start,
            end,
            message,
            way_out or f"an IPv{version} prefix length is a number from {_RANGE[version]}",
        )
    ]


def cidr_faults(cidr: str, start: int) -> list[Fault]:
    """What is wrong with the prefix lengths of `a` or `mx`, from their first slash at `start` on."""
    lengths = re.fullmatch(r"(?:/([^/]*))?(?://([^/]*))?", cidr)
    if lengths:
        faults = _prefix_faults(4, lengths[1], start + lengths.start(1)) if lengths[1] is not None else []
        if lengths[2] is not None:
            faults += _prefix_faults(6, lengths[2], start + lengths.start(2))
        elif faults and prefix_length(6, lengths[1]) is not None:
            way_out = f"an IPv4 prefix length is at most 32; an IPv6 one has two slashes: `//{lengths[1]}`"
            faults = [faults[0]._replace(help=way_out)]
        return faults
    single = re.fullmatch(r"/([0-9]+)/([0-9]+)", cidr)
    way_out = f"write `/{single[1]}//{single[2]}`" if single else "the forms are `/24`, `//64` and `/24//64`"
    message = f"in {quoted(cidr)} the IPv6 prefix length needs two slashes before it"
    if not single:
        message = f"{quoted(cidr)} is not a pair of prefix lengths"
    return [Fault(start, start + len(cidr), "syntax", message, way_out, "RFC 7208 section 5.3")]


def split_cidr(argument: str) -> tuple[str, str]:
    """A host and what was meant as its prefix lengths: from the first slash behind the last dot or colon."""
    behind = max(argument.rfind("."), argument.rfind(":"), argument.rfind("}"))
    slash = argument.find("/", behind + 1)
    return (argument, "") if slash < 0 else (argument[:slash], argument[slash:])


def domain_faults(text: str, start: int) -> list[Fault]:
    """What is wrong with a domain-spec that stands at `start`; nothing for a well-formed one."""
    if domain_spec(text):
        return []
    macros = macro_faults(text, start)
    return [_sound(each, text, start) for each in macros] if macros else [_domain_end_fault(text, start)]


def _sound(fault: Fault, text: str, start: int) -> Fault:
    """A fault of a macro; with what it proposes the domain-spec must not have the next fault, unless it had others."""
    written = proposed(fault.help)
    if written is None:
        return fault
    applied = text[: fault.start - start] + written + text[fault.end - start :]
    is_last = not macro_faults(applied)
    return fault._replace(help="a literal percent sign is `%%`") if is_last and not domain_spec(applied) else fault


def _domain_end_fault(text: str, start: int) -> Fault:
    """The one fault of a domain-spec whose macros are well-formed: its end."""
    tail = re.split(r"%\{[^{}]*\}|%[%_-]", text)[-1]
    if tail != text and "." not in tail:
        message = f"{quoted(tail)} follows a macro without a dot between them"
        span = start + len(text) - len(tail), start + len(text)
        return Fault(*span, "syntax", message, "write a dot before it", "RFC 7208 section 7.1")
    stem, dot, label = text.removesuffix(".").rpartition(".")
    at = start + len(stem) + len(dot)
    span, shown = (at, at + len(label)), quoted(label)
    odd = re.search(r"[^0-9A-Za-z-]", label)
    port = re.search(r":[0-9]+\Z", label)
    way_out = "the name must end in a label of letters, digits and hyphens, or in a macro"
    if not label:
        span, message = (start, start + len(text)), f"the last label of {quoted(text)} is empty"
    elif port and dot:
        message = f"{quoted(text)} ends in a port; SPF has no ports"
        way_out = f"remove `{port[0]}`"
    elif odd:
        message = f"{quoted(odd[0])} is not allowed in {shown}, the last label of the name"
    elif label[0] == "-" or label[-1] == "-":
        message = f"{shown}, the last label of the name, {'begins' if label[0] == '-' else 'ends'} with a hyphen"
    elif not dot:
        message = f"{shown} is a single label; a domain name here needs at least two"
        way_out = f"write the full name, such as {quoted(f'{label}.example.com')}"
    else:
        message = f"{shown}, the last label of the name, is all digits, which no domain name ends in"
    return Fault(*span, "syntax", message, way_out, "RFC 7208 section 7.1")
