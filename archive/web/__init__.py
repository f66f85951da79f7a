"""HTTP only: one module per page family; api.py for JSON."""
