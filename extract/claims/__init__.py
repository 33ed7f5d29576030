"""The second room: curated YAML to typed records, checked against the articles' texts.

In come the bytes of a root's files, by path (`files.read_root`). Out comes a `collection.Collection` of all that is
sound, with every `Problem` of the rest (`load.load_collection`; `load.load_root` reads the files, too, and a running
page's `load.Loader` checks again only what has changed). Each
`CheckedClaim` of it is joined to all it refers to (measure, category, criteria, unit, topic, coverage) and to its place
in its text; `collection.joined` has the same of every indicator.

Other rooms also use the records of curated data (`records`) and the page's words (`wording.parse_wording`). The command
line uses `draft.draft_article` with `draft_base`, `amend` to add to files, `cautions`, `status`, `schema.write_schemas`
and `spellings.read_spellings`. The review room builds on the draft's parts, `ledger`, `status` and `amend`.

Inside, from bytes to records: `yaml_text`, `strict_yaml`, `validate`, `parsed`. From records to checked claims:
`load_catalogue` with `check_catalogue`, `article` (many on the processes of `workers`), `load_articles`, `check` with
its other `check_*` modules, `ledger`, `references`; `inherited` says which of article, sentence and claim holds.
A draft: `draft` arranges what `draft_numbers`, `draft_period`, `draft_indicator` and `draft_province` are certain of,
by the words of `draft_words`.
"""
