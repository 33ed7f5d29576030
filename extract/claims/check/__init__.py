"""Records against the article's text: each part of a claim, each number of the text (`ledger`), what articles share."""
