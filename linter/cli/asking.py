"""Asking as the options of `compare` say, here or on another machine: whom, how hard, and for what."""

import argparse
from collections.abc import Callable, Iterable
from functools import partial

from linter.lookup.served import Served
from linter.run.check import Checker
from linter.run.compare import Comparison, Opened
from linter.run.name_servers import servers_of
from linter.run.policies import RULES as POLICY_RULES
from linter.run.policy import Policy
from linter.run.refused import Refused
from linter.source.typed import TYPE_CHECKING

from .transfers import fetch_of, transfer_of

if TYPE_CHECKING:
    from linter.live.limits import Limits
    from linter.run.authority import Finder, Whom

_UNREADABLE = frozenset({"yaml-syntax", "yaml-limits", "zone-shape"})
"""Rules that say why a file, or a part of it, could not be compared."""


def comparison_of(
    options: argparse.Namespace,
    probe: str,
    whom: "Callable[[Opened], Whom]",
    keep: Callable[[Served], None] = lambda served: None,
    files: Iterable[str] = (),
) -> Comparison:
    """What the options want compared of some files. Raises Refused."""
    transfer, fetch = transfer_of(options, probe), fetch_of(options)
    every = options.all or bool(options.names)
    return Comparison(every, probe, keep, transfer, fetch, options.max_time, whom, options.names, files)


def checker_of(policy: Policy) -> Checker:
    """Whoever judges drift, what of a file cannot be compared, and fetched policies."""
    rules = policy.rules._replace(only=("drift", *_UNREADABLE, *POLICY_RULES))
    return Checker(rules, policy.settings, policy.day)


def finder_of(options: argparse.Namespace) -> "Callable[[], Finder]":
    """What finds the servers of zones, made anew for whoever asks. Raises Refused."""
    from linter.live.server import parse_server
    from linter.run.authority import Finder

    try:
        given = list(dict.fromkeys(parse_server(each) for each in options.server))
    except ValueError as error:
        raise Refused(f"--server: {error}") from error
    resolvers = () if given else servers_of(options.resolver, "--resolver")
    return partial(Finder, given, resolvers, is_one_address=options.one_address)


def limits_of(options: argparse.Namespace) -> "Limits":
    """How hard servers may be asked."""
    from linter.live.limits import Limits

    return Limits(options.timeout, options.tries, options.concurrency, options.per_second)
