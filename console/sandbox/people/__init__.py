"""People: operators and customers, their logins and sessions.

Handles the operations of customers, groups and access.
"""
