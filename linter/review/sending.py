"""What a change means for who sends: addresses that SPF lets send, its lookups, and rows of the sender matrix."""

from collections.abc import Iterator

from linter.facts.facts import Facts
from linter.facts.mail.senders import FAILS, OPEN, PASSES, Sender
from linter.facts.spf.authorised import Authorised, authorised
from linter.facts.spf.cost import Lookups, SpfTree, records_in, uncounted
from linter.facts.spf.limits import MAX_LOOKUPS
from linter.lookup.answer import joined
from linter.records.text.address import Network
from linter.records.text.fault import few
from linter.records.text.name import shown

from .compared import Compared
from .model import BETTER, ERROR, OTHER, WARNING, WORSE, AddressChange, Change, SenderChange, Turn
from .side import Side

_MOST_DOMAINS = 2_000
_RANKS = {FAILS: 0, OPEN: 1, PASSES: 2}


def addresses(compared: Compared) -> tuple[AddressChange, ...]:
    """Every domain whose SPF record lets others send than before, or costs something else."""
    names = dict.fromkeys(
        name
        for side in (compared.after, compared.before)
        for facts in side.facts.values()
        for name in facts.spf_by_name
    )
    found = (_address_change(compared, name) for name in list(names)[:_MOST_DOMAINS])
    return tuple(each for each in found if each is not None)


def spf_tree(side: Side, name: str) -> tuple[SpfTree, Facts] | None:
    """The tree of the SPF record of a name; None where the side has none."""
    facts = side.plain.facts_of(name)
    if facts is None or not facts.spf_by_name.get(name):
        return None
    tree = facts.estate.spf_trees(facts.parsers.spf).at(name)
    return (tree, facts) if tree.spf is not None else None


def _address_change(compared: Compared, name: str) -> AddressChange | None:
    old, new = spf_tree(compared.before, name), spf_tree(compared.after, name)
    if not compared.knows(name) or (old is None and new is None) or (old and new and _is_same(old[0], new[0])):
        return None
    was, becomes = _authorised(old), _authorised(new)
    added, removed = becomes.without(was), was.without(becomes)
    lookups = _lookups(old), _lookups(new)
    own = [each[0].spf.text for each in (old, new) if each is not None and each[0].spf is not None]
    if not added and not removed and lookups[0] == lookups[1] and (len(own) == 2 and own[0] == own[1]):
        return None
    unknown = tuple(dict.fromkeys((*was.unknown, *becomes.unknown)))
    told = (compared.before.clean(was.origin), compared.after.clean(becomes.origin))
    origin = joined(word for origin in told for word in origin.split(" and "))
    texts = tuple(each.text for each in added), tuple(each.text for each in removed)
    is_open = _is_open(old), _is_open(new)
    sizes = _size(added), _size(removed)
    return AddressChange(name, *texts, *sizes, unknown, origin, *lookups, compared.is_new_zone(name), is_open)


def _is_same(old: SpfTree, new: SpfTree) -> bool:
    """Whether two trees are made of the same texts and cost the same: most are, and need no look at addresses."""
    return (
        old.lookups == new.lookups
        and [_text(each) for each in records_in(old)] == [_text(each) for each in records_in(new)]
        and not any(term.term.name in ("a", "mx") for each in records_in(new) for term in each.terms)
    )


def _text(tree: SpfTree) -> tuple[str, str]:
    return tree.name, tree.spf.text if tree.spf is not None else tree.status


def _authorised(held: tuple[SpfTree, Facts] | None) -> Authorised:
    return authorised(held[0], held[1].resolver) if held is not None else Authorised({})


def _is_open(held: tuple[SpfTree, Facts] | None) -> bool:
    """Whether a record leads to others that are not known, so that it may cost more."""
    return held is not None and bool(uncounted(held[0]))


def _lookups(held: tuple[SpfTree, Facts] | None) -> Lookups | None:
    return held[0].lookups if held is not None else None


def _size(found: tuple[Network, ...]) -> int:
    """The number of IPv4 addresses."""
    return sum(each.last - each.first + 1 for each in found if each.version == 4)


def lookups(compared: Compared, found: tuple[AddressChange, ...]) -> Iterator[Change]:
    """Records that pass ten lookups by the best that is known here, whatever `check` makes of who says so."""
    for each in found:
        if each.after is None or each.after.min <= MAX_LOOKUPS or (each.before and each.before.min > MAX_LOOKUPS):
            continue
        by = f", by {each.origin}" if each.origin else ""
        tree = spf_tree(compared.after, each.name)
        left_out = uncounted(tree[0]) if tree is not None else ()
        open_ = f"; not counted: {few(map(shown, left_out))}" if left_out else ""
        old = str(each.before.min) if each.before is not None else ""
        needs = f"SPF of {shown(each.name)} needs {each.after.min} lookups{f', before {old}' if old else ''}"
        message = f"{needs}, and receivers stop at {MAX_LOOKUPS}{by}{open_}"
        place = compared.after.place((each.name, "TXT"))
        yield Change("spf-lookups", each.name, old, str(each.after.min), message, ERROR, place)


def senders(compared: Compared) -> tuple[SenderChange, ...]:
    """The rows of the matrix in which something differs."""
    intent = compared.players.both()
    behaviour = compared.players.after._replace(intent=intent)
    old, new = compared.before.view(behaviour), compared.after.view(behaviour)
    found = []
    for name in compared.names:
        if not compared.knows(name) or compared.is_new_zone(name):
            continue
        rows = {row.needs.name: row for row in old.rows(name)}
        for row in new.rows(name):
            was = rows.get(row.needs.name)
            if was is not None and _cells(was) != _cells(row):
                found.append(_sender_change(compared, was, row))
    return tuple(found)


def _cells(row: Sender) -> tuple[object, ...]:
    spf = (row.spf.state, row.spf.domain) if row.spf is not None else None
    policy = row.policy if row.verdict == FAILS else ""
    return spf, row.spf_aligned, row.signing.state, row.dkim_aligned, row.verdict, policy


def _sender_change(compared: Compared, was: Sender, row: Sender) -> SenderChange:
    name, system = row.name, row.needs.name
    pair = (name, system)
    rise = _RANKS[row.verdict] - _RANKS[was.verdict]
    verdict: Turn = BETTER if rise > 0 else WORSE if rise < 0 else _by_parts(was, row)
    sent, sends = pair in compared.old.sending, pair in compared.new.sending
    is_declared = pair in compared.players.declared_at[compared.after] and name not in compared.players.stale
    return SenderChange(name, system, was, row, sent, sends, is_declared, verdict)


def _by_parts(was: Sender, row: Sender) -> Turn:
    """What becomes of a sender whose verdict stays, by what SPF and DKIM say alone."""
    parts = [_part(sender) for sender in (was, row)]
    return BETTER if parts[1] > parts[0] else WORSE if parts[1] < parts[0] else OTHER


def _part(sender: Sender) -> int:
    spf = {"pass": 2, "unknown": 1}.get(sender.spf.state, 0) if sender.spf is not None else 1
    return spf + {"published": 2, "unknown": 1}.get(sender.signing.state, 0)


def shut_out(compared: Compared, found: tuple[SenderChange, ...]) -> Iterator[Change]:
    """Senders that pass no longer: an error where somebody has declared that they send."""
    for each in found:
        if each.before.verdict == FAILS or each.after.verdict != FAILS or not each.sent:
            continue
        policy = each.after.policy
        fate = {"reject": "rejected", "quarantine": "put into junk"}.get(policy, "reported as a failure")
        label = compared.players.label(each.system)
        is_meant = each.is_declared and policy != "unknown"
        if_any = "" if is_meant else "if it still sends, "
        message = f"mail of {label} as {shown(each.name)} passes no longer: {if_any}it is {fate}"
        severity = ERROR if is_meant and each.sends else WARNING
        yield Change("sender", each.name, each.before.verdict, each.after.verdict, message, severity)
