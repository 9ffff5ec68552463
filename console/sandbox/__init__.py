"""A merchant in a box that speaks the documented API: an ASGI application with its state in SQLite.

Opened through ``store`` and ``app`` in process, or served over a socket by ``serve``.
"""
