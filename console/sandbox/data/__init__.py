"""The merchant of the sandbox: data files in TOML, and the modules that read them into values.

Read once a process; what changes later is in the database.
"""
