"""Questions about documents."""

from wenming.submission.queries.evidence import documents_of

__all__ = ["documents_of"]
