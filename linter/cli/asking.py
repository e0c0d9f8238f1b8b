"""Asking as the options of `compare` say, here or on another machine: whom, how hard, and for what."""

import argparse
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from linter.lookup.served import Served
from linter.run.check import Checker
from linter.run.compare import Comparison, Opened, Work
from linter.run.name_servers import servers_of
from linter.run.policies import RULES as POLICY_RULES
from linter.run.policy import Policy
from linter.run.refused import Refused
from linter.run.resolvers import Resolvers
from linter.run.shares import Share

from .transfers import fetch_of, transfer_of

if TYPE_CHECKING:
    from linter.live.conversation import Conversation
    from linter.live.guard import Guard
    from linter.run.authority import Finder, Whom

INTERRUPTED = "the run was interrupted"
_UNREADABLE = frozenset({"yaml-syntax", "yaml-limits", "zone-shape"})
"""Rules that say why a file, or a part of it, could not be compared."""


def comparison_of(
    options: argparse.Namespace,
    probe: str,
    whom: "Callable[[Opened], Whom]",
    keep: Callable[[Served], None] = lambda served: None,
) -> Comparison:
    """What the options want compared. Raises Refused."""
    transfer, fetch = transfer_of(options, probe), fetch_of(options)
    every = options.all or bool(options.names)
    return Comparison(every, probe, keep, transfer, fetch, options.max_time, whom, options.names)


def checker_of(policy: Policy) -> Checker:
    """Whoever judges drift, what of a file cannot be compared, and fetched policies."""
    rules = policy.rules._replace(only=("drift", *_UNREADABLE, *POLICY_RULES))
    return Checker(rules, policy.settings, policy.day)


def work_of(share: Share, checker: Checker, resolvers: Resolvers) -> Work:
    """The files of a share with the zones that belong to them. Raises Refused."""
    part, settings = share.part, share.policy.settings
    return Work(share.files, part.estate(resolvers.of(settings, part.folder)), checker, part.claims)


def converse(
    options: argparse.Namespace,
    guard: "Guard",
    talks: "Callable[[Finder], Iterable[Conversation[tuple[Opened, Served | None]]]]",
    done: Callable[[tuple[Opened, Served | None]], None],
) -> dict[str, int]:
    """Have all conversations; `done` is told how each ends. The addresses that there is no way to. Raises Refused."""
    from linter.live.conversation import Conversations
    from linter.live.engine import Limits
    from linter.live.server import parse_server
    from linter.run.authority import Finder

    try:
        given = [parse_server(each) for each in options.server]
    except ValueError as error:
        raise Refused(f"--server: {error}") from error
    resolvers = () if given else servers_of(options.resolver, "--resolver")
    limits = Limits(options.timeout, options.tries, options.concurrency, options.per_second)
    finder = Finder(list(dict.fromkeys(given)), resolvers, is_one_address=options.one_address)
    Conversations(limits, guard, done).run(talks(finder))
    return finder.unrouted
