"""What --transfer, --key and --policies ask for: whole zones, signed with the key in a file, and policies."""

import argparse

from linter.records.text.fault import Fault, quoted
from linter.run.refused import Refused
from linter.source.file import Unreadable, read_source
from linter.source.typed import TYPE_CHECKING

_LONGEST_FETCH = 60.0
"""Seconds for all of a policy; senders give up after about so long (RFC 8461 section 3.3)."""

if TYPE_CHECKING:
    from collections.abc import Callable

    from linter.live.tsig_key import TsigKey
    from linter.run.policies import Fetch
    from linter.run.transferring import Transfer


def transfer_of(options: argparse.Namespace, probe: str) -> "Transfer | None":
    """How to transfer zones; None where nobody asked for it. Raises Refused."""
    if not options.transfer:
        return None
    from linter.live.transfer import Bounds
    from linter.run.transferring import transferring

    return transferring(probe, key_in(options.key) if options.key else None, Bounds(options.timeout * options.tries))


def fetch_of(options: argparse.Namespace) -> "Fetch | None":
    """How to fetch policies; None where nobody asked for it."""
    if not options.policies:
        return None
    from linter.live.policy_fetch import MEDIA_TYPE, FetchBounds, NotFetched, fetch_policy

    wait = options.timeout * options.tries
    bounds = FetchBounds(wait, min(_LONGEST_FETCH, 6 * wait))
    resolve = _resolving(options) if options.resolver else None

    def fetch(domain: str, seconds: float) -> tuple[str | None, str]:
        try:
            got = fetch_policy(domain, bounds._replace(total=min(bounds.total, seconds)), None, None, resolve)
        except NotFetched as error:
            return None, str(error)
        if got.media_type != MEDIA_TYPE:
            told = quoted(got.media_type) if got.media_type else "not given"
            return None, f"its media type is {told}, and for senders only `{MEDIA_TYPE}` counts"
        return got.text, ""

    return fetch


def _resolving(options: argparse.Namespace) -> "Callable[[str], list[str]]":
    """The addresses of a host as the resolvers of the command line have them."""
    from linter.live.engine import Limits, Question, Reply, ask
    from linter.run.name_servers import servers_of

    servers = servers_of(options.resolver, "--resolver")
    limits = Limits(options.timeout, options.tries)

    def resolve(host: str) -> list[str]:
        found: list[Reply] = []
        for server in servers:
            found.clear()
            ask(((Question(f"{host}.", kind), server) for kind in ("A", "AAAA")), limits, found.append)
            if not any(reply.failed for reply in found):
                break
        return sorted((value for reply in found for value in reply.values), key=lambda value: ":" in value)

    return resolve


def key_in(path: str) -> "TsigKey":
    """The key in a file. What is wrong is told by its place alone: the secret may stand there."""
    from linter.live.tsig_key import read_key

    try:
        source, fault = read_source(path)
    except Unreadable as error:
        raise Refused(f"cannot read {error.path}: {error.reason}") from error
    if fault is not None:
        raise Refused(f"{path}: {fault.message}")
    key = read_key(source.text)
    if isinstance(key, Fault):
        position = source.position(key.start)
        way_out = f" ({key.help})" if key.help else ""
        raise Refused(f"{path}:{position.line}:{position.column}: {key.message}{way_out}")
    return key
