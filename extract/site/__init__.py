"""What stands without a server's script: whole documents, and the folder that any web host can serve.

In come a page (`extract.page`) and where it stands. Out go its HTML as one document, readable without scripts
(`document.compose_document` around `words.compose_words`), what engines and messengers are told of it
(`preview.make_preview`), and all pages as files (`publish.publish_site`). The server sends the first as the
answer at `/`, and Streamlit takes the place of its words once it has come.
"""
