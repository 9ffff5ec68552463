"""Products in the documented form: search, stock, tags, attributes, queued updates.

Handles the operations of products, tags, categories and the store itself.
"""
