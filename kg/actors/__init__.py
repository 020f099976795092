"""One actor for each real one: names, aliases, persons across articles and languages, judgements."""

from kg.actors.resolution import Resolution, replayable, resolve
from kg.actors.suggestions import Suggestion, suggest
from kg.judgements import Judgement

__all__ = ["Judgement", "Resolution", "Suggestion", "replayable", "resolve", "suggest"]
