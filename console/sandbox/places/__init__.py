"""Places: the merchant's stores, delivery areas, slots and times.

Handles the operations of locations.
"""
