"""From article to verified table, and all that is computed from it: eight rooms, imports run one way, downwards here.

review    a page for the curator alone: numbers claimed or set aside one by one; it uses claims and text only
server    what stands between network and page: the guard, live reloading, downloads
site      what stands without a script or a server: whole documents, the published folder
page      charts, views and templates, the page's style and script
figures   the table, what may be compared, filters, CSV and Data Package, citations
archive   texts, however many, to every number of each, and a worklist
claims    curated YAML to typed records, checked against the texts; the ledger, the draft, the schema
text      an article's bytes to text, sentences and every number; knows no YAML

Each room's `__init__.py` says what comes in, what goes out, and which of its names other rooms use.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - who runs an older one is to read this, not where it fails
    sys.exit(f"This needs Python 3.11 or newer, and is run with {sys.version.split()[0]}")
