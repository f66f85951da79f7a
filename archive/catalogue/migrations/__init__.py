"""The catalogue's schema, step by step. `python -m archive.catalogue.migrations REASON` writes the next step."""
