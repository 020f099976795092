"""What everybody knows: countries and their peoples, bodies of countries, well-known names, and common nouns.

Data, not code, holds the knowledge: ``countries.tsv``, ``entities.tsv`` and ``first_names.tsv`` in ``kg/lang/`` and,
for each language, ``demonyms.tsv``, ``bodies.tsv``, ``nouns.tsv`` and ``first_names.tsv``. The indices are built once,
at the first call.
"""

from kg.gazetteer.bodies import Body, body, compose
from kg.gazetteer.genders import gender_of, without_address
from kg.gazetteer.lookup import identify, longest, named, readings
from kg.gazetteer.names import Known, by_id
from kg.gazetteer.nouns import Noun, noun
from kg.gazetteer.peoples import (
    adjective_capital,
    capital_word,
    country_of_adjective,
    country_of_capital,
    inhabitants,
    people,
)

__all__ = [
    "Body",
    "Known",
    "Noun",
    "adjective_capital",
    "body",
    "capital_word",
    "compose",
    "country_of_adjective",
    "country_of_capital",
    "gender_of",
    "identify",
    "inhabitants",
    "known",
    "longest",
    "named",
    "noun",
    "people",
    "readings",
    "without_address",
]


def known(id: str) -> Known | None:
    """The country or body with this identifier, composed ones (``turkey-army``) included, or ``None``."""
    found = by_id().get(id)
    if found is not None:
        return found
    parts = id.split("-")
    for i in range(1, len(parts)):
        made = compose("-".join(parts[i:]), "-".join(parts[:i]))
        if made is not None:
            return made
    return None
