"""What is said of the collection wherever it is published: its name, its scope, what belongs to whom."""

import tomllib
from typing import Final

from extract.claims.files import REPOSITORY

TITLE: Final = "Reported figures"
SCOPE: Final = "Figures as these articles report them, not official statistics."
DESCRIPTION: Final = (
    f"Figures that Vietnamese articles report on provincial public security, each with its sentence. {SCOPE}"
)
KEYWORDS: Final = ("Vietnam", "provinces", "public security", "news articles")
LICENCE: Final = {"name": "MIT", "path": "https://opensource.org/license/mit", "title": "MIT License"}
RIGHTS: Final = (
    "The readings, translations and tables are under the MIT License. The quotes are the words of their articles and"
    " stay their publishers'; they are quoted as evidence."
)
RIGHTS_VI: Final = (
    "Kết quả đọc, bản dịch và các bảng theo Giấy phép MIT. Câu trích là lời của các bài báo và vẫn thuộc về nơi đăng;"
    " chúng được trích làm bằng chứng."
)
MAINTAINERS: Final = "The Reported figures maintainers"
"""As the LICENSE names them."""
VERSION: Final[str] = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["project"]["version"]
"""Of the program that has made the files; that of the data is `FigureTable.version`."""
