"""Products as the documents print and change them: search, stock, tags, attributes, queued updates.

Answers the operations of products, tags, categories and the store itself.
"""
