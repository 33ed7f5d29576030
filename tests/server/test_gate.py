"""Turns of script runs."""

import threading
from collections.abc import Callable

import pytest

from extract.server.gate import Gate


def test_gate_lets_two_work_together() -> None:
    gate, together = Gate(2), threading.Barrier(2)
    worked: list[str] = []

    def work(client: str) -> None:
        for _ in range(25):
            with gate.enter(client):
                together.wait(30)  # passes only where the other one is inside, too
                worked.append(client)

    run_together(work, ["one", "other"])
    assert sorted(worked) == ["one"] * 25 + ["other"] * 25


def test_gate_lets_no_third_one_in() -> None:
    gate, turn = Gate(2), threading.Lock()
    inside: list[str] = []
    counts: set[int] = set()

    def work(client: str) -> None:
        for _ in range(200):
            with gate.enter(client):
                with turn:
                    inside.append(client)
                    counts.add(len(inside))
                with turn:
                    inside.remove(client)

    run_together(work, list("abcdefgh"))
    assert counts <= {1, 2}
    assert inside == []


def run_together(work: Callable[[str], None], clients: list[str]) -> None:
    """Run the same work for each client, each in a thread, to its end."""
    workers = [threading.Thread(target=work, args=(client,)) for client in clients]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
        assert not worker.is_alive()


def test_gate_takes_turns_by_client() -> None:
    gate, order, queued = Gate(1), [], threading.Semaphore(0)

    def work(client: str) -> None:
        queued.release()
        with gate.enter(client):
            order.append(client)

    workers = []
    with gate.enter("first"):
        for count, client in enumerate(["flood", "flood", "flood", "flood", "reader"], 1):
            worker = threading.Thread(target=work, args=(client,))
            worker.start()
            workers.append(worker)
            while gate.count_waiting() < count:
                pass
    for worker in workers:
        worker.join(30)
    assert order == ["flood", "reader", "flood", "flood", "flood"]


def test_gate_opens_again_after_a_run_that_failed() -> None:
    gate = Gate(1)
    with pytest.raises(ZeroDivisionError), gate.enter():
        raise ZeroDivisionError
    with gate.enter():
        pass
