"""Orders: placed, read, found, cancelled, and printed as the documents do.

Answers the operations of orders.
"""
