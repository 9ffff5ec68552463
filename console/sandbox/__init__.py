"""A sandbox merchant that speaks the documented API: an ASGI application with its state in SQLite.

In process, open ``store`` and ``app``; over a socket, call ``server.serve``.
"""
