"""Orders: placing, reading, searching and cancelling them, in the documented form.

Handles the operations of orders.
"""
