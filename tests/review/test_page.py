"""The review page in a real browser: from a draft to a clean check, and what may go wrong on the way."""

import hashlib
import os
import re
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from extract.__main__ import main
from tests.browser import LONGEST_WAIT, open_browser
from tests.conftest import Scratch
from tests.servers import REPOSITORY

pytestmark = pytest.mark.browser

TEXT = """Kon Tum: Kết quả phòng, chống ma túy năm 2021

Năm 2021, Công an tỉnh Kon Tum phát hiện, bắt giữ 12 vụ/15 đối tượng mua bán, vận chuyển trái phép chất ma túy.
Các tổ công tác đã tuyên truyền tại 25 điểm trường trong 3 tháng. Năm 2021, giảm 4 vụ ma túy.
Kết quả trên được công bố trong năm 2021. Đến nay, toàn tỉnh có 228 mô hình tự quản về an ninh trật tự.
"""
FILE = "data/claims/new.yaml"
FINISHED = """\
# yaml-language-server: $schema=../article.schema.json
article:
  seed: new.txt
  sha256: {sha256}
  title: "Kon Tum: Kết quả phòng, chống ma túy năm 2021"
  title_en:
  province: kon-tum
  publisher:
  published:
  url:
  reported_by:
  reported_by_en:
sentences:
  - quote: "Năm 2021, Công an tỉnh Kon Tum phát hiện, bắt giữ 12 vụ/15 đối tượng mua bán, vận chuyển trái phép chất ma túy."
    translation:
    period: {{covers: 2021, words: Năm 2021}}
    claims:
      - {{id: kon-tum-2021-drug-cases, indicator: drug-cases, figure: 12 vụ, value: 12}}
      - {{id: kon-tum-2021-drug-persons, indicator: drug-persons, figure: 15 đối tượng, value: 15}}
  - quote: "Năm 2021, giảm 4 vụ ma túy."
    translation:
    period: {{covers: 2021, words: Năm 2021}}
    claims:
      - id: kon-tum-2021-drug-cases-change
        indicator: drug-cases
        figure: giảm 4 vụ
        value: 4
        change: decrease
        base: unstated
  - quote: "Đến nay, toàn tỉnh có 228 mô hình tự quản về an ninh trật tự."
    translation:
    period: {{covers: 2021, words: trong năm 2021}}
    coverage: {{kind: province, words: toàn tỉnh}}
    claims:
      - id: kon-tum-2021-self-managed-models-operating
        indicator: self-managed-models-operating
        figure: 228 mô hình
        value: 228
set_aside:
  - {{figure: 25 điểm trường, why: counts places of talks}}
  - {{figure: 3 tháng, why: "a length of time, or an age", why_vi: "độ dài thời gian, hoặc tuổi"}}
"""  # noqa: E501
PENDING = "check: pending, no file describes this text yet"
STRANGE = "*x*… $a$ – :smile: [b](c) <i>"


SELECT = """(element, words) => {
    const node = [...element.childNodes].find(child => child.textContent.includes(words))
    const range = document.createRange(), start = node.textContent.indexOf(words)
    range.setStart(node, start)
    range.setEnd(node, start + words.length)
    getSelection().removeAllRanges()
    getSelection().addRange(range)
}"""


class Curator:
    """A curator at the page."""

    def __init__(self, page: Page, address: str, process: int) -> None:
        self.page, self.address, self.process = page, address, process

    def open(self, query: str, says: str) -> None:
        self.page.goto(self.address + query)
        self.wait_for(says)

    def press(self, key: str, says: str) -> None:
        """Press a key, and wait until the page has answered and says so."""
        self.page.keyboard.press(key)
        self.wait_for(says)

    def wait_for(self, words: str) -> None:
        try:
            self.page.wait_for_function(SAYS, arg=words, timeout=LONGEST_WAIT)
        except PlaywrightTimeoutError:
            assert words in self.read()
        self.settle()

    def settle(self) -> None:
        """Wait until the run whose answer is there has come to its end."""
        self.page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]', timeout=LONGEST_WAIT)

    def read(self) -> str:
        """Return all that the page says, and the check."""
        return "\n".join(self.page.locator(".said p").all_inner_texts())

    def find_current(self) -> str:
        return str(self.page.locator("[aria-current]").evaluate("element => element.firstChild.textContent"))

    def leave_field(self) -> None:
        """Click beside all fields: a key in a field is a letter of it."""
        self.page.locator(".reading").click()


SAYS = """words => [...document.querySelectorAll('.said p')].map(each => each.innerText).join('\\n').includes(words)"""


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Scratch:
    root = tmp_path_factory.mktemp("review") / "root"
    for folder in ("data", "seeds"):
        shutil.copytree(REPOSITORY / folder, root / folder)
    return Scratch(root)


@pytest.fixture(scope="module")
def curator(scratch: Scratch, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Curator]:
    log = tmp_path_factory.mktemp("log") / "log"
    command = [sys.executable, "-m", "extract", "review", "--root", str(scratch.root), "--port", "0"]
    if os.geteuid() == 0:
        # Without this capability the modes of files hold for root, too.
        command = ["setpriv", "--bounding-set", "-dac_override", *command]
    with log.open("wb") as stream:
        process = subprocess.Popen(command, cwd=REPOSITORY, stdout=stream, stderr=subprocess.STDOUT)
    try:
        with open_browser() as browser:
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            yield Curator(page, _find_address(log, process), process.pid)
    finally:
        process.terminate()
        process.wait(15)


def _find_address(log: Path, process: "subprocess.Popen[bytes]") -> str:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        if found := re.search(r"URL: (http://127\.0\.0\.1:\d+)", log.read_text("utf-8")):
            return found[1] + "/"
        time.sleep(0.1)
    raise RuntimeError(log.read_text("utf-8"))


@pytest.fixture
def pending(scratch: Scratch, curator: Curator) -> Iterator[Curator]:
    """The page with a pending text of our own, not begun yet."""
    (scratch / "seeds/new.txt").write_text(TEXT, encoding="utf-8")
    (scratch / FILE).unlink(missing_ok=True)
    curator.open("?article=new.txt", PENDING)
    expect(curator.page.get_by_role("button", name="Begin")).to_be_enabled()  # it has a script of its own to load
    yield curator
    (scratch / FILE).unlink(missing_ok=True)
    (scratch / "seeds/new.txt").unlink(missing_ok=True)


def test_a_pending_text_goes_from_its_draft_to_a_clean_check(
    scratch: Scratch, pending: Curator, capsys: pytest.CaptureFixture[str]
) -> None:
    page = pending.page
    page.get_by_role("link", name="All articles").click()
    page.get_by_role("link", name="new.txt").click()
    expect(page.get_by_role("button", name="Begin")).to_be_enabled()
    pending.settle()
    pending.press("b", f"{FILE} is begun\ncheck: 6 problems in {FILE}\n6 numbers are neither claimed nor set aside")
    pending.press("a", "claimed: kon-tum-2021-drug-cases")
    pending.press("a", "claimed: kon-tum-2021-drug-persons")
    assert pending.find_current() == "25 điểm trường"
    pending.press("s", "Nothing was written: choose a reason first.")
    page.get_by_role("combobox", name="Reason").click()
    page.keyboard.type("counts places of talks")
    page.get_by_role("option", name="counts places of talks").click()
    pending.leave_field()
    pending.press("s", "set aside: 25 điểm trường")
    pending.press("s", "set aside: 3 tháng")
    pending.press("a", "Nothing was written: choose what it counts and the base first.")
    page.keyboard.press("1")
    expect(page.get_by_role("button", name="✓ vụ ma túy")).to_be_visible()
    page.get_by_role("combobox", name="Base").click()
    page.get_by_role("option", name="unstated").click()
    pending.leave_field()
    pending.press("a", "claimed: kon-tum-2021-drug-cases-change")
    assert pending.find_current() == "228 mô hình"
    page.keyboard.press("1")
    expect(page.get_by_role("button", name="✓")).to_be_visible()
    pending.press("a", "Nothing was written: choose the period first.")
    page.keyboard.press("p")
    expect(page.get_by_role("combobox", name="Period")).to_have_value("2021 «Năm 2021»")
    page.get_by_text("Kết quả trên được công bố").evaluate(SELECT, "trong năm 2021")
    page.locator(".article").dispatch_event("mouseup")
    expect(page.get_by_label("Days it covers")).to_have_value("2021")
    pending.settle()
    pending.press("a", f"claimed: kon-tum-2021-self-managed-models-operating\ncheck: no problem in {FILE}")
    states = page.locator(".article small").all_inner_texts()
    assert states == ["claimed", "claimed", "set aside", "set aside", "claimed", "claimed"]
    sha256 = hashlib.sha256(TEXT.encode()).hexdigest()
    assert (scratch / FILE).read_text("utf-8") == FINISHED.format(sha256=sha256)
    assert main(["check", "--root", str(scratch.root)]) == 0
    capsys.readouterr()


def test_what_somebody_else_saves_meanwhile_is_kept_and_shown(scratch: Scratch, pending: Curator) -> None:
    pending.press("b", "is begun")
    pending.press("a", "claimed: kon-tum-2021-drug-cases")
    field = pending.page.get_by_label("Translation of the sentence")
    field.fill("12 cases, 15 people.")
    pending.leave_field()
    for key, name in (("2", "thành viên ban công an xã"), ("1", "đối tượng ma túy")):
        pending.page.keyboard.press(key)
        expect(pending.page.get_by_role("button", name=f"✓ {name}")).to_be_visible()
    pending.settle()
    beside = scratch / "data/claims/.new"
    beside.write_text(
        (scratch / FILE).read_text("utf-8").replace("title_en:\n", "title_en: By somebody else\n"), "utf-8"
    )
    beside.replace(scratch / FILE)
    theirs = (scratch / FILE).read_bytes()
    pending.press("a", f"{FILE} was changed meanwhile: nothing was written, the newer one is shown\nWhat you entered")
    assert (scratch / FILE).read_bytes() == theirs
    expect(field).to_have_value("12 cases, 15 people.")
    pending.page.get_by_text("What the article is").click()
    expect(pending.page.get_by_label("Title in English")).to_have_value("By somebody else")
    pending.leave_field()
    pending.press("a", "claimed: kon-tum-2021-drug-persons")
    saved = (scratch / FILE).read_text("utf-8")
    assert "  title_en: By somebody else\n" in saved
    assert '    translation: "12 cases, 15 people."\n' in saved
    assert "id: kon-tum-2021-drug-persons" in saved


def test_a_folder_and_a_disk_that_take_nothing_lose_nothing(scratch: Scratch, pending: Curator) -> None:
    folder = scratch / "data/claims"
    folder.chmod(0o500)
    try:
        pending.press("b", f"{FILE} cannot be written (Permission denied): nothing was written\nWhat you entered")
    finally:
        folder.chmod(0o755)
    pending.press("b", "is begun")
    before = (scratch / FILE).read_bytes()
    limits = resource.prlimit(pending.process, resource.RLIMIT_FSIZE)
    resource.prlimit(pending.process, resource.RLIMIT_FSIZE, (10, limits[1]))
    try:
        pending.press("a", f"{FILE} cannot be written (File too large): nothing was written\nWhat you entered")
    finally:
        resource.prlimit(pending.process, resource.RLIMIT_FSIZE, limits)
    assert (scratch / FILE).read_bytes() == before
    assert [path.name for path in folder.iterdir() if path.name.startswith(".")] == []
    pending.press("a", "claimed: kon-tum-2021-drug-cases")


def test_a_broken_file_and_a_text_that_is_gone_are_said_and_the_others_go_on(
    scratch: Scratch, pending: Curator
) -> None:
    pending.press("b", "is begun")
    scratch.edit(FILE, "sentences: []\n", "sentences: [\n")
    broken = (scratch / FILE).read_bytes()
    pending.press("a", f"{FILE}:15: -: is not valid YAML")
    assert (scratch / FILE).read_bytes() == broken
    (scratch / "seeds/new.txt").unlink()
    pending.press("j", "seeds/new.txt is gone from seeds/, or cannot be read: nothing can be decided of it")
    pending.open("?article=003_b2aa1906d32ce349.txt", "check: no problem in data/claims/ha-tinh-2021-three-forces.yaml")
    expect(pending.page.locator(".article .claimed")).to_have_count(16)


def test_strange_letters_of_the_catalogue_are_shown_as_they_are(scratch: Scratch, pending: Curator) -> None:
    scratch.edit("data/indicators.yaml", "name: {vi: vụ ma túy,", f'name: {{vi: "{STRANGE}",')
    try:
        pending.press("b", "is begun")
        pending.page.get_by_role("button", name=STRANGE).first.click()
        expect(pending.page.get_by_role("button", name=f"✓ {STRANGE}")).to_be_visible()
        expect(pending.page.get_by_role("combobox", name="Or another")).to_have_value(f"{STRANGE} (drug-cases)")
    finally:
        scratch.edit("data/indicators.yaml", f'name: {{vi: "{STRANGE}",', "name: {vi: vụ ma túy,")
