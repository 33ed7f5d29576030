"""The first room: an article's bytes to text, its sentences, and every number in it. It knows no YAML.

In come bytes (`texts.parse_article`) or files (`files.read_regular`). Out come an
`texts.ArticleText`, whose spans map back to the file, the `sentences.Span` of each sentence
(`sentences.find_sentences`), and a `mentions.Mention` for each number (`mentions.find_mentions`): its words, its value,
its unit, its hedge and its kind.

Other rooms also use `kinds.Kind`, by way of `mentions`; `hedges.Qualifier` and `hedges.parse_qualifier`, what a hedge
means; `reading.Reading`, where words stand in a text that has been read; `problems`,
what is wrong with an input; and `cores`, how many processes pay.

Inside, a number goes through `candidates` (where one may begin), `shapes` (what it looks like), `broken` (did a scanner
or a typist break it), `namesakes` (is it one), `nouns` (what it counts), `signs` (is the dash before it a minus),
`rules` and `leads` (its kind), `values` and `numerals` (its value), and `hedges`. What they know of Vietnamese stands
in the lists of `words/`, where a noun, a name or a hedge is added.
"""
