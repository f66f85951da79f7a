"""HTTP only: one module per page family; `api` for JSON."""
