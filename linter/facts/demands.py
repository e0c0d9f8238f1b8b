"""What the profile in force demands of every domain, so that no advice falls short of it."""

from linter.source.frozen import Frozen


class Demands(Frozen):
    """`policy` is the mildest DMARC policy that passes: "none", "quarantine" or "reject"; `reports` are addresses that
    the reports of every organisational domain are to go to."""

    policy: str = "none"
    reports: tuple[str, ...] = ()
