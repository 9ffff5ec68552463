"""Carts: their lines, their echo, and their checkout data.

Handles the operations of carts.
"""
