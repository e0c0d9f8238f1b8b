"""What --transfer and --key ask for: transfers, signed with the key in a file."""

import argparse
from typing import TYPE_CHECKING

from linter.records.fault import Fault
from linter.source.file import Unreadable, read_source

from .policy import Refused

if TYPE_CHECKING:
    from linter.live.tsig_key import TsigKey
    from linter.run.transferring import Transfer


def transfer_of(options: argparse.Namespace, probe: str) -> "Transfer | None":
    """How to transfer zones; None where nobody asked for it. Raises Refused."""
    if not options.transfer:
        return None
    from linter.live.transfer import Bounds
    from linter.run.transferring import transferring

    bounds = Bounds(idle=options.timeout * options.tries, total=min(Bounds().total, options.max_time))
    return transferring(probe, _key(options.key) if options.key else None, bounds)


def _key(path: str) -> "TsigKey":
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
