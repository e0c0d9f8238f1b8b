"""The seam to other machines: whoever has `map` does the work, here the workers of a dask cluster."""

import os
import pickle
import socket
import time
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from queue import Empty, SimpleQueue
from urllib.parse import urlsplit

from linter.records.text.fault import one_line
from linter.source.typed import TYPE_CHECKING, Any, TypeVar

from .afar import DONE, UNLIKE, Judging, Task, sealed, surroundings, work
from .loads import Load, Steps
from .plugins import entries, installed
from .refused import Refused

if TYPE_CHECKING:
    from distributed import Client, Future

T = TypeVar("T")

_CONNECTING = 10.0
"""Seconds until a scheduler must have answered."""
_ALONE = 60.0
"""Seconds without a single worker, or without the scheduler, after which nobody is waited for any more."""
_LOOK = 1.0
"""Seconds between two looks at whether anybody is there."""
_PARTING = 2.0
_TRIES = 3
"""How often a load is done again where the process that judged it died and its worker did not."""
_MOST_CHARACTERS = 300


class Dask:
    """The workers that a scheduler has. A load that is lost with its worker is done again by another.

    `steps` is told how many files there are and how many are done; `over` says why nothing more is to be begun, and
    then what is not done never comes. After `alone` seconds without a worker the run is given up.
    """

    def __init__(self, client: "Client", steps: Steps, alone: float = _ALONE) -> None:
        self._client, self._alone = client, alone
        self.steps = steps
        self._here = surroundings(entries(installed()))
        self._parcels: dict[int, tuple[bytes, Future]] = {}
        self.places = self._wait_for_workers()
        self.over: Callable[[], str] = lambda: ""

    def map(self, function: Judging, work: Iterable[Load], /) -> Iterator[Any]:
        """What the function gives for each load, in their order. Raises Refused."""
        begun: dict[Future, tuple[int, Load]] = {}
        finished: SimpleQueue[Future] = SimpleQueue()
        known: dict[int, Any] = {}
        coming = enumerate(work)
        following, is_more = 0, True
        try:
            while True:
                while is_more and len(begun) < 2 * self.places and not self.over():
                    number, load = next(coming, (0, None))
                    if load is None:
                        is_more = False
                        break
                    future = self._begun(function, load)
                    begun[future] = number, load
                    future.add_done_callback(finished.put)
                while following in known:
                    yield known.pop(following)
                    following += 1
                if not begun or self.over():
                    return
                for future in self._waited_for(finished):
                    number, load = begun.pop(future)
                    known[number] = self._result(future, load)
                    self.steps.step(load.files)
        finally:
            self._parcels.clear()
            if begun:
                with suppress(Exception):
                    _within(_PARTING, lambda: self._client.cancel([*begun]))

    def _begun(self, function: Judging, load: Load) -> "Future":
        task = sealed(Task(function, load.picked, load.given), self._here)
        return self._client.submit(_work, self._sent(load.parcel), task, pure=False, retries=_TRIES)

    def _sent(self, parcel: bytes) -> "Future":
        """The parcel where workers take it from: with the scheduler, so that it is lost with none of them."""
        if id(parcel) not in self._parcels:
            self._parcels.clear()  # loads of one parcel follow each other
            self._parcels[id(parcel)] = parcel, self._client.submit(bytes, parcel, pure=False)
        return self._parcels[id(parcel)][1]

    def _waited_for(self, finished: "SimpleQueue[Future]") -> "list[Future]":
        """What has come to its end, at least one; none where the run is over. Raises Refused where nobody is left."""
        since = time.monotonic()
        while not self.over():
            try:
                return [finished.get(timeout=_LOOK)]
            except Empty:
                if self._workers():
                    since = time.monotonic()
                elif time.monotonic() - since > self._alone:
                    raise Refused(
                        f"no worker is left: neither the scheduler nor a worker was there for {self._alone:g} s"
                    ) from None
        return []

    def _wait_for_workers(self) -> int:
        end = time.monotonic() + _CONNECTING
        while not (found := self._workers()):
            if time.monotonic() > end:
                raise Refused(f"the scheduler has no workers; none came within {_CONNECTING:g} s")
            time.sleep(0.1)
        return found

    def _workers(self) -> int:
        """How many loads are judged at once; 0 where nobody is there."""
        try:
            return sum(self._client.sync(self._client.scheduler.ncores, callback_timeout=_CONNECTING).values())
        except Exception:  # whatever is wrong with it, it is not there
            return 0

    def _gathered(self, future: "Future") -> bytes:
        """The octets that a load gave, from the worker that has them or does it again. Raises Refused."""
        while True:
            try:
                octets: bytes = future.result(timeout=_CONNECTING)
                return octets
            except TimeoutError:
                if not self._workers():
                    raise Refused("no worker is left that has what a share of the files gave") from None

    def _result(self, future: "Future", load: Load) -> Any:
        """What a load gave. Raises Refused."""
        if future.status != "finished":
            raise Refused(_why(future, load))
        what, given = pickle.loads(self._gathered(future))
        if what == DONE:
            return given
        if what == UNLIKE:
            raise Refused(*_unlike(self._here, given))
        raise Refused(*given)


def _within(seconds: float, act: Callable[[], T]) -> T:
    """What `act` gives. Raises TimeoutError where it takes longer: of a silent peer dask waits for ever."""
    from threading import Event, Thread

    came: SimpleQueue[T | Exception] = SimpleQueue()

    def run() -> None:
        try:
            came.put(act())
        except Exception as error:
            came.put(error)
            Event().wait()  # what failed half-way is never let go of: dask would wait 20 s for it, and complain

    thread = Thread(target=run, daemon=True)
    thread.start()
    try:
        given = came.get(timeout=seconds)
    except Empty:
        raise TimeoutError(f"no answer within {seconds:g} s") from None
    if isinstance(given, Exception):
        raise given
    return given


def _work(parcel: bytes, task: bytes) -> bytes:
    """On a worker: a load judged, its files in the worker's own folder, which is emptied with it."""
    from distributed import get_worker

    return work(parcel, task, get_worker().local_directory)


def _why(future: "Future", load: Load) -> str:
    """Why a load was not done."""
    from distributed.scheduler import KilledWorker

    if future.status != "error":
        return "the scheduler has let go of the work: it ended, or another client cancelled it"
    error = future.exception()
    share = f"the share of the files that begins with {load.first}"
    if isinstance(error, KilledWorker):
        times = error.allowed_failures + 1
        return f"{share} was given up: {times} workers were lost while they had it, at last {error.last_worker.address}"
    told = one_line(f"{type(error).__name__}: {error}")[:_MOST_CHARACTERS]
    if isinstance(error, (ImportError, AttributeError)):
        return f"a worker cannot load mailzone ({told}); install the same version there as here"
    return f"{share} was not done: {told}"


def _unlike(here: dict[str, str], there: dict[str, str]) -> Iterator[str]:
    yield "a worker would judge otherwise; install there what is here:"
    for name in sorted({*here, *there}):
        if here.get(name) != there.get(name):
            yield f"{name}: {here.get(name, 'none')} here, {there.get(name, 'none')} on the worker"


@contextmanager
def connected(address: str, steps: Steps) -> Iterator[Dask]:
    """The workers of the scheduler at an address such as tcp://HOST:PORT, until all is done. Raises Refused."""
    with warnings.catch_warnings():
        # What dask has to say of its own is nothing that whoever checks zones could act on.
        warnings.simplefilter("ignore")
        client = _client(address)
        try:
            yield Dask(client, steps)
        finally:
            with suppress(Exception):
                _within(_PARTING, lambda: client.close(timeout=_PARTING))


def _client(address: str) -> "Client":
    import logging

    logging.disable(logging.CRITICAL)
    try:
        from distributed import Client
    except ImportError as error:
        if os.environ.get("MAILZONE_DEBUG"):
            raise
        raise Refused("`--executor dask=…` needs the package `distributed`: pip install 'mailzone[dask]'") from error
    try:
        parts = urlsplit(address)
        with socket.create_connection((parts.hostname or "", parts.port or 0), _CONNECTING):
            pass  # dask itself tries again, as long as it may, where nobody listens
        return _within(_CONNECTING, lambda: Client(address, timeout=_CONNECTING, set_as_default=False))
    except Exception as error:  # OSError, ValueError, TypeError, ssl's own, and what tornado makes of them
        told = one_line(str(error) or type(error).__name__)[:_MOST_CHARACTERS]
        raise Refused(f"--executor: no scheduler answers at {address}: {told}") from error
