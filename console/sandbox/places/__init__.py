"""Where the merchant's stores are, where they deliver, when and how fast.

Answers the operations of locations; used by carts and orders.
"""
