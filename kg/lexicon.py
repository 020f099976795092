"""The action lexicon of a language: lemma or phrase → frame, controlled action, type and what it implies.

The rows are data (``kg/lang/<code>/actions.tsv``); the controlled actions with their labels and types are shared by
all languages (``kg/lang/actions.tsv``).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from kg import language as lang


@dataclass(frozen=True, slots=True)
class Controlled:
    """A controlled action: id, PLOVER type, labels per language, CAMEO root code (empty where none corresponds)."""

    id: str
    type: str
    labels: Mapping[str, str]
    cameo: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: the content words of the lemma, where actor and target stand, the action, its flags, and its
    words as a set.

    ``action`` is ``None`` for a word that reports no event.
    """

    lemma: str
    words: tuple[str, ...]
    pos: str
    actor: tuple[str, ...]
    target: tuple[str, ...]
    action: Controlled | None
    flags: frozenset[str]
    forms: frozenset[str]


@cache
def actions() -> Mapping[str, Controlled]:
    """All controlled actions by id."""
    found = {}
    for row in lang.table("", "actions"):
        labels = {code: row[code] for code in lang.languages() if row.get(code)}
        cameo = "" if row["cameo"] == "-" else row["cameo"]
        found[row["action"]] = Controlled(row["action"], row["type"], labels, cameo)
    return found


class Lexicon:
    """Look-up of entries by part of speech and first word."""

    def __init__(
        self, rows: Sequence[Mapping[str, str]], clitics: Collection[str] = (), elided: Mapping[str, str] | None = None
    ) -> None:
        """Index rows of an ``actions.tsv`` table.

        ``clitics`` are words that stand before the verb of a phrase; ``elided`` maps a short form to its base.
        """
        elided = elided or {}
        self._single: dict[tuple[str, str], Entry] = {}
        self._phrases: dict[str, list[Entry]] = {}
        self._nouns: dict[str, list[Entry]] = {}
        known = actions()
        for row in rows:
            lemma = row["lemma"]
            words = tuple(elided.get(word, word) for word in lemma.replace("’", "'").replace("'", "' ").split())
            words = words if row["pos"] == "verb" else tuple(lemma.split())
            entry = Entry(
                lemma=lemma,
                words=words,
                pos=row["pos"],
                actor=_slots(row["actor"]),
                target=_slots(row["target"]),
                action=known.get(row["action"]),
                flags=frozenset(f for f in row["implies"].split(",") if f and f != "-"),
                forms=frozenset(words),
            )
            content = [word for word in words if word not in clitics]
            if entry.pos == "verb" and len(content) > 1:
                self._phrases.setdefault(content[0], []).append(entry)
            elif entry.pos == "noun" and len(entry.words) > 1:
                for word in {*entry.words}:
                    self._nouns.setdefault(word, []).append(entry)
            else:
                self._single.setdefault((entry.pos, " ".join(words).lower()), entry)
        for entries in (*self._phrases.values(), *self._nouns.values()):
            entries.sort(key=lambda entry: -len(entry.words))

    def word(self, pos: str, lemma: str) -> Entry | None:
        """The entry of a single word; ``pos`` is ``verb``, ``noun`` or ``adj``, a verb with its clitics before it."""
        return self._single.get((pos, lemma))

    def phrases(self, verb: str) -> Sequence[Entry]:
        """Phrases headed by this verb lemma, longest first."""
        return self._phrases.get(verb, ())

    def noun_phrases(self, noun: str) -> Sequence[Entry]:
        """Multi-word nouns that hold this lemma, longest first."""
        return self._nouns.get(noun, ())


def _slots(cell: str) -> tuple[str, ...]:
    return tuple(slot.strip() for slot in cell.split("|") if slot.strip() not in ("", "-"))


@cache
def lexicon(language: str) -> Lexicon:
    """The lexicon of a language, read once."""
    labels = lang.labels(language)
    return Lexicon(lang.table(language, "actions"), labels["words"].get("clitic", ()), labels.get("elided", {}))
