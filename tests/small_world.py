"""A small store of invented events, written by hand, that the tests of statements, graph and exports share."""

from __future__ import annotations

from kg.eventline import to_line
from kg.graph import Graph
from kg.model import Action, Actor, Article, Event, PlaceName, Reference, Role, TimeSpan
from kg.statements import Build, statements

BUILD = Build(models=("fr_core_news_md 3.8.0",), lexicon="1a2b", code="0.1.0")
ACTORS = {
    actor.id: actor
    for actor in (
        Actor(
            "syldavia",
            {"fr": "Syldavie", "en": "Syldavia"},
            "country",
            ("Syldavie", "Syldavia", "le royaume", "Klow"),
            "SY",
            {"wikidata": "Q1"},
        ),
        Actor("borduria", {"fr": "Bordurie", "en": "Borduria"}, "country", ("Bordurie", "Borduria"), "BO"),
        Actor("plekszy-gladz", {"fr": "Plekszy-Gladz"}, "person", ("Plekszy-Gladz", "le maréchal")),
        Actor("zep", {"fr": "armée bordure", "en": "Bordurian army"}, "military", ("armée bordure", "ZEP"), "BO"),
    )
}
TEXTS = {
    "one.txt": (
        "fr",
        "2025-03-19",
        "La Bordurie a menacé la Syldavie mercredi. Plekszy-Gladz affirme que la Syldavie a attaqué l'armée bordure "
        "à Klow. L'armée bordure n'a pas bombardé le royaume. Le maréchal, président de la Bordurie, va rencontrer "
        "la Syldavie.",
    ),
    "two.txt": (
        "en",
        "2025-04-02",
        "Borduria threatened Syldavia again. The Bordurian army may have shelled Klow. "
        "Syldavia helped Borduria in May.",
    ),
}
ARTICLES = {
    name: Article(f"{number:02}" * 8, name, text, language, f"Title of {name}", outlet="La Dépêche", published=date)
    for number, (name, (language, date, text)) in enumerate(TEXTS.items(), start=1)
}


def reference(identifier: str, article: str, mention: str) -> Reference:
    """A resolved reference to a mention of an article's text."""
    start = TEXTS[article][2].index(mention)
    actor = ACTORS[identifier]
    label = actor.labels[min(actor.labels)]
    return Reference(mention, mention, actor.kind, start, start + len(mention), identifier, label)


def event(
    article: str,
    quote: str,
    actor: tuple[str, str] | None,
    action: Action,
    target: tuple[str, str] | None,
    *,
    source: tuple[str, str] | None = None,
    polarity: str = "affirmed",
    modality: str = "actual",
    time: TimeSpan | None = None,
    place: PlaceName | None = None,
    confidence: float = 0.9,
) -> Event:
    """An event whose evidence is ``quote``, found in the article's text."""
    start = TEXTS[article][2].index(quote)

    def end(pair: tuple[str, str] | None) -> Reference | None:
        return None if pair is None else reference(pair[0], article, pair[1])

    return Event(
        article, start, start + len(quote), quote, end(actor), action, end(target),
        polarity, modality, end(source), time, place, "clauses", confidence,
    )  # fmt: skip


THREATEN = Action("menacer", "threaten", "threatens", "THREATEN")
ATTACK = Action("attaquer", "attack", "attacks", "ASSAULT")
BOMB = Action("bombarder", "bomb", "bombs", "ASSAULT")
MEET = Action("rencontrer", "meet", "meets", "CONSULT")
HELP = Action("help", "help", "helps", "AID")
DANCE = Action("valser", "valser", "valser", "OTHER")
EVENTS = {
    "one.txt": [
        event("one.txt", "La Bordurie a menacé la Syldavie mercredi", ("borduria", "La Bordurie"), THREATEN,
              ("syldavia", "la Syldavie"), time=TimeSpan("mercredi", "2025-03-19", "2025-03-19"), confidence=0.97),
        event("one.txt", "la Syldavie a attaqué l'armée bordure à Klow", ("syldavia", "la Syldavie"), ATTACK,
              ("zep", "l'armée bordure"), source=("plekszy-gladz", "Plekszy-Gladz"),
              place=PlaceName("au centre de Klow", "klow", "Klow", "SY", "123")),
        event("one.txt", "L'armée bordure n'a pas bombardé le royaume", ("zep", "L'armée bordure"), BOMB,
              ("syldavia", "le royaume"), polarity="negated"),
        event("one.txt", "va rencontrer la Syldavie", ("plekszy-gladz", "Le maréchal"), MEET,
              ("syldavia", "la Syldavie"), modality="planned"),
    ],
    "two.txt": [
        event("two.txt", "Borduria threatened Syldavia again", ("borduria", "Borduria"), THREATEN,
              ("syldavia", "Syldavia"), confidence=0.95),
        event("two.txt", "The Bordurian army may have shelled Klow", ("zep", "The Bordurian army"), BOMB,
              ("syldavia", "Klow"), modality="possible", confidence=0.61),
        event("two.txt", "Syldavia helped Borduria in May", ("syldavia", "Syldavia"), HELP, ("borduria", "Borduria"),
              time=TimeSpan("in May", "2025-05", "2025-05")),
        event("two.txt", "Borduria threatened Syldavia again", None, DANCE, ("syldavia", "Syldavia")),
    ],
}  # fmt: skip
_ROLE = "Le maréchal, président de la Bordurie"
ROLES = {
    "one.txt": [
        Role(
            "one.txt",
            reference("plekszy-gladz", "one.txt", "Le maréchal"),
            "président",
            reference("borduria", "one.txt", "la Bordurie"),
            TEXTS["one.txt"][2].index(_ROLE),
            TEXTS["one.txt"][2].index(_ROLE) + len(_ROLE),
        )
    ],
    "two.txt": [],
}


def put(graph: Graph, name: str) -> bool:
    """Put one article of the small world into a graph."""
    article, events = ARTICLES[name], EVENTS[name]
    quads = statements(article, events, ROLES[name], ACTORS, build=BUILD, vocabulary=graph.vocabulary)
    return graph.replace(article, quads, [to_line(item) for item in events], stamp="s1")


def world(base: str | None = None) -> Graph:
    """The whole small world in memory."""
    return fill(Graph.memory(base=base))


def fill(graph: Graph) -> Graph:
    """The same graph with the whole small world in it."""
    for name in TEXTS:
        put(graph, name)
    graph.tally()
    return graph
