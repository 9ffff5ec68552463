"""Who there is: operators and customers, how they sign in, and their sessions.

Answers the operations of customers, groups and access.
"""
