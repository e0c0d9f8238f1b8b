"""`--executor`: what has to be so for a run to be judged elsewhere, and the way to whoever does it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from linter.records.text.fault import one_of
from linter.run.refused import Refused
from linter.source.typed import TYPE_CHECKING

from .options import CheckOptions
from .progress import Progress

if TYPE_CHECKING:
    from linter.run.cluster import Dask


@contextmanager
def cluster_at(address: str, what: str, wanted: bool) -> "Iterator[Dask]":
    """The workers at an address; with a progress bar that says `what` they do, where one is wanted. Raises Refused."""
    from linter.run.cluster import connected

    with Progress(what, sys.stderr, wanted, unit="files") as bar, connected(address, bar) as cluster:
        yield cluster


@contextmanager
def judging_elsewhere(options: CheckOptions) -> Iterator[None]:
    """Has what `check` does meanwhile done where the options say. Raises Refused."""
    if options.executor is None:
        yield
        return
    given = {"--jobs": options.jobs, "--since": options.since is not None, "-": "-" in options.paths}
    if any(given.values()):
        raise Refused(f"--executor cannot be combined with {one_of([each for each in given if given[each]])}")
    with cluster_at(options.executor, "judging", not options.no_progress) as options.cluster:
        yield
