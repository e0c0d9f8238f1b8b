"""Questions that follow from answers: many conversations at once, in one run of the engine."""

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence

from linter.source.typed import Any, Generic, TypeAlias, TypeVar

from .engine import Limits, Question, Reply, Server, ask
from .errands import Errand, Errands
from .guard import Guard

Result = TypeVar("Result")
Batch: TypeAlias = Sequence[tuple[Question, Server] | Errand]
Conversation: TypeAlias = Generator[Batch, Sequence[Any], Result]
"""Yields what it asks, is sent the replies in the same order once all are there, and returns its result.

Of an errand, what came of it stands in the place of a reply.
"""

MOST_OPEN = 64
"""Conversations at once: what each of them holds in memory is not held for all."""
MOST_ERRANDS = 8
"""Threads for what blocks: transfers and policies are large, and their hosts shared with others."""


class _Talk(Generic[Result]):
    """One conversation: what it waits for."""

    __slots__ = ("generator", "left", "replies")

    def __init__(self, generator: "Conversation[Result]") -> None:
        self.generator = generator
        self.replies: list[Any] = []
        self.left = 0


class Conversations(Generic[Result]):
    """Runs conversations until the last has ended; `done` gets the result of each.

    Those that have not begun when somebody ends the run never do.

    `expect` is told how many questions and errands a batch has, `step` is called for each reply. Two conversations
    that ask one server the same at the same time share the reply.
    """

    def __init__(
        self,
        limits: Limits,
        guard: Guard,
        done: Callable[[Result], None],
        expect: Callable[[int], None] = lambda number: None,
        step: Callable[[], None] = lambda: None,
    ) -> None:
        self._limits, self._guard, self._done, self._expect, self._step = limits, guard, done, expect, step
        self._ready: deque[tuple[Question, Server]] = deque()
        self._waiting: dict[tuple[Question, Server], list[tuple[_Talk[Result], int]]] = {}
        self._open = 0
        self._errands: Errands | None = None

    def run(self, conversations: "Iterable[Conversation[Result]]") -> None:
        """All of them, as many at once as MOST_OPEN."""
        errands = self._errands = Errands(min(MOST_ERRANDS, self._limits.concurrency), self._guard.end)
        try:
            items = self._items(iter(conversations), errands)
            ask(items, self._limits, self._heard, errands.wake, self._guard.over)
        finally:
            errands.close()

    def _items(
        self, conversations: "Iterator[Conversation[Result]]", errands: Errands
    ) -> Iterator[tuple[Question, Server] | None]:
        is_over = False
        while True:
            if self._guard.is_stopped:
                errands.give_up()
                is_over = True  # what has not begun is not begun any more
            errands.collect()
            if self._ready:
                question, server = self._ready.popleft()
                refusal = self._guard.refusal(question, server)
                if refusal is None:
                    yield question, server
                else:
                    self._deliver(refusal)
            elif not is_over and self._open < MOST_OPEN:
                conversation = next(conversations, None)
                if conversation is None:
                    is_over = True
                else:
                    self._open += 1
                    self._go_on(_Talk(conversation), None)
            elif is_over and not self._open:
                return
            else:
                yield None

    def _heard(self, reply: Reply) -> None:
        self._guard.heard(reply)
        self._deliver(reply)

    def _deliver(self, reply: Reply) -> None:
        for talk, place in self._waiting.pop((reply.question, reply.server), ()):
            self._put(talk, place, reply)

    def _put(self, talk: _Talk[Result], place: int, reply: Any) -> None:
        """Give a conversation one of the things that it waits for."""
        self._step()
        talk.replies[place] = reply
        talk.left -= 1
        if not talk.left:
            self._go_on(talk, talk.replies)

    def _go_on(self, talk: _Talk[Result], replies: list[Any] | None) -> None:
        """The next batch of a conversation, or its end."""
        try:
            batch = next(talk.generator) if replies is None else talk.generator.send(replies)
            while not batch:
                batch = talk.generator.send([])
        except StopIteration as end:
            self._open -= 1
            self._done(end.value)
            return
        talk.replies = [None] * len(batch)
        talk.left = len(batch)
        self._expect(len(batch))
        for place, asked in enumerate(batch):
            if isinstance(asked, Errand):
                self._run_errand(asked, talk, place)
                continue
            held = self._waiting.get(asked)
            if held is None:
                self._waiting[asked] = [(talk, place)]
                self._ready.append(asked)
            else:
                held.append((talk, place))

    def _run_errand(self, errand: Errand, talk: _Talk[Result], place: int) -> None:
        if self._errands is not None:
            self._errands.start(errand, lambda result: self._put(talk, place, result))
