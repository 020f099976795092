"""One actor for each real one: names, aliases, persons across articles and languages, judgements."""

from kg.actors.people import People
from kg.actors.resolution import Resolution, resolve
from kg.actors.suggestions import Suggestion, suggest
from kg.judgements import Judgement

__all__ = ["Judgement", "People", "Resolution", "Suggestion", "resolve", "suggest"]
