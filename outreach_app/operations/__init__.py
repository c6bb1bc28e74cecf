"""What a person can do, one function a verb: the product's table of contents.

Each works in one transaction and returns what changed. The window, the command line and the tests call the same verbs.
"""
