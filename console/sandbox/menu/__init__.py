"""The sandbox's menu: read from the data files, changed by updates, and what may be ordered of it.

Used by products, carts, pricing and the store.
"""
