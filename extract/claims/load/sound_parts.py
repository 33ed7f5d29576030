"""What can still be checked of a file that does not fit its record, so that one run shows all that is wrong with it."""

from collections.abc import Mapping, Sequence

from extract.claims.load.validate import FieldProblem, validate_tree
from extract.claims.records import Article, ArticleFile, Claim, Coverage, Period, Place, Sentence, SetAside
from extract.claims.yaml.strict import Location, Node


def find_sound_parts(
    tree: Node, lines: Mapping[Location, int], field_problems: Sequence[FieldProblem]
) -> "tuple[ArticleFile, dict[Location, int]] | None":
    """Return the parts of a file that fit, and their lines; None where it does not even tell its article.

    Items that do not fit are left out, and the items behind them move up, in the record as in the lines. A sentence
    keeps its quote even where none of its claims fits. Nothing of this ever enters a collection.
    """
    if not isinstance(tree, dict):
        return None
    faulty = {problem.location[:depth] for problem in field_problems for depth in range(1, len(problem.location) + 1)}
    article = _read_article(tree.get("article"), faulty)
    if article is None:
        return None
    kept: dict[Location, Location] = {}
    sentences: list[Sentence] = []
    for index, item in enumerate(_items(tree.get("sentences"))):
        sentence = _read_sentence(item, ("sentences", index), ("sentences", len(sentences)), faulty, kept)
        if sentence is not None:
            kept["sentences", index] = ("sentences", len(sentences))
            sentences.append(sentence)
    entries: list[SetAside] = []
    for index, item in enumerate(_items(tree.get("set_aside"))):
        entry, _ = validate_tree(SetAside, item)
        if entry is not None:
            kept["set_aside", index] = ("set_aside", len(entries))
            entries.append(entry)
    record = ArticleFile.model_construct(article=article, sentences=tuple(sentences), set_aside=tuple(entries))
    return record, _move_lines(lines, kept)


def _items(node: Node | None) -> list[Node]:
    return node if isinstance(node, list) else []


def _read_article(node: Node | None, faulty: set[Location]) -> Article | None:
    if not isinstance(node, dict) or not isinstance(node.get("seed"), str) or ("article", "seed") in faulty:
        return None
    # An empty sha256 or province is not checked; no sound record has one.
    sound = {key: value for key, value in node.items() if ("article", key) not in faulty}
    stand_ins = {"sha256": "0" * 64, "province": "unknown"}
    article, _ = validate_tree(Article, {**stand_ins, **sound})
    if article is None:
        return None
    return article.model_copy(update={key: "" for key in stand_ins if key not in sound})


def _read_sentence(
    node: Node, here: Location, there: Location, faulty: set[Location], kept: dict[Location, Location]
) -> Sentence | None:
    quote = node.get("quote") if isinstance(node, dict) else None
    if not isinstance(node, dict) or not isinstance(quote, str) or (*here, "quote") in faulty:
        return None
    period, _ = validate_tree(Period, node["period"]) if "period" in node else (None, [])
    place, _ = validate_tree(Place, node.get("place", ""))
    coverage, _ = validate_tree(Coverage, node.get("coverage", ""))
    nth, province = node.get("nth"), node.get("province")
    claims: list[Claim] = []
    for index, item in enumerate(_items(node.get("claims"))):
        claim, _ = validate_tree(Claim, item)
        if claim is not None:
            kept[*here, "claims", index] = (*there, "claims", len(claims))
            claims.append(claim)
    return Sentence.model_construct(
        quote=quote,
        nth=int(nth) if isinstance(nth, str) and nth and (*here, "nth") not in faulty else None,
        translation=str(node.get("translation", "")) or None,
        # What does not fit is said already: the sentence does not take over the article's in its place.
        period=period or (Period(covers="unstated") if "period" in node else None),
        place=place,
        province=province if isinstance(province, str) and (*here, "province") not in faulty else None,
        coverage=coverage,
        claims=tuple(claims),
    )


def _move_lines(lines: Mapping[Location, int], kept: Mapping[Location, Location]) -> dict[Location, int]:
    moved: dict[Location, int] = {}
    for location, line in lines.items():
        target: Location | None = location
        for depth in (4, 2):  # ("sentences", 0, "claims", 1) and ("sentences", 0)
            head = location[:depth]
            if len(head) == depth and isinstance(head[-1], int):
                target = (*kept[head], *location[depth:]) if head in kept else None
                break
        if target is not None:
            moved[target] = line
    return moved
