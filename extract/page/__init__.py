"""The page: what a reader sees, composed from the figures' table and the page's words. It knows no Streamlit.

In come an address (`address.Address`), the look-ups of one state of the data and the words of a language, joined in
`page.Page`. Out go HTML and Vega-Lite specs: `views.compose_view` gives a view, `views.frame` what stands around it,
`views.claim` the card of a claim. `views.picture` says what stands in a picture of a chart, and `pictures` draws it.

A view is one value of `address.View`, the module of that name in `views/` with a function `compose`, the template of
that name in `templates/`, and its words (`view.<name>` and what it says). A chart is one function of `charts` and the
place where a template puts it; `comparisons` says what stands beside one. `notices.Notice` is what the server tells
readers about the data.
"""
