"""A pipeline for a toy language: Esperanto, whose endings tell what a word is. A dozen rules, no training."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Token

__version__ = "0.1"
_FORMS = {"la": "DET", "kaj": "CCONJ", "en": "ADP", "al": "ADP", "ne": "PART"}
_ENDINGS = {"is": "VERB", "as": "VERB", "os": "VERB", "on": "NOUN", "o": "NOUN", "a": "ADJ", "e": "ADV"}
_RELATIONS = {"ADP": "case", "DET": "det", "PART": "advmod"}


@Language.component("eo_rules")
def rules(doc: Doc) -> Doc:
    """Tag by endings; of each sentence the first verb is the root, a noun in -n its object, another its subject."""
    for sentence in [list(doc[s.start : s.end]) for s in doc.sents]:
        for token in sentence:
            _tag(token)
        root = next((token for token in sentence if token.pos_ == "VERB"), sentence[0])
        for place, token in enumerate(sentence):
            nouns = [other for other in sentence[place:] if other.pos_ in ("NOUN", "PROPN")]
            token.head, token.dep_ = root, _RELATIONS.get(token.pos_, "punct")
            if token is root:
                token.dep_ = "ROOT"
            elif token.pos_ in ("NOUN", "PROPN"):
                governed = place and sentence[place - 1].pos_ == "ADP"
                token.dep_ = "obl" if governed else "obj" if token.text.endswith("n") else "nsubj"
            elif token.pos_ in ("ADP", "DET") and nouns:
                token.head = nouns[0]
    return doc


def _tag(token: Token) -> None:
    lower = token.lower_
    ending = next((ending for ending in _ENDINGS if lower.endswith(ending)), "")
    token.pos_ = _FORMS.get(lower, _ENDINGS.get(ending, "PUNCT" if token.is_punct else "X"))
    token.lemma_ = lower
    if token.pos_ == "VERB":
        token.lemma_ = lower[:-2] + "i"
        token.set_morph("VerbForm=Fin")
    elif token.pos_ == "NOUN":
        token.lemma_ = lower.rstrip("n")
        token.pos_ = "PROPN" if token.text[0].isupper() else "NOUN"
