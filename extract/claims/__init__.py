"""The second room: curated YAML to typed records, checked against the articles' texts.

In come the bytes of a root's files, by path (`files.read_root`). Out comes a `collection.Collection` of all that is
sound, with every `Problem` of the rest (`load.root.load_collection`; `load_root` reads the files, too, and a running
page's `Loader` checks again only what has changed). Each `CheckedClaim` of it is joined to all it refers to (measure,
category, criteria, unit, topic, coverage) and to its place in its text; `collection.joined` has the same of every
indicator.

Its folders, each of which knows only those before it: `yaml`, bytes to nodes and back; `check`, records against
texts; `load`, a root to a collection; `draft`, a text to the file that a curator completes. Beside them, what they
share: `records` and `catalogue`, the types of curated data; `periods`, `changes` and `inherited`, what an article
says of times, and which of article, sentence and claim holds; `verbatim`, whose words stand in a text; `messages`.

Other rooms also use the page's words (`wording.parse_wording`). The command line uses `draft`, `amend` to add to files,
`check.cautions`, `status`, `schema.write_schemas` and `spellings.read_spellings`. The review room builds on the draft's
parts, `check.ledger`, `status` and `amend`.
"""
