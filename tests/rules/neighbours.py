"""The world around an example: what the names of other people that examples include answer."""

from linter.lookup.answer import FOUND, UNKNOWN, Answer

_NAMES = ("_spf.", "spf.")
_RECORD = "v=spf1 ip4:198.51.100.0/24 ?all"


class Neighbours:
    """Answers for the SPF records that neither an example's zones nor its `dns` block hold; all else is unknown.

    Without it every example with an include would have to record what is beside its point.
    """

    def lookup(self, name: str, kind: str) -> Answer:
        """A record of one range at every name that begins as vendors begin theirs."""
        if kind == "TXT" and name.startswith(_NAMES):
            return Answer(FOUND, (_RECORD,), (), name, (), "the neighbours")
        return Answer(UNKNOWN, owner=name)
