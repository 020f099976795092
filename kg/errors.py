"""The errors that ``kg`` raises: one root, a few leaves. Their text is one line that names what and where."""

from __future__ import annotations


class KgError(Exception):
    """Something a user can act on; the command line prints it as one line and exits with 1."""


class UnreadableArticle(KgError):
    """An article that cannot be used: it is skipped, named and counted, and the build goes on."""


class ModelError(KgError):
    """A spaCy pipeline that is missing or is not the one the lock names."""


class StoreError(KgError):
    """A store that cannot be opened, or is being written by another process."""


class QueryError(KgError):
    """A query or question that cannot be run as given."""
