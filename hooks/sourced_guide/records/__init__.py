"""Records of works as others keep them, and the source files that are made from them.

Reference managers and databases hand out records in a dozen formats. Every reader here returns CSL
items (https://docs.citationstyles.org/en/stable/specification.html#appendix-iv-variables), so that
one writer makes source files from all of them, and one converter writes them back.
"""
