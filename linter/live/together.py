"""What processes forked from one tell each other while they ask: that it is over, and how far each has come."""

import mmap


class Together:
    """Memory that all of them see; made before the first is forked, for so many."""

    def __init__(self, number: int) -> None:
        self._numbers = memoryview(mmap.mmap(-1, 8 * (1 + number))).cast("Q")

    def end(self) -> None:
        """Have all of them ask nothing more."""
        self._numbers[0] = 1

    def is_ended(self) -> bool:
        """Whether one of them wants an end."""
        return self._numbers[0] != 0

    def step(self, place: int) -> None:
        """One of them has done one thing more."""
        self._numbers[1 + place] += 1

    def done(self) -> int:
        """How much all of them have done."""
        return sum(self._numbers[1:])
