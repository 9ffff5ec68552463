"""Carts: what goes in, how it is kept and printed, and what checkout tells them.

Answers the operations of carts.
"""
