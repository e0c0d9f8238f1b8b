"""A road to a name server that is long and loses things: UDP handed on after a delay, or not at all; a script.

It prints its own port, and hands on until it is ended. Of the questions it loses a share, drawn from a seed; a reply
to what was handed on is never lost, so that the share is that of the exchanges that fail.
"""

import asyncio
import random
import sys
from typing import cast

ADDRESS = "127.0.0.1"


class _Back(asyncio.DatagramProtocol):
    """The way back to one asker."""

    def __init__(self, road: "_Road", asker: tuple[str, int]) -> None:
        self._road, self._asker = road, asker

    def datagram_received(self, data: bytes, _: tuple[str, int]) -> None:
        self._road.send(data, self._asker)


class _Road(asyncio.DatagramProtocol):
    """Takes questions, and hands each on by a socket for each asker."""

    def __init__(self, server: int, delay: float, loss: float, seed: int) -> None:
        self._server, self._delay, self._loss = server, delay, loss
        self._by = random.Random(seed)
        self._ways: dict[tuple[str, int], asyncio.Future[asyncio.DatagramTransport]] = {}
        self._under_way: set[asyncio.Task[None]] = set()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.DatagramTransport, transport)

    def datagram_received(self, data: bytes, asker: tuple[str, int]) -> None:
        if self._by.random() >= self._loss:
            task = asyncio.ensure_future(self._hand_on(data, asker))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)

    async def _hand_on(self, data: bytes, asker: tuple[str, int]) -> None:
        await asyncio.sleep(self._delay)
        loop = asyncio.get_running_loop()
        if asker not in self._ways:
            self._ways[asker] = loop.create_future()
            way, _ = await loop.create_datagram_endpoint(
                lambda: _Back(self, asker), remote_addr=(ADDRESS, self._server)
            )
            self._ways[asker].set_result(way)
        (await self._ways[asker]).sendto(data)

    def send(self, data: bytes, asker: tuple[str, int]) -> None:
        """A reply, to whoever asked."""
        self._transport.sendto(data, asker)


async def main(server: int, delay: float, loss: float, seed: int) -> None:
    """Hand on to the port of the server until the process is ended."""
    loop = asyncio.get_running_loop()
    transport, _ = await loop.create_datagram_endpoint(
        lambda: _Road(server, delay, loss, seed), local_addr=(ADDRESS, 0)
    )
    print(transport.get_extra_info("sockname")[1], flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4])))
