"""The signals that end a process: held back for a moment, or let in after something has been put away."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from .typed import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import signal
else:
    import _signal as signal  # as C has it: the module around it makes enumerations of all numbers, for 0.4 ms

ENDING = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def signals_held() -> Iterator[set[int]]:
    """Lets the signals that end a process wait; gives those that waited before."""
    if not hasattr(signal, "pthread_sigmask"):
        yield set()
        return
    held = signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
    try:
        yield {int(each) for each in held}
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, held)


@contextmanager
def before_ending(act: Callable[[], None]) -> Iterator[None]:
    """Has `act` done before a signal ends this process; what the signal would do without, it does then.

    A signal that is ignored stays ignored. To be used in the main thread.
    """
    earlier: dict[int, Any] = {number: signal.getsignal(number) for number in ENDING}

    def end(number: int, _: object) -> None:
        act()
        signal.signal(number, earlier[number])
        os.kill(os.getpid(), number)

    taken = [number for number, handler in earlier.items() if handler not in (signal.SIG_IGN, None)]
    for number in taken:
        signal.signal(number, end)
    try:
        yield
    finally:
        for number in taken:
            signal.signal(number, earlier[number])


@contextmanager
def endings_noted(note: Callable[[int], None]) -> Iterator[None]:
    """Has the first signal that would end this process noted instead; another one ends it.

    A signal that is ignored stays ignored. To be used in the main thread.
    """
    earlier: dict[int, Any] = {number: signal.getsignal(number) for number in ENDING}
    taken = [number for number, handler in earlier.items() if handler not in (signal.SIG_IGN, None)]

    def restore() -> None:
        for number in taken:
            signal.signal(number, earlier[number])

    def noted(number: int, _: object) -> None:
        restore()
        note(number)

    for number in taken:
        signal.signal(number, noted)
    try:
        yield
    finally:
        restore()


def end_by(number: int) -> None:
    """End this process as a signal does that nobody takes."""
    signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)
