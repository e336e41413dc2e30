"""Bibliographic records, and the source files that are created from them.

Reference managers and databases export records in a dozen formats. Every reader here returns CSL
items (https://docs.citationstyles.org/en/stable/specification.html#appendix-iv-variables), so that
one writer makes source files from all of them, and one converter writes them back.
"""
