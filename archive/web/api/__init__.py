"""The HTTP API under /api/v1: what the pages do, answered as JSON. `openapi.json` beside this file describes it."""

from archive.web.api.routes import blueprint

__all__ = ["blueprint"]
