"""Fetches snapshots of the sources: politely, and within limits.

A source's URL is an editor's input, and the response is untrusted. No check and no build imports
this package; only commands that go to the network do.
"""
