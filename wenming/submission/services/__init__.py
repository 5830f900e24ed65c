"""What is done with documents: asked for, handed in, reviewed, decided, stored as evidence."""

from wenming.submission.services.evidence import store_documents

__all__ = ["store_documents"]
