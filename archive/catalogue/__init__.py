"""The catalogue of record: models, sessions, named queries, migrations."""
