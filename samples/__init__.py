"""Sample documents of an invented province, made from the texts in `content/`."""
