"""The fifth room: what stands between the network and the page.

In come requests, socket messages, and the files under a root as they change. Out go a guarded server, the data as last
good, and the downloads. `dashboard.py` uses `guard.make_guard`, `gate.Gate`, `clients.find_client`, `live.get_live`
with the `snapshot.Snapshot` that it returns, and `downloads.make_routes`.
"""
