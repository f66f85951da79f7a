"""The archive: what is kept, found and shown."""
