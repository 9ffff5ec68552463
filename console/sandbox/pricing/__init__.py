"""Prices of the sandbox: a price book, and the rules for configured products.

Its code is its own, so that a console's estimate and the echo check each other.
"""
