"""Fresh copies of the sources, from the network: politely, and within limits that are all named.

A source's address is an editor's input, and what it answers is a stranger's. Nothing of this is
imported by a check or a build; only `guide fetch` needs it.
"""
