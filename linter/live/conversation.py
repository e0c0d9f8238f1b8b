"""Questions that follow from answers: many conversations at once, in one run of the engine."""

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from typing import Generic, TypeAlias, TypeVar

from .engine import Limits, Question, Reply, Server, ask
from .guard import Guard

Result = TypeVar("Result")
Batch: TypeAlias = Sequence[tuple[Question, Server]]
Conversation: TypeAlias = Generator[Batch, Sequence[Reply], Result]
"""Yields what it asks, is sent the replies in the same order once all are there, and returns its result."""

MOST_OPEN = 64
"""Conversations at once: what each of them holds in memory is not held for all."""


class _Talk(Generic[Result]):
    """One conversation: what it waits for."""

    __slots__ = ("generator", "left", "replies")

    def __init__(self, generator: Conversation[Result]) -> None:
        self.generator = generator
        self.replies: list[Reply | None] = []
        self.left = 0


class Conversations(Generic[Result]):
    """Runs conversations until the last has ended; `done` gets the result of each.

    `expect` is told how many questions a batch has, `step` is called for each reply. Two conversations that ask
    one server the same at the same time share the reply.
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

    def run(self, conversations: Iterable[Conversation[Result]]) -> None:
        """All of them, as many at once as MOST_OPEN."""
        ask(self._items(iter(conversations)), self._limits, self._heard)

    def _items(self, conversations: Iterator[Conversation[Result]]) -> Iterator[tuple[Question, Server] | None]:
        is_over = False
        while True:
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
            self._step()
            talk.replies[place] = reply
            talk.left -= 1
            if not talk.left:
                self._go_on(talk, [each for each in talk.replies if each is not None])

    def _go_on(self, talk: _Talk[Result], replies: list[Reply] | None) -> None:
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
            held = self._waiting.get(asked)
            if held is None:
                self._waiting[asked] = [(talk, place)]
                self._ready.append(asked)
            else:
                held.append((talk, place))
