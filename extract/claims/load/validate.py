"""From a file's tree to its record: pydantic's errors in the words of this project, each with its place in the tree.

pydantic finds everything that is wrong in one pass, but its own messages speak of Python types, which mean nothing to a
curator.
"""

import types
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Any, NamedTuple, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from extract.claims.messages import describe_odd_letters, find_nearest, suggest
from extract.claims.records import FieldError
from extract.claims.yaml.strict import Location, Node

R = TypeVar("R", bound=BaseModel)


class FieldProblem(NamedTuple):
    """One place of a tree that does not fit its record."""

    location: Location
    message: str


def validate_tree(record: type[R], tree: Node) -> "tuple[R | None, list[FieldProblem]]":
    """Return the record that a tree states, or None with everything that does not fit."""
    try:
        return record.model_validate(tree), []
    except ValidationError as error:
        details = error.errors(include_url=False)
        echoes = {*_find_misspelt(record, details), *_find_emptied(details)}
        return None, [
            FieldProblem(_find_location(detail), _explain(record, detail))
            for detail in details
            if (detail["type"], detail["loc"]) not in echoes
        ]


def _find_location(detail: ErrorDetails) -> Location:
    """Return the place of an error: of what does not fit the rest of its record, the field that the error names."""
    error = detail.get("ctx", {}).get("error")
    return (*detail["loc"], error.field) if isinstance(error, FieldError) else tuple(detail["loc"])


def _find_misspelt(record: type[BaseModel], details: Sequence[ErrorDetails]) -> Iterator[tuple[str, Location]]:
    """Yield the errors of keys that are missing because they are misspelt: a key gets one message, not two."""
    for detail in details:
        if detail["type"] == "extra_forbidden":
            *above, key = detail["loc"]
            meant = find_nearest(str(key), _find_fields(record, tuple(above)))
            if meant is not None:
                yield "missing", (*above, meant)


def _find_emptied(details: Sequence[ErrorDetails]) -> Iterator[tuple[str, Location]]:
    """Yield the errors of lists that are empty because none of their items fits."""
    above = {tuple(detail["loc"][:depth]) for detail in details for depth in range(len(detail["loc"]))}
    yield from (("too_short", location) for location in above)


def _explain(record: type[BaseModel], detail: ErrorDetails) -> str:
    location = tuple(detail["loc"])
    kind = detail["type"]
    if kind == "extra_forbidden":
        key = str(location[-1])
        return f"unknown key «{key}»: {suggest(key, _find_fields(record, location[:-1]))}{describe_odd_letters(key)}"
    given = detail["input"]
    name = _name(location)
    if kind == "enum":
        return _explain_enum(name, given, _find_type(record, location))
    if kind == "value_error":
        subject = "" if location and isinstance(location[-1], int) else f"{name}: "
        return f"{subject}{detail['ctx']['error']}{_odd_letters_of_name(name, given)}"
    message = _MESSAGES.get(kind, "{name}: {msg}")
    return message.format(
        name=name,
        given=given,
        kind=_describe(given),
        fields=", ".join(_find_fields(record, location)),
        pattern=detail.get("ctx", {}).get("pattern"),
        msg=detail["msg"],
    )


# pydantic's types of errors that these records can raise.
_MESSAGES = {
    "missing": "{name} is missing",
    "string_pattern_mismatch": "{name} «{given}» is not of the form {pattern}",
    "too_short": "{name} is an empty list: it needs at least one item",
    "model_type": "{name} must be keys and values ({fields}), not {kind}",
    "model_attributes_type": "{name} must be keys and values ({fields}), not {kind}",
    "tuple_type": "{name} must be a list (`- ` before each item), not {kind}",
    "string_type": "{name} must be a text, not {kind}",
}


def _explain_enum(name: str, given: object, kind: object) -> str:
    values = [member.value for member in kind] if isinstance(kind, type) and issubclass(kind, StrEnum) else []
    nearest = find_nearest(given, values) if isinstance(given, str) else None
    advice = f": did you mean «{nearest}»?" if nearest else ""
    return f"{name} «{given}» is none of {', '.join(values)}{advice}"


def _name(location: Location) -> str:
    """Return what a curator calls a place: its key, or `item 3 of claims`."""
    if not location:
        return "the file"
    last = location[-1]
    if isinstance(last, str):
        return f"`{last}`"
    above = location[-2] if len(location) > 1 else "the list"
    return f"item {last + 1} of `{above}`"


def _odd_letters_of_name(name: str, given: object) -> str:
    # In prose a letter outside ASCII is the rule; in a slug, a sha256 or a number it is the fault.
    is_prose = not isinstance(given, str) or " " in given or name in ("`figure`", "`quote`", "`words`")
    return "" if is_prose else describe_odd_letters(str(given))


def _describe(given: object) -> str:
    if isinstance(given, dict):
        return "keys and values"
    if isinstance(given, list):
        return "a list"
    return f"the text «{given}»" if given else "empty"


def _find_fields(record: type[BaseModel], location: Location) -> list[str]:
    kind = _find_type(record, location)
    return list(kind.model_fields) if isinstance(kind, type) and issubclass(kind, BaseModel) else []


def _find_type(record: type[BaseModel], location: Location) -> object:
    """Return the type that a record declares for a place of its tree."""
    kind: object = record
    for step in location:
        kind = _item_type(kind) if isinstance(step, int) else _field_type(kind, step)
    return kind


def _field_type(kind: object, key: str) -> object:
    if not (isinstance(kind, type) and issubclass(kind, BaseModel)) or key not in kind.model_fields:
        return None
    return _bare(kind.model_fields[key].annotation)


def _item_type(kind: object) -> object:
    return _bare(get_args(kind)[0]) if get_origin(kind) is tuple else None


def _bare(annotation: Any) -> object:
    """Return a type without `Annotated` and `| None`."""
    while get_origin(annotation) is not None and hasattr(annotation, "__metadata__"):
        annotation = get_args(annotation)[0]
    if get_origin(annotation) in (Union, types.UnionType):
        return _bare(next(part for part in get_args(annotation) if part is not type(None)))
    return annotation
