"""What steps are called, how they are verified and undone, and how long things take, in words."""

from collections.abc import Iterable, Iterator

from linter.lookup.answer import FOUND
from linter.records.text.fault import few
from linter.records.text.name import dotless
from linter.source.pattern import Pattern

from .estate import View
from .planned import Back, Missing, SetChange, Wait
from .want import AUTHORISE, CLIENTS, END, POLICY, RETIRE, SWITCH, TIGHTEN, TTL, TTL_UP, VERIFY

_TITLES = {
    TTL: "Lower TTLs",
    VERIFY: "Prove the domain to the vendor",
    AUTHORISE: "Authorise the new senders",
    POLICY: "Adapt the policies",
    SWITCH: "Switch",
    CLIENTS: "Point mail programs to the new system",
    RETIRE: "Retire what is no longer used",
    END: "Remove what no sender caches any more",
    TIGHTEN: "Make the policy stricter",
    TTL_UP: "Raise TTLs again",
}
_REASONS = {
    VERIFY: "the vendor will know that the domain is yours, and then routes mail from its own customers itself",
    AUTHORISE: "the vendor must route the domain correctly before it is used there",
    SWITCH: "nothing changes in DNS, but others begin to send or receive",
    CLIENTS: "mail programs change only when all mailboxes are there",
    RETIRE: "no record is left to remove, and the rest is done outside DNS",
}
_PLAIN = Pattern("[a-z0-9_*.-]+")
_MOST_NAMES = 3


def title_of(phase: str, names: Iterable[str], changes: Iterable[SetChange], missing: Iterable[Missing]) -> str:
    """What to call a step."""
    about = few(map(dotless, names), _MOST_NAMES)
    title = _TITLES[phase]
    changes, missing = tuple(changes), tuple(missing)
    if phase == VERIFY and not (changes or missing):
        title = "Prepare the new system"
    if phase == SWITCH:
        title = "Switch mail" if any(is_moved(change) for change in changes) or missing else "Let the new senders begin"
    return f"{title}: {about}" if about else title


def is_moved(change: SetChange) -> bool:
    """Whether mail goes elsewhere with a change."""
    old, new = change.before, change.after
    return change.type == "MX" and (old is None or new is None or set(old.values) != set(new.values))


def reason_of(phase: str) -> str:
    """Why a step is made that changes no record."""
    return _REASONS.get(phase, "it has to be done outside DNS")


def verification(changes: Iterable[SetChange], view: View) -> tuple[str, ...]:
    """Commands that tell whether a step has arrived: everywhere, then at each server."""
    found = list(changes)
    safe = [change for change in found if _PLAIN.fullmatch(change.name) and _PLAIN.fullmatch(change.zone)]
    names = dict.fromkeys(dotless(each.name) for each in safe)
    named = " ".join(f"--names '{name}'" for name in names)
    commands = [f"mailzone compare {named}"] if names else []
    for zone in dict.fromkeys(change.zone for change in safe):
        asked = " ".join(f"{dotless(each.name)} {each.type}" for each in safe if each.zone == zone)
        commands += _digs(zone, asked, view)
    if any(is_moved(change) for change in found):
        commands.append("send one message each way, and read Authentication-Results: spf=pass dkim=pass dmarc=pass")
    return tuple(commands)


def _digs(zone: str, asked: str, view: View) -> Iterator[str]:
    """What asks each server of a zone, wildcards left out: a shell would take them for files."""
    answer = view.resolver.lookup(zone, "NS")
    servers = [value for value in answer.values if isinstance(value, str) and _PLAIN.fullmatch(value)]
    shown = asked.replace("*", "any-name")
    if answer.status == FOUND and servers:
        for server in servers:
            yield f"dig +norec +noall +answer @{dotless(server)} {shown}"
    else:
        yield f"for ns in $(dig +short NS {dotless(zone)}); do dig +norec +noall +answer @$ns {shown}; done"


def how_back(phase: str, is_published: bool) -> str:
    """How to undo a step; `is_published` is whether records change in it."""
    if not is_published:
        return "undo what was done outside DNS"
    if phase in (RETIRE, END):
        return "put the records back, and start the old system again: records alone do not bring it back"
    if phase == SWITCH:
        return "put the records back; mail that has come in the meantime is in the new mailboxes"
    return "put the records back as they were"


def seen_after(back: Back) -> str:
    """How long it takes until everyone sees that a step was undone, as the end of a sentence."""
    return f"; seen everywhere after {span_of(back.seconds)}" if back.seconds else ""


def waited(wait: Wait, is_cautious: bool) -> str:
    """How long a plan waits, with both bounds: "1 h (rfc 5 min, cautious 1 h)"."""
    bounds = f"rfc {span_of(wait.seconds)}, cautious {span_of(wait.cautious_seconds)}"
    return f"{span_of(wait.of(is_cautious))} ({bounds})"


def stop_here(is_safe: bool) -> str:
    """Whether a plan may rest after a step, as a sentence in small letters."""
    return "if you stop here, mail works" if is_safe else "do not stop here"


def span_of(seconds: int) -> str:
    """A number of seconds as people say it: "5 min", "3 h", "14 d"."""
    if seconds <= 0:
        return "0 s"
    parts, left = [], seconds
    for size, unit in ((86_400, "d"), (3600, "h"), (60, "min"), (1, "s")):
        count, left = divmod(left, size)
        if count:
            parts.append(f"{count} {unit}")
    return " ".join(parts[:2])
