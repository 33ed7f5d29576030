"""How much may be asked for: by one socket, and by one client over all its sockets."""

import asyncio
import time
from asyncio import TimerHandle
from collections.abc import AsyncIterator, Callable
from operator import itemgetter
from typing import Final

BURST: Final = 20
"""Messages that a socket may send at once."""
RATE: Final = 5.0
"""Messages a second after that."""
CLIENT_BURST: Final = 50
"""Runs of the page that one client gets at once: a class comes to it together, behind one router."""
CLIENT_RATE: Final = 20.0
"""Runs a second after that: less than half of what one processor does."""
DEMANDING: Final = float(BURST)
"""Requests that a socket has made lately, beyond which it is demanding."""
LATELY: Final = 10.0
"""Seconds after which a request counts half."""
DEMANDING_RATE: Final = 5.0
"""Runs a second that all demanding sockets of a client get together: as many as one of them alone would."""
ROUNDING: Final = 1e-6
"""Seconds."""


class TokenBucket:
    """A rate limit: so many at first, so many a second after that."""

    def __init__(self, clock: Callable[[], float], burst: float = BURST, rate: float = RATE) -> None:
        """Start full; `clock` counts seconds."""
        self._clock = clock
        self._burst = burst
        self._rate = rate
        self._tokens = float(burst)
        self._filled_at = clock()

    def find_wait(self) -> float:
        """Return the seconds until there is a token; 0 where there is one."""
        now = self._clock()
        self._tokens = min(self._burst, self._tokens + (now - self._filled_at) * self._rate)
        self._filled_at = now
        wait = (1 - self._tokens) / self._rate
        # What rounding leaves of a token is no wait: a timer of that length would find the clock where it was.
        return wait if wait > ROUNDING else 0.0

    def take(self, count: float = 1) -> None:
        """Take a token, or as many as something costs: the next one then comes the later."""
        self._tokens -= count

    def is_full(self) -> bool:
        """Tell whether nothing was taken lately."""
        self.find_wait()
        return self._tokens >= self._burst


class Pace:
    """How much is sent to each client: so much at once, so much a second after that; who has had more waits for it."""

    def __init__(self, burst: float, rate: float, clock: Callable[[], float] = time.monotonic) -> None:
        """Start full for everybody; `clock` counts seconds."""
        self._burst, self._rate, self._clock = burst, rate, clock
        self._buckets: dict[str, TokenBucket] = {}

    async def wait(self, client: str) -> None:
        """Return once the client has anything to be sent."""
        bucket = self._find(client)
        while wait := bucket.find_wait():
            await asyncio.sleep(wait)

    async def send(self, client: str, parts: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        """Yield what is sent to a client in parts, and count it."""
        async for part in parts:
            yield part
            self.take(client, len(part) / 1e6)

    def take(self, client: str, size: float) -> None:
        """Count what is sent to a client, in the unit of the pace: megabytes."""
        self._find(client).take(size)
        for other in [each for each, held in self._buckets.items() if held.is_full()]:
            del self._buckets[other]

    def _find(self, client: str) -> TokenBucket:
        return self._buckets.setdefault(client, TokenBucket(self._clock, self._burst, self._rate))


class Demand:
    """How much a socket has asked for lately, answered or not."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """Start with nothing; `clock` counts seconds."""
        self._clock = clock
        self._count = 0.0
        self._counted_at = clock()

    def find(self) -> float:
        """Return the number of requests, older ones counted less."""
        now = self._clock()
        self._count *= 0.5 ** ((now - self._counted_at) / LATELY)
        self._counted_at = now
        return self._count

    def add(self) -> None:
        """Count a request."""
        self._count = self.find() + 1


class Budget:
    """What one client may ask for over all its sockets.

    The next turn is that of the socket with the least demand, and the demanding ones share what one would get. So
    behind one address readers who wait for each answer hardly notice one who does not.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        """Start full; `clock` counts seconds."""
        self._all = TokenBucket(clock, CLIENT_BURST, CLIENT_RATE)
        self._demanding = TokenBucket(clock, burst=DEMANDING_RATE, rate=DEMANDING_RATE)
        self._waiting: dict[Callable[[], None], Demand] = {}
        self._timer: TimerHandle | None = None

    def request(self, demand: Demand, give: Callable[[], None]) -> None:
        """Call `give` once the turn of a socket of this demand has come, perhaps at once."""
        self._waiting[give] = demand
        self._give()

    def withdraw(self, give: Callable[[], None]) -> None:
        """Give up a turn, where one was asked for."""
        self._waiting.pop(give, None)

    def is_full(self) -> bool:
        """Tell whether nothing was asked for lately."""
        return not self._waiting and self._all.is_full()

    def _give(self) -> None:
        """Give out the turns that there are, and come back when there is another."""
        while self._waiting:
            give, demand = min(((give, demand.find()) for give, demand in self._waiting.items()), key=itemgetter(1))
            buckets = [self._all, self._demanding] if demand > DEMANDING else [self._all]
            wait = max(bucket.find_wait() for bucket in buckets)
            if wait:
                if self._timer is not None:
                    self._timer.cancel()
                self._timer = asyncio.get_running_loop().call_later(wait, self._give)
                return
            del self._waiting[give]
            for bucket in buckets:
                bucket.take()
            give()
