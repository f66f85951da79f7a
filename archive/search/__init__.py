"""The search seam: query grammar, Vietnamese analysis, the Whoosh index."""
