"""From a parsed article to events and roles."""

from __future__ import annotations

from dataclasses import dataclass, replace

from spacy.tokens import Doc

from kg.events import candidates, roles, scorer
from kg.events.arguments import Argument, Reading
from kg.events.candidates import Proposal
from kg.events.predicates import Predicate
from kg.events.select import Choice, Cuts, choose
from kg.events.settle import Settled, settle
from kg.events.speech import sayer
from kg.language import IDENTIFIERS
from kg.lexicon import Entry
from kg.model import Action, Article, Event, PlaceName, Role, TimeSpan
from kg.syntax import Tree, tree

#: Neutral statements are found by rule, not by the scorer; their share of right ones on annotated articles.
_STATEMENT_CONFIDENCE = 0.9


@dataclass(frozen=True, slots=True)
class Extraction:
    """What one article says: its events in text order, and the affiliations it states."""

    events: tuple[Event, ...]
    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class Reader:
    """How candidates become events: by the probabilities of ``cuts`` (``None``: the scorer's own)."""

    cuts: Cuts | None = None

    def read(self, article: Article, doc: Doc) -> Extraction:
        """Extract the events and roles of an article; references are not resolved over the corpus yet."""
        reading = candidates.read(tree(doc, article.language))
        proposals = candidates.propose(reading)
        judged = [proposal for proposal in proposals if not is_statement(proposal)]
        weights = scorer.weights()
        chosen = choose(judged, weights.judge(judged, reading.tree.vectors), self.cuts or weights.cuts)
        acts = {choice.proposal.predicate.head for choice in chosen}
        statements = [p for p in proposals if is_statement(p) and p.predicate.head not in acts]
        actors = [side.entity if (side := c.proposal.sides(c.pair)[0]) else None for c in chosen]
        settled = settle(reading, [c.proposal for c in chosen] + statements, actors + [None] * len(statements))
        events = [event_of(article, reading, c, s) for c, s in zip(chosen, settled, strict=False)]
        rest = zip(statements, settled[len(chosen) :], strict=True)
        kept = events + [event for p, s in rest if (event := _statement(article, reading, p, s)) is not None]
        ordered = tuple(sorted(kept, key=lambda event: (event.start, event.end, event.action.lemma)))
        return Extraction(ordered, tuple(roles.roles(article, reading)))


def extract(article: Article, doc: Doc) -> Extraction:
    """Extract the events and roles of one article with the scorer that ships."""
    return Reader().read(article, doc)


def is_statement(proposal: Proposal) -> bool:
    """Whether the lexicon calls the predicate a neutral statement."""
    return proposal.predicate.type == "STATE"


def action_of(predicate: Predicate, language: str) -> Action:
    """The controlled action of a predicate; outside the lexicon its lemma stands for id and label."""
    entry: Entry | None = predicate.entry
    if entry is None or entry.action is None:
        return Action(predicate.lemma, predicate.lemma, predicate.lemma, predicate.type)
    labels = entry.action.labels
    label = labels.get(language) or labels.get(IDENTIFIERS, entry.action.id)
    return Action(predicate.lemma, entry.action.id, label, predicate.type)


def event_of(article: Article, reading: Reading, choice: Choice, stands: Settled) -> Event:
    """The event that a chosen candidate stands for."""
    proposal = choice.proposal
    actor, target = proposal.sides(choice.pair)
    start, end = candidates.evidence(reading, proposal, choice.pair)
    return Event(
        article=article.name,
        start=start,
        end=end,
        quote=article.text[start:end],
        actor=actor.reference if actor else None,
        action=action_of(proposal.predicate, article.language),
        target=target.reference if target else None,
        polarity=stands.polarity,
        modality=stands.modality,
        source=stands.source,
        time=_time(reading, proposal),
        place=_place(reading, proposal, (actor, target)),
        extractor=proposal.predicate.extractor,
        confidence=round(scorer.weights().confidence(choice.probability), 2),
    )


def _statement(article: Article, reading: Reading, proposal: Proposal, stands: Settled) -> Event | None:
    """A neutral statement with a named speaker; ``None`` where nobody is named."""
    if proposal.predicate.extractor not in ("clauses", "phrases"):
        return None
    who = sayer(reading.tree, reading.nominals, proposal.predicate.head)
    made = reading.reference(who) if who >= 0 else None
    if made is None:
        return None
    argument = next((a for a in proposal.arguments if a.slot.token == who), None)
    pair = (proposal.arguments.index(argument), -1) if argument else (-1, -1)
    event = event_of(article, reading, Choice(proposal, pair, _STATEMENT_CONFIDENCE), stands)
    return replace(event, actor=made[0], confidence=_STATEMENT_CONFIDENCE)


def _time(reading: Reading, proposal: Proposal) -> TimeSpan | None:
    """The time expression nearest to the predicate in its own clause, as words."""
    tree, head = reading.tree, proposal.predicate.head
    first, end = tree.sentences[tree.sent[head]]
    start = tree.start[first]
    best: tuple[int, str] | None = None
    for begin, stop in reading.times:
        if not start <= begin < tree.end[end - 1]:
            continue
        tokens = [t for t in range(first, end) if begin <= tree.start[t] < stop]
        if not tokens:
            continue
        steps = _steps(tree, tokens[0], head)
        if steps is not None and (best is None or steps < best[0]):
            best = (steps, tree.text[begin:stop])
    return TimeSpan(best[1]) if best else None


def _steps(tree: Tree, token: int, head: int) -> int | None:
    """How many arcs lie between a time expression and the predicate; ``None`` where another clause lies between."""
    chain = [token, *tree.ancestors(token)]
    if head in chain:
        between = chain[: chain.index(head)]
        if any(tree.rel[t] in ("relcl", "ccomp", "advcl", "acl", "parataxis") for t in between):
            return None
        return len(between)
    above = [head, *tree.ancestors(head)]
    for steps, node in enumerate(above[:3]):
        if node in chain and tree.rel[node] not in ("relcl",):
            return steps + chain.index(node) + 2
    return None


def _place(reading: Reading, proposal: Proposal, taken: tuple[Argument | None, Argument | None]) -> PlaceName | None:
    """A locative complement of the predicate that is a place and no argument of the event."""
    tree, head = reading.tree, proposal.predicate.head
    used = {argument.slot.token for argument in taken if argument}
    complements = tree.kids(head, "obj", "obl")
    pool = [*tree.children[head], *(below for c in complements for below in tree.children[c])]
    for token in sorted(pool):
        nominal = reading.nominals.get(token)
        if nominal is None or token in used or nominal.kind not in ("place", "country"):
            continue
        if tree.rel[token] in ("obl", "nmod") and tree.case(token) in tree.words["locative"]:
            return PlaceName(tree.text[tree.start[nominal.first] : tree.end[nominal.last]])
    return None
