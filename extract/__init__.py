"""From article to verified table, and all that is computed from it: five rooms, imports run one way, downwards here.

server    what stands between network and page: the guard, live reloading, downloads
page      charts, views and templates, the page's style and script
figures   the table, what may be compared, filters, CSV and Data Package, citations
claims    curated YAML to typed records, checked against the texts; the ledger, the draft, the schema
text      an article's bytes to text, sentences and every number; knows no YAML

Each room's `__init__.py` says what comes in, what goes out, and which of its names other rooms use.
"""
