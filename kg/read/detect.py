"""Which language a text is in, by py3langid (a small Bayesian model over byte sequences, shipped with the library)."""

from __future__ import annotations

from functools import cache
from typing import Any

from kg import language as lang
from kg.errors import UnreadableArticle

#: How sure the library must be of a language without word lists, before an article is refused for it.
_SURE = 0.95
#: Characters that are looked at: enough to be certain, few enough to cost nothing.
_SAMPLE = 4000


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # here, since it takes a second to load

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def detect(text: str) -> str:
    """The code of the language that ``text`` is in, one of ``kg.language.languages()``.

    Raises ``UnreadableArticle`` where it has no words, or is surely in a language that has no word lists.
    """
    if not any(character.isalpha() for character in text[:_SAMPLE]):
        raise UnreadableArticle("no words in it")
    ranked: list[tuple[str, float]] = _identifier().rank(text[:_SAMPLE])
    best, share = ranked[0]
    known = lang.languages()
    if best not in known and share >= _SURE:
        raise UnreadableArticle(f"its language seems to be {best!r}; there is {', '.join(known)} (--lang decides)")
    return next(code for code, _ in ranked if code in known)


def supported(code: str) -> str:
    """``code`` (``fr``, ``fr-CA``, ``FR_fr``) as one of ``kg.language.languages()``; else ``UnreadableArticle``."""
    short = code.strip().lower().replace("_", "-").partition("-")[0]
    if short not in lang.languages():
        raise UnreadableArticle(f"language {code!r} is not supported; there is {', '.join(lang.languages())}")
    return short
