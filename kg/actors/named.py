"""Names of others than persons over a corpus: how each is written, and what kind of actor it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from kg.actors.facts import Source, name_key

#: The label of each language, and the kind.
Named = tuple[Mapping[str, str], str]


class Names:
    """What the articles of a corpus together say of actors that have a name and are no persons."""

    def __init__(self, facts: Source) -> None:
        """Nothing is read before it is asked for."""
        self._facts = facts
        self._decided: dict[str, Named | None] = {}

    def decided(self, identifier: str) -> Named | None:
        """The spelling that most articles of a language use, and the kind that most take it for; ``None`` if unknown.

        Of equals the alphabetically first counts.
        """
        if identifier not in self._decided:
            self._decided[identifier] = self._decide(identifier)
        return self._decided[identifier]

    def _decide(self, identifier: str) -> Named | None:
        spellings: Counter[tuple[str, str]] = Counter()
        kinds: Counter[str] = Counter()
        for _, (_, language, label, kind) in self._facts(name_key(identifier)):
            spellings[language, label] += 1
            kinds[kind] += 1
        if not kinds:
            return None
        labels: dict[str, str] = {}
        for language, label in sorted(spellings, key=lambda pair: (-spellings[pair], pair)):
            labels.setdefault(language, label)
        return dict(sorted(labels.items())), min(kinds, key=lambda kind: (-kinds[kind], kind))
