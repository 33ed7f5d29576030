"""A process that draws: it takes pictures on its standard input, a line of JSON each, and writes their bytes.

What draws holds the interpreter for 20 to 100 ms a picture, a second for the first, so in the server's own process
every reader would wait. Here they do not, and its memory (about 150 MB) is only taken once somebody wants a picture.
"""

import json
import os
import subprocess
import sys
import threading
from typing import Final, NamedTuple

from extract.claims.files import REPOSITORY
from extract.page.pictures import Line, Picture, TooLargeError, compose_svg, draw_png

LONGEST: Final = 30.0
"""Seconds that a picture may take: then the process is ended, and the next picture starts another."""
LOW: Final = 5
"""How far the process stands back behind readers."""

SVG, PNG = "svg", "png"


class Order(NamedTuple):
    """A picture to draw, in one form."""

    picture: Picture
    form: str
    """SVG or PNG."""
    width: int
    theme: str
    base: str
    scale: int = 1


class Drawer:
    """The process that draws for this one; it starts with the first picture, and again where it has ended."""

    def __init__(self) -> None:
        """Start nothing yet."""
        self._process: subprocess.Popen[bytes] | None = None
        self._turn = threading.Lock()

    def draw(self, order: Order) -> bytes:
        """Return a picture. Raises TooLargeError, and RuntimeError where the process ends over it."""
        with self._turn:
            process = self._start()
            watch = threading.Timer(LONGEST, process.kill)
            watch.start()
            try:
                return _ask(process, order)
            finally:
                watch.cancel()

    def close(self) -> None:
        """End the process."""
        with self._turn:
            self._end()

    def _start(self) -> "subprocess.Popen[bytes]":
        if self._process is not None and self._process.poll() is not None:
            self._end()
        if self._process is None:
            command = [sys.executable, "-m", __name__]
            self._process = subprocess.Popen(  # noqa: S603 - this module, by this interpreter
                command, cwd=REPOSITORY, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
            )
        return self._process

    def _end(self) -> None:
        if self._process is not None:
            self._process.communicate()  # it ends where nothing more comes
            self._process = None


def _ask(process: "subprocess.Popen[bytes]", order: Order) -> bytes:
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(json.dumps(order).encode() + b"\n")
        process.stdin.flush()
        answer = json.loads(process.stdout.readline())
        body = process.stdout.read(answer.get("size", 0))
    except (OSError, ValueError) as error:
        process.kill()
        raise RuntimeError("the process that draws has ended") from error
    if "refusal" in answer:
        raise TooLargeError(answer["refusal"])
    return body


def parse_order(line: str) -> Order:
    """Return the order that a line of JSON states; a line of words is a list there, a chart an object."""
    (lang, title, body, foot), *rest = json.loads(line)
    blocks = [Line(*block) if isinstance(block, list) else block for block in body]
    return Order(Picture(lang, title, blocks, [Line(*block) for block in foot]), *rest)


def carry_out(order: Order) -> bytes:
    """Return a picture, drawn in this process."""
    svg = compose_svg(order.picture, width=order.width, theme=order.theme, base=order.base)
    return svg.encode() if order.form == SVG else draw_png(svg, scale=order.scale)


def main() -> None:
    """Draw what comes in until nothing more comes."""
    os.nice(LOW)
    # Whatever a library prints must not stand among the answers.
    out, sys.stdout = sys.stdout.buffer, sys.stderr
    for line in sys.stdin:
        try:
            body = carry_out(parse_order(line))
            answer: dict[str, object] = {"size": len(body)}
        except TooLargeError as error:
            body, answer = b"", {"refusal": str(error)}
        out.write(json.dumps(answer).encode() + b"\n" + body)
        out.flush()


if __name__ == "__main__":
    main()
