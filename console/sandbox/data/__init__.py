"""The sandbox's merchant: data files in TOML, and the modules that read them into values.

Each is read once a process; later changes are in the database.
"""
