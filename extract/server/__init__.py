"""The fifth room: what stands between the network and the page.

In come requests, socket messages, and the files under a root as they change. Out go a guarded server, the data as last
good, the downloads, and pictures of charts, which a process of their own draws. `dashboard.py` uses `guard.make_guard`,
`gate.Gate`, `clients.find_client`, `live.get_live` with the `snapshot.Snapshot` that it returns,
`downloads.make_routes`, and `pictures.make_picture_routes` with its `drawing.Drawer`.
"""
