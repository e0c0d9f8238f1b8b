"""Which records a record leads to by include and redirect, in the order to compute them, with loops found."""

from collections.abc import Callable, Sequence

MAX_STEPS = 12


def groups(start: str, links: Callable[[str], Sequence[str]], most: int) -> list[list[str]]:
    """The names reachable from `start`, in groups whose members reach each other; targets before their sources.

    A group of several names is a loop; a name that leads to itself is a group of one. At most `most` names are
    followed. Works without recursion (Tarjan's algorithm): a chain of records can be longer than Python's stack.
    """
    order: dict[str, int] = {start: 0}
    lowest: dict[str, int] = {start: 0}
    path: list[tuple[str, list[str]]] = [(start, list(reversed(links(start))))]
    waiting: dict[str, None] = {start: None}
    found: list[list[str]] = []
    while path:
        name, pending = path[-1]
        if pending:
            target = pending.pop()
            if target in waiting:
                lowest[name] = min(lowest[name], order[target])
            elif target not in order and len(order) < most:
                order[target] = lowest[target] = len(order)
                waiting[target] = None
                path.append((target, list(reversed(links(target)))))
            continue
        path.pop()
        if path:
            above = path[-1][0]
            lowest[above] = min(lowest[above], lowest[name])
        if lowest[name] == order[name]:
            found.append(_popped(waiting, name))
    return found


def _popped(waiting: dict[str, None], name: str) -> list[str]:
    """The group of `name`: all that were met after it and still wait, and itself."""
    group = []
    while True:
        last, _ = waiting.popitem()
        group.append(last)
        if last == name:
            return group


def way(start: str, end: str, links: Callable[[str], Sequence[str]], within: frozenset[str]) -> tuple[str, ...]:
    """The shortest way between two names over those of `within`, both included; empty where it is long.

    Ways of more than MAX_STEPS are not looked for: no evaluation follows so many records.
    """
    came: dict[str, str] = {start: ""}
    row = [start]
    for _ in range(MAX_STEPS):
        following = []
        for name in row if end not in came else ():
            for target in links(name):
                if target in within and target not in came:
                    came[target] = name
                    following.append(target)
        row = following
    if end not in came:
        return ()
    steps = [end]
    while steps[-1] != start:
        steps.append(came[steps[-1]])
    return tuple(reversed(steps))
