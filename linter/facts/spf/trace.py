"""What check_host did: every term it evaluated, in order, with the questions asked for it and their answers."""

from linter.lookup.answer import Answer
from linter.records.spf.record import Spf, Term
from linter.source.frozen import Frozen

MATCH = "match"
NO_MATCH = "no match"
NOT_KNOWN = "unknown"
"""What became of a term, beside the results "temperror" and "permerror" that end an evaluation."""


class Asked(Frozen):
    """One question and its answer; `is_void` where the answer counts as a void lookup (section 4.6.4)."""

    name: str
    kind: str
    answer: Answer
    is_void: bool


class Evaluated(Frozen):
    """One term as it was evaluated.

    `text` is what is written, `cost` the lookups the term counts for (0 or 1) and `total` those counted so far,
    with all that came before. `outcome` is one of the constants above, "temperror" or "permerror", or for `exp=`
    empty. `note` says in a few words why, `inner` is the record that `include` or `redirect` led to.
    """

    term: Term
    text: str
    cost: int
    total: int
    asked: tuple[Asked, ...]
    outcome: str
    note: str = ""
    inner: "Evaluation | None" = None

    @property
    def voids(self) -> int:
        """How many void lookups the term itself made."""
        return sum(asked.is_void for asked in self.asked)


class Evaluation(Frozen):
    """One run of check_host over one domain's record.

    `spf` is None where there is no record to evaluate; then `asked` tells why. `result` is None where it depends
    on what is not known.
    """

    domain: str
    result: str | None
    spf: Spf | None
    asked: tuple[Asked, ...]
    terms: tuple[Evaluated, ...]


class Outcome(Frozen):
    """What check_host says.

    `result` is one of the seven of RFC 7208 section 2.6, or None where it depends on answers that nobody here
    can give: then `unknown` holds their names. `reason` tells in one line what led to a result that no mechanism
    gave; `explanation` is the text of `exp=`, "" where there is none. `lookups` and `voids` are what was counted.
    `otherwise` says which receivers count otherwise and come to another result, "" where all agree.
    """

    result: str | None
    explanation: str
    unknown: tuple[str, ...]
    reason: str
    lookups: int
    voids: int
    trace: Evaluation
    otherwise: str = ""
