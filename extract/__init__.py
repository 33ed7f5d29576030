"""From article to verified table, and all that is computed from it.

Imports run one way, downwards in this list; a module is one idea that its name says.

The page's parts       view_compare  view_claim  view_province  view_figures  view_article  view_frame
                       markup (HTML, escaped in one place)  address (a state of the page as a link)
Computed               proof (what stands beside a claim)  compare (verdicts)  cite  search  index (look-ups)
                       table (rows and columns)  export (the Data Package)  formats (numbers, dates)  wording
Served                 live (the last good data, reloading)  guard (what the network may ask)  assets
Curated and checked    load  check  ledger (every number accounted for)  references  periods  catalogue  reading
                       draft (what a machine proposes)  schema (for editors)
Read                   kept (on the disk, for a later process)  parsed (what a file says by itself)  collection
                       records (the types)  validate  strict_yaml  salvage  messages
Text, knows no YAML    scan (many files)  mentions (every number)  kinds  leads  namesakes  hedges  values  nouns
                       sites  numerals  shapes  sentences  texts (a file's bytes as text)
"""
