"""The room beside the page's: a curator goes through one article number by number, in a browser of their own machine.

In come the files of a root, read anew at every look (`desk.Desk`), and a curator's decisions. Out comes the YAML that a
hand would have written: an item or a key of one file of data/claims/, everything else in it byte for byte, or a refusal
in words. It is no part of the public page: `python -m extract review` starts a server of its own, on 127.0.0.1 only.

What decides knows no browser: `account` (the numbers of an article and their state), `proposals` (what a draft makes of
a number, and what there is to choose from), `edits` (a decision as changed bytes), `desk` (reading, and saving what the
check accepts). What shows is Streamlit's: `page` with `forms`, `article.js` and style sheets; `start` runs it.
"""
