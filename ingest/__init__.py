"""Reading: a file in, a Record out. Knows no database, no web, no index."""
