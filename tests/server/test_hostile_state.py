"""What a client invents of a page's state: no run fails for it, and the log stays free of tracebacks."""

import json
from socket import SHUT_RDWR
from typing import Any

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from tests.server.asgi import make_rerun
from tests.server.test_guard import open_socket, receive_run
from tests.servers import Server


def find_widgets(run: list[ForwardMsg]) -> list[str]:
    """Return the ids of a page's widgets."""
    elements = [message.delta.new_element for message in run]
    return [each.dataframe.id for each in elements if each.HasField("dataframe")]


CHOICES: list[Any] = [
    {"selection": {"rows": [], "columns": [], "cells": [[2, "Value"]]}},
    {"selection": {"cells": [[10**9, "Value"]]}},
    {"selection": {"cells": [[-1, "Value"]]}},
    {"selection": {"cells": [["2", 3]]}},
    {"selection": {"cells": "ab"}},
    {"selection": {"rows": [99]}},
    {"selection": ["rows"]},
    {"selection": None},
    [],
]
"""What a spreadsheet is said to hold."""

STATES: list[dict[str, Any]] = [
    {"string_value": json.dumps(CHOICES[0])},
    {"trigger_value": True},
    {"bool_value": True},
    {"double_value": float("nan")},
    {"int_value": -(2**63)},
    {"string_value": "\x00" * 1000},
    *({"string_value": json.dumps(choice)} for choice in CHOICES),
    {"string_value": "[" * 900},
    {"json_value": "{"},
    {"json_trigger_value": "["},
    {"bytes_value": b"\xff"},
    {"chat_input_value": {"data": "x"}},
    {"string_array_value": {"data": ["x"]}},
    {"double_array_value": {"data": [float("inf")]}},
    {"file_uploader_state_value": {"uploaded_file_info": [{"file_id": "../x", "name": "../x", "size": 1}]}},
    {},
]


def test_invented_states_of_widgets_fail_no_run_and_write_no_traceback(server: Server) -> None:
    with open_socket(server) as socket:
        asking = BackMsg()
        asking.rerun_script.query_string = "view=figures&table=sheet"
        socket.send(asking.SerializeToString())
        known = find_widgets(receive_run(socket))
        assert len(known) == 1
        for state in STATES:
            invented = ["$$ID-0123456789abcdef-x", "$$STREAMLIT_INTERNAL_KEY", "", "\n", "figure"]
            # A name that no widget has is refused whatever it holds, so one state each is enough for those.
            for name in [*known, *(invented if state in STATES[:2] else invented[:1])]:
                message = BackMsg.FromString(asking.SerializeToString())
                message.rerun_script.widget_states.widgets.append(WidgetState(id=name, **state))
                socket.send(message.SerializeToString())
                run = receive_run(socket)
                assert run[-1].script_finished == ForwardMsg.FINISHED_SUCCESSFULLY, (name, state)
                assert not any(each.delta.new_element.HasField("exception") for each in run), (name, state)
    assert "Traceback" not in server.log.read_text("utf-8")


@pytest.mark.parametrize("field", ["locale", "timezone", "url", "color_scheme"])
@pytest.mark.parametrize("text", ["", "\x00", "../" * 50, "http://[", "http://x:99999/", "vi\nen", "ả" * 500])
def test_an_invented_browser_fails_no_run_and_writes_no_traceback(server: Server, field: str, text: str) -> None:
    message = BackMsg.FromString(make_rerun(1))
    setattr(message.rerun_script.context_info, field, text)
    with open_socket(server) as socket:
        socket.send(message.SerializeToString())
        run = receive_run(socket)
    assert run[-1].script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
    assert not any(each.delta.new_element.HasField("exception") for each in run)
    assert "Traceback" not in server.log.read_text("utf-8")


@pytest.mark.parametrize(
    "query", ["%", "%ff%fe", "&&==&", "a=1&a=2", "figure=%00", "lang=%0a", "=" * 3000, "\x00", "?q=ả"]
)
def test_an_invented_query_fails_no_run_and_writes_no_traceback(server: Server, query: str) -> None:
    message = BackMsg()
    message.rerun_script.query_string = query
    with open_socket(server) as socket:
        socket.send(message.SerializeToString())
        run = receive_run(socket)
    assert run[-1].script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
    assert not any(each.delta.new_element.HasField("exception") for each in run)
    assert "Traceback" not in server.log.read_text("utf-8")


def test_a_client_that_goes_in_the_middle_of_its_run_writes_no_traceback(server: Server) -> None:
    for _ in range(10):
        with open_socket(server) as socket:
            for number in range(5):
                socket.send(make_rerun(number))
            socket.socket.shutdown(SHUT_RDWR)
    with open_socket(server) as socket:
        socket.send(make_rerun(1))
        receive_run(socket)
    assert "Traceback" not in server.log.read_text("utf-8")
