"""What the extractor found in an article, by which rule, and what it dropped: for mending errors, and for trust."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from kg.events import candidates, scorer
from kg.events.arguments import Argument
from kg.events.candidates import Proposal
from kg.events.extract import is_statement
from kg.events.select import Choice, choose
from kg.model import Article
from kg.syntax import tree

#: How many readings of a predicate are shown.
_SHOWN = 4


def explain(article: Article, doc: Doc) -> Iterator[str]:
    """Lines for each sentence: its text, then for each predicate its lexicon row and its likeliest readings.

    A reading that became an event is marked ``+``, one that was dropped ``-``; behind each argument stand its place in
    the frame and the rule that reached it.
    """
    reading = candidates.read(tree(doc, article.language))
    proposals = candidates.propose(reading)
    judged = [proposal for proposal in proposals if not is_statement(proposal)]
    weights = scorer.weights()
    pairs = weights.judge(judged, reading.tree.vectors)
    taken = {(id(c.proposal), c.pair) for c in choose(judged, pairs, weights.cuts)}
    chances = {id(proposal): found for proposal, found in zip(judged, pairs, strict=True)}
    for number, (first, end) in enumerate(reading.tree.sentences):
        ours = [proposal for proposal in proposals if proposal.sentence == number]
        if not ours:
            continue
        yield reading.tree.span(first, end - 1).strip()
        for proposal in ours:
            yield _predicate(proposal)
            ranked = sorted(chances.get(id(proposal), ()), key=lambda judged: -judged[1])
            kept = [j for n, j in enumerate(ranked) if n < _SHOWN or (id(proposal), j[0]) in taken]
            for pair, chance in kept:
                mark = "+" if (id(proposal), pair) in taken else "-"
                yield f"    {mark} {chance:.2f}  {_reading(Choice(proposal, pair, chance))}"
        yield ""


def _predicate(proposal: Proposal) -> str:
    predicate = proposal.predicate
    entry = predicate.entry
    row = f"{entry.lemma} ({entry.pos}, target {'|'.join(entry.target) or '-'})" if entry else "not in the lexicon"
    stands = proposal.standing
    rule = f" by {stands.rule}" if stands.rule else ""
    kind = "statement, " if is_statement(proposal) else ""
    return f"  {predicate.lemma}: {kind}{predicate.extractor}, {predicate.type}, {row}; {stands.polarity}{rule}"


def _reading(choice: Choice) -> str:
    actor, target = choice.proposal.sides(choice.pair)
    return f"{_side(actor)} -> {_side(target)}"


def _side(argument: Argument | None) -> str:
    if argument is None:
        return "nobody"
    via = "" if argument.via == "itself" else f", {argument.via} «{argument.reference.mention}»"
    return f"{argument.reference.name} [{argument.slot.role}, {argument.slot.how}{via}]"
