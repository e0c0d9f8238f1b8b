"""The estates of a group cut into loads, each worth the way to another machine; what belongs together stays so."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence

from linter.source.frozen import Frozen
from linter.source.typed import Any, Protocol

from .afar import Judging
from .outcome import Judged
from .parcel import packed
from .shares import Share, costs_of, cut, judge

_WORTH_THE_WAY = 2 * 1024 * 1024
"""Octets of YAML that take so much longer to judge than the way to a worker, and a process there."""

_OF_ALL, _ALONE = 2, 8
"""Loads for each place where one is judged, so that few of them are idle while the last one has much left: fewer where
every load has all files of the estate looked into."""


class Load(Frozen):
    """Files to be judged elsewhere: those of `picked`, each a number among the shares of the parcel and its files.

    `numbers` are those of the same shares among all that are to be judged. `given` is whatever else the function wants
    that judges them.
    """

    parcel: bytes
    picked: tuple[tuple[int, list[str]], ...]
    numbers: tuple[int, ...]
    given: Any = None

    @property
    def first(self) -> str:
        """The first of the files."""
        return self.picked[0][1][0]

    @property
    def files(self) -> int:
        """The number of files."""
        return sum(len(files) for _, files in self.picked)


class Steps(Protocol):
    """Who is told how far the work is, such as a progress bar."""

    def expect(self, number: int) -> None:
        """So many more steps will come."""
        ...

    def step(self, number: int = 1) -> None:
        """So many more have been done."""
        ...


class Cluster(Protocol):
    """Whoever judges loads elsewhere: `places` is how many at once, `steps` is told how far the work is."""

    places: int
    steps: Steps

    def map(self, function: Judging, work: Iterable[Load], /) -> Iterator[Any]:
        """What the function gives for each load, in their order. Raises Refused."""
        ...


def loads(
    shares: Iterable[Share],
    places: int,
    least: int,
    others: Callable[[Share], Iterable[str]] = lambda share: (),
    is_alone: bool = False,
) -> Iterator[Load]:
    """The shares, each all files of an estate, as loads in their order, none much smaller than `least` octets' worth.

    Small estates travel together; a large one is sent once and judged in several loads. `places` is how many are
    judged at once; `others` are read beside. With `is_alone`, a load has its own
    files alone, for what asks nothing of other zones. Raises Refused.
    """
    shares = tuple(shares)
    costs = [costs_of(share.files) for share in shares]
    wanted = max(least, sum(sum(each.values()) for each in costs) // ((_ALONE if is_alone else _OF_ALL) * places))
    small: dict[int, Share] = {}
    filled = 0
    for number, (share, of_files) in enumerate(zip(shares, costs, strict=True)):
        cost = sum(of_files.values())
        count = cost // wanted
        if small and (count > 1 or filled >= wanted):
            yield _whole(small, others)
            small, filled = {}, 0
        if count > 1 and is_alone:
            for files in cut(share.part, count, of_files):
                yield _whole({number: share._replace(files=files, part=share.part.only(files))}, others)
        elif count > 1:
            parcel = packed([share], others(share))
            yield from (Load(parcel, ((0, files),), (number,)) for files in cut(share.part, count, of_files))
        else:
            small[number] = share
            filled += cost
    if small:
        yield _whole(small, others)


def _whole(shares: dict[int, Share], others: Callable[[Share], Iterable[str]]) -> Load:
    beside = dict.fromkeys(path for share in shares.values() for path in others(share))
    picked = tuple((place, share.files) for place, share in enumerate(shares.values()))
    return Load(packed(shares.values(), beside), picked, tuple(shares))


def judged_afar(cluster: Cluster, shares: Sequence[Share]) -> list[list[Judged]]:
    """What each share gave, in as many pieces as it was judged in. Raises Refused."""
    cluster.steps.expect(sum(len(share.files) for share in shares))
    found: list[list[Judged]] = [[] for _ in shares]
    begun: deque[tuple[int, ...]] = deque()

    def noted() -> Iterator[Load]:
        for load in loads(shares, cluster.places, _WORTH_THE_WAY):
            begun.append(load.numbers)
            yield load

    for judged in cluster.map(judge_all, noted()):
        for number, each in zip(begun.popleft(), judged, strict=True):
            found[number].append(each)
    return found


def judge_all(shares: Iterable[Share], _: None) -> list[Judged]:
    """Each share judged."""
    return [judge(share) for share in shares]
