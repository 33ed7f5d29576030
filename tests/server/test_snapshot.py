"""What is shown where an article or a shared file is broken, gone or much shorter than it was."""

from collections.abc import Callable
from pathlib import Path

import pytest

from extract.claims.files import WORDING
from extract.page.notices import Notice, NoticeKind
from extract.server.live import Live
from extract.server.snapshot import Snapshot
from extract.text.problems import Problem
from tests.conftest import MADE_UP, REPOSITORY, Scratch
from tests.server.live_data import HA_TINH, HA_TINH_TITLE, KHANH_HOA, KON_TUM, count_figures, load_today, make_live

# What breaks stays as it was


def test_a_broken_article_stays_as_last_read(scratch: Scratch) -> None:
    live = make_live(scratch)
    before = live.look()
    scratch.edit(HA_TINH, "value: 72}", "value: 73}")
    after = live.look()
    problem = next(problem for problem in after.problems if problem.path == HA_TINH)
    assert after.notices == (
        Notice(
            kind=NoticeKind.HELD,
            problem=problem,
            article=HA_TINH_TITLE,
            figures=16,
        ),
    )
    assert problem.id == "ha-tinh-2021-smuggling-cases"
    assert after.collection.claims == before.collection.claims
    assert after.version == before.version


def test_others_go_on_while_one_is_broken(scratch: Scratch) -> None:
    live = make_live(scratch)
    live.look()
    (scratch / HA_TINH).write_text("article: [\n", "utf-8")
    live.look()
    raw = (scratch / KHANH_HOA).read_bytes()
    (scratch / KHANH_HOA).write_bytes(raw + b"# later\n")
    snapshot = live.look()
    assert snapshot.files[KHANH_HOA].endswith(b"# later\n")
    assert count_figures(snapshot)[HA_TINH] == 16
    assert [notice.kind for notice in snapshot.notices] == [NoticeKind.HELD]


def test_a_mended_article_is_shown_anew(scratch: Scratch) -> None:
    live = make_live(scratch)
    live.look()
    raw = (scratch / HA_TINH).read_bytes()
    (scratch / HA_TINH).write_bytes(b"\n")
    assert [notice.kind for notice in live.look().notices] == [NoticeKind.HELD]
    (scratch / HA_TINH).write_bytes(raw + b"# mended\n")
    snapshot = live.look()
    assert snapshot.notices == ()
    assert snapshot.files[HA_TINH].endswith(b"# mended\n")


def test_a_vanished_article_stays_as_last_read(scratch: Scratch) -> None:
    live = make_live(scratch)
    before = live.look()
    (scratch / HA_TINH).unlink()
    after = live.look()
    assert after.collection.claims == before.collection.claims
    assert after.notices == (
        Notice(
            kind=NoticeKind.HELD,
            problem=Problem(HA_TINH, 1, "-", "is gone: put it back, or start the server anew without it"),
            article=HA_TINH_TITLE,
            figures=16,
        ),
    )
    (scratch / "seeds/003_b2aa1906d32ce349.txt").unlink()
    assert live.look().notices == after.notices


def test_an_article_whose_text_changed_or_vanished_stays_with_its_text(scratch: Scratch) -> None:
    live = make_live(scratch)
    before = live.look()
    seed = "seeds/003_b2aa1906d32ce349.txt"
    raw = (scratch / seed).read_bytes()
    (scratch / seed).write_bytes(raw.replace(b"72", b"73"))
    assert live.look().collection.claims == before.collection.claims
    (scratch / seed).unlink()
    after = live.look()
    assert after.collection.claims == before.collection.claims
    assert after.files[seed] == raw
    assert [notice.kind for notice in after.notices] == [NoticeKind.HELD]


# What stays is told by the article, not by its file


def copy_over(source: Path, target: Path) -> None:
    target.write_bytes(source.read_bytes())


def link_over(source: Path, target: Path) -> None:
    target.unlink()
    target.symlink_to(source.name)


@pytest.mark.parametrize("put", [copy_over, link_over])
@pytest.mark.parametrize(("path", "other"), [(HA_TINH, KON_TUM), (KON_TUM, HA_TINH), (KHANH_HOA, KON_TUM)])
def test_an_article_whose_file_another_one_is_saved_over_stays_and_the_notice_names_it(
    scratch: Scratch, put: Callable[[Path, Path], None], path: str, other: str
) -> None:
    live = make_live(scratch)
    before = live.look()
    sources = {source.path: source for source in before.collection.sources}
    lost, instead = sources[path].record.article, sources[other].record.article
    put(scratch / other, scratch / path)
    after = live.look()
    assert after.collection.claims == before.collection.claims
    assert after.notices == (
        Notice(
            kind=NoticeKind.HELD,
            problem=Problem(
                path,
                sources[other].lines["article", "seed"],
                lost.seed,
                f"describes {instead.seed} now, not {lost.seed}: put the file of {lost.seed} back, and save this"
                " one beside it",
            ),
            article=lost.title or lost.seed,
            figures=count_figures(before)[path],
        ),
    )


def test_an_article_saved_over_by_a_new_one_stays(scratch: Scratch) -> None:
    live = make_live(scratch)
    before = live.look()
    scratch.add_article("Công an.\n", "sentences: []\nset_aside: []\n")
    (scratch / MADE_UP).replace(scratch / HA_TINH)
    after = live.look()
    assert after.collection.claims == before.collection.claims
    assert [(notice.article, notice.problem.path) for notice in after.notices] == [(HA_TINH_TITLE, HA_TINH)]


TAKEN = "id: ha-tinh-2021-smuggling-cases,"


def find_line(snapshot: Snapshot, claim: str) -> tuple[str, int]:
    checked = snapshot.table.claims[claim]
    return checked.path, checked.line


def test_an_id_that_an_edit_takes_from_a_later_article_is_said_of_the_edit(scratch: Scratch) -> None:
    live = make_live(scratch)
    before = live.look()
    own = next(checked.claim.id for checked in before.collection.claims if checked.path == KON_TUM)
    line = scratch.find_line(KON_TUM, own)
    scratch.edit(KON_TUM, own, "ha-tinh-2021-smuggling-cases", times=(scratch / KON_TUM).read_text().count(own))
    after = live.look()
    assert after.collection.claims == before.collection.claims
    path, theirs = find_line(before, "ha-tinh-2021-smuggling-cases")
    assert [
        (notice.kind, notice.problem.path, notice.problem.line, notice.problem.message) for notice in after.notices
    ] == [
        (
            NoticeKind.HELD,
            KON_TUM,
            line,
            f"does not fit {path}:{theirs}: ha-tinh-2021-smuggling-cases: the id stands already at {KON_TUM}:{line}:"
            " every claim has its own, for ever",
        )
    ]


def test_an_id_that_a_new_article_takes_withholds_that_article_alone(scratch: Scratch) -> None:
    live = make_live(scratch)
    before = live.look()
    scratch.add_article(
        "".join(f"Xã này bắt {words}.\n" for words in CASES),
        describe_cases(1).replace("made-up-5", "ha-tinh-2021-smuggling-cases"),
        seed="000.txt",
    )
    after = live.look()
    assert after.collection.claims == before.collection.claims
    assert [(notice.kind, notice.problem.path, notice.article) for notice in after.notices] == [
        (NoticeKind.WITHHELD, MADE_UP, "made-up")
    ]


def test_an_id_that_another_article_refers_to_does_not_vanish(scratch: Scratch) -> None:
    refers = "value: 5, overlaps: [ha-tinh-2021-smuggling-cases]"
    text = "".join(f"Xã này bắt {words}.\n" for words in CASES)
    scratch.add_article(text, describe_cases(1).replace("value: 5", refers))
    live = make_live(scratch)
    before = live.look()
    assert before.problems == ()
    scratch.edit(HA_TINH, TAKEN, "id: ha-tinh-2021-other-cases,")
    after = live.look()
    assert after.collection.claims == before.collection.claims
    assert [(notice.kind, notice.problem.path, notice.article) for notice in after.notices] == [
        (NoticeKind.HELD, HA_TINH, HA_TINH_TITLE)
    ]
    assert "overlaps «ha-tinh-2021-smuggling-cases» is no claim's id" in after.notices[0].problem.message


def test_a_broken_article_that_also_moved_stays_and_both_files_are_named(scratch: Scratch) -> None:
    live = make_live(scratch)
    before = live.look()
    (scratch / HA_TINH).rename(scratch / "data/claims/a.yaml")
    scratch.edit("data/claims/a.yaml", "value: 72}", "value: 73}")
    after = live.look()
    assert after.collection.claims == before.collection.claims
    assert [(notice.kind, notice.problem.path) for notice in after.notices] == [
        (NoticeKind.HELD, HA_TINH),
        (NoticeKind.WITHHELD, "data/claims/a.yaml"),
    ]


# Files that all articles share


@pytest.mark.parametrize(
    "path", ["data/units.yaml", "data/measures.yaml", "data/indicators.yaml", "data/provinces.yaml"]
)
def test_a_broken_shared_file_leaves_everything_as_last_read(scratch: Scratch, path: str) -> None:
    live = make_live(scratch)
    before = live.look()
    raw = (scratch / path).read_bytes()
    (scratch / path).write_bytes(raw[: len(raw) // 2] + b"\n  : [\n")
    after = live.look()
    assert (after.collection, after.files, after.version) == (before.collection, before.files, before.version)
    assert [(notice.kind, notice.problem.path, notice.figures) for notice in after.notices] == [
        (NoticeKind.FROZEN, path, 33)
    ]
    (scratch / path).unlink()
    assert [(notice.kind, notice.problem.message) for notice in live.look().notices] == [
        (NoticeKind.FROZEN, "is missing")
    ]
    (scratch / path).write_bytes(raw)
    assert live.look().notices == ()


def test_a_shared_file_that_fits_an_article_no_more_leaves_everything_as_last_read(scratch: Scratch) -> None:
    live = make_live(scratch)
    before = live.look()
    text = (scratch / "data/provinces.yaml").read_text("utf-8")
    (scratch / "data/provinces.yaml").write_text(text.replace("slug: ha-tinh", "slug: ha-tinh-2"), "utf-8")
    after = live.look()
    assert after.collection is before.collection
    assert [(notice.kind, notice.problem.path) for notice in after.notices] == [(NoticeKind.FROZEN, HA_TINH)]


def test_broken_words_of_the_page_stay_as_last_read(scratch: Scratch) -> None:
    live = make_live(scratch)
    words = live.look().files[WORDING]
    (scratch / WORDING).write_text("wording: 1\n", "utf-8")
    after = live.look()
    assert after.files[WORDING] == words
    assert len(after.collection.sources) == 5
    assert [problem.path for problem in after.problems] == [WORDING]


def test_everything_gone_at_once_leaves_everything_as_last_read(scratch: Scratch) -> None:
    live = make_live(scratch)
    before = live.look()
    scratch.root.rename(scratch.root.with_name("unmounted"))
    after = live.look()
    assert after.collection is before.collection
    assert [notice.kind for notice in after.notices] == [NoticeKind.FROZEN]


# A cold start


def test_a_cold_start_withholds_a_broken_article_and_names_it(scratch: Scratch) -> None:
    scratch.edit(HA_TINH, "value: 72}", "value: 73}")
    snapshot = make_live(scratch).look()
    problem = next(problem for problem in snapshot.problems if problem.path == HA_TINH)
    assert HA_TINH not in count_figures(snapshot)
    assert len(snapshot.collection.sources) == 4
    assert snapshot.notices == (
        Notice(
            kind=NoticeKind.WITHHELD,
            problem=problem,
            article="ha-tinh-2021-three-forces",
        ),
    )


def test_a_cold_start_with_a_broken_shared_file_is_empty_and_says_so(scratch: Scratch) -> None:
    (scratch / "data/units.yaml").write_text("units: [\n", "utf-8")
    live = make_live(scratch)
    snapshot = live.look()
    assert snapshot.collection.sources == ()
    assert [(notice.kind, notice.problem.path) for notice in snapshot.notices] == [
        (NoticeKind.EMPTY, "data/units.yaml")
    ]
    (scratch / "data/units.yaml").write_bytes((REPOSITORY / "data/units.yaml").read_bytes())
    assert len(live.look().collection.sources) == 5


@pytest.mark.parametrize("folder", ["", "data", "seeds"])
def test_a_cold_start_without_files_has_the_page_and_its_words(tmp_path: Path, folder: str) -> None:
    (tmp_path / folder).mkdir(exist_ok=True)
    snapshot = Live(tmp_path, load=load_today, settle=0).look()
    assert snapshot.collection.sources == ()
    assert snapshot.files[WORDING] == (REPOSITORY / WORDING).read_bytes()
    assert [notice.kind for notice in snapshot.notices] == [NoticeKind.EMPTY]


# Losses


CASES = ("5 vụ", "7 vụ", "9 vụ", "11 vụ")


def describe_cases(claimed: int) -> str:
    """Return the rest of an article's file with so many of its four cases claimed and the others set aside."""
    sentences = [
        f"  - quote: Xã này bắt {words}.\n    translation: The commune caught {words[:-3]}.\n"
        "    period: unstated\n    claims:\n"
        f"      - {{id: made-up-{words[:-3]}, indicator: smuggling-cases, figure: {words}, value: {words[:-3]}}}\n"
        for words in CASES[:claimed]
    ]
    aside = [f"  - {{figure: {words}, why: no result}}\n" for words in CASES[claimed:]]
    return "sentences:\n" + "".join(sentences) + ("set_aside:\n" + "".join(aside) if aside else "")


def test_a_large_loss_is_announced_until_the_file_changes_again(scratch: Scratch) -> None:
    text = "".join(f"Xã này bắt {words}.\n" for words in CASES)
    scratch.add_article(text, describe_cases(4))
    live = make_live(scratch)
    assert live.look().problems == ()
    scratch.add_article(text, describe_cases(2))
    loss = Notice(
        kind=NoticeKind.LOST,
        problem=Problem(MADE_UP, 1, "-", "4 claims → 2: if this is not meant, put the others back"),
        article="made-up.txt",
        figures=2,
        before=4,
    )
    assert live.look().notices == (loss,)
    (scratch / KHANH_HOA).write_bytes((scratch / KHANH_HOA).read_bytes() + b"# later\n")
    assert live.look().notices == (loss,)
    scratch.add_article(text, describe_cases(4))
    assert live.look().notices == ()


def test_a_small_loss_is_an_edit_like_any_other(scratch: Scratch) -> None:
    text = "".join(f"Xã này bắt {words}.\n" for words in CASES)
    scratch.add_article(text, describe_cases(4))
    live = make_live(scratch)
    live.look()
    scratch.add_article(text, describe_cases(3))
    assert live.look().notices == ()
