"""The fifth room: what stands between the network and the page."""
