"""Actors: persons, names, judgements and suggestions, on references written by hand; no model is needed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import pytest
from identity_set import b_cubed, load

from kg import judgements
from kg.actors import Resolution, facts, resolve, suggest
from kg.actors.facts import Fact
from kg.actors.names import person_name
from kg.actors.people import People
from kg.actors.phrases import head_phrase, is_name, short_label, spokesperson_of
from kg.actors.spellings import alike, key
from kg.errors import KgError
from kg.judgements import Judgement
from kg.model import Action, Actor, Event, Reference, Role


@dataclass(frozen=True)
class Text:
    language: str = "fr"
    published: str | None = None
    text: str = ""


def _event(
    article: str, actor: str, kind: str, *, name: str = "", target: Reference | None = None, type: str = "ACCUSE"
) -> Event:
    return Event(article, 0, 1, actor, Reference(actor, name or actor, kind), Action("x", "x", "x", type), target)


def _resolved(events: Iterable[Event], language: str = "fr", judged: tuple[Judgement, ...] = ()) -> Resolution:
    events = list(events)
    texts = {event.article: Text("en" if event.article.startswith("en") else language) for event in events}
    return resolve(events, [], texts, judgements=judged)


def _ids(resolution: Resolution) -> list[str]:
    return [event.actor.id for event in resolution.events if event.actor]


@pytest.mark.parametrize(
    ("wording", "language", "name"),
    [
        ("Premier ministre Benjamin Netanyahou", "fr", "Benjamin Netanyahou"),
        ("le président français Emmanuel Macron", "fr", "Emmanuel Macron"),
        ("Premier ministre, David Cameron", "fr", "David Cameron"),
        ("porte-parole du Hamas Abdel Latif al-Qanua", "fr", "Abdel Latif al-Qanua"),
        ("président de la République François Hollande", "fr", "François Hollande"),
        ("ministre de l'Intérieur Bernard Cazeneuve", "fr", "Bernard Cazeneuve"),
        ("archevêque de Rouen Dominique Lebrun", "fr", "Dominique Lebrun"),
        ("Mme Park", "fr", "Park"),
        ("Pablo de Greiff", "fr", "Pablo de Greiff"),
        ("Bruno Le Maire", "fr", "Bruno Le Maire"),
        ("un homme du nom d'Adel Kermiche", "fr", "Adel Kermiche"),
        ("U.S. Sen. Elizabeth Warren", "en", "Elizabeth Warren"),
        ("President Donald Trump", "en", "Donald Trump"),
        ("Secretary of State Mike Pompeo", "en", "Mike Pompeo"),
        ("Secretary of Defense James Mattis", "en", "James Mattis"),
        ("House Minority Leader Nancy Pelosi", "en", "Nancy Pelosi"),
        ("Russian Energy Minister Aleksandr Novak", "en", "Aleksandr Novak"),
        ("Mike Pence, the vice president", "en", "Mike Pence"),
        ("Mr Park", "en", "Park"),
        ("Martin Luther King Jr.", "en", "Martin Luther King Jr."),
        ("JOHN MAJOR", "en", "John Major"),
        ("l'avocat de Salah Abdeslam", "fr", None),
        ("la fille de l'ancien espion Sergueï Skripal", "fr", None),
        ("le Premier ministre", "fr", None),
        ("le maire de Paris", "fr", None),
        ("Supreme Court nominee", "en", None),
        ("Prime Minister", "en", None),
        ("a former Ukip leader", "en", None),
        ("member of Waters' staff", "en", None),
        ("", "fr", None),
    ],
)
def test_a_persons_own_name(wording: str, language: str, name: str | None) -> None:
    assert person_name(wording, language) == name


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Benyamin Netanyahou", "Benjamin Netanyahu"),
        ("Vladimir Poutine", "Vladimir Putin"),
        ("Volodymyr Zelensky", "Volodymyr Zelenskyy"),
        ("Vitali Tchourkine", "Vitaly Churkin"),
        ("Bachar el-Assad", "Bashar al-Assad"),
        ("Hassan Rohani", "Hassan Rouhani"),
        ("Sergueï Lavrov", "Sergei Lavrov"),
        ("Alexandre Loukachenko", "Alexander Lukashenko"),
        ("Viktor Ianoukovitch", "Viktor Yanukovych"),
        ("Mikhaïl Gorbatchev", "Mikhail Gorbachev"),
        ("Kim Jong-un", "Kim Jong Un"),
        ("Recep Tayyip Erdogan", "Recep Tayyip Erdoğan"),
    ],
)
def test_spellings_of_one_name(one: str, two: str) -> None:
    assert alike(key(one), key(two))


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Mario Rossi", "Maria Rossi"),
        ("Marco Rubio", "Mario Rubio"),
        ("Martin Aubry", "Martine Aubry"),
        ("Kim Jong-un", "Kim Jong-il"),
        ("Fidel Castro", "Raúl Castro"),
        ("Hassan Nasrallah", "Hussein Nasrallah"),
        ("Ali Khamenei", "Ali Khomeini"),
        ("Jean-Marie Le Pen", "Marine Le Pen"),
        ("Jean Dupont", "Jean Dupond"),
    ],
)
def test_names_of_two_persons(one: str, two: str) -> None:
    assert not alike(key(one), key(two))


def test_labels_of_descriptions() -> None:
    assert head_phrase("la foule qui attendait dehors", "fr") == "foule"
    assert head_phrase("1,3 million d'électeurs", "fr") == "1,3 million d'électeurs"
    assert head_phrase("the crowd, which was angry", "en") == "crowd"
    assert short_label("projet de résolution préparé par la France", "fr") == "projet de résolution"
    assert is_name("brigade Golani", "military", "fr")
    assert not is_name("rebelles soutenus par la Turquie", "armed_group", "fr")
    assert not is_name("ministère de l'Intérieur", "government", "fr")
    assert spokesperson_of("un porte-parole de l'armée israélienne", "fr") == "armée israélienne"
    assert spokesperson_of("a Trump campaign spokesman", "en") == "Trump campaign"


def test_identity_set() -> None:
    events, truth, articles = load()
    assert len(events) >= 150
    found = _ids(resolve(events, [], articles))
    precision, _, f1 = b_cubed(truth, found)
    assert f1 >= 0.92
    assert precision >= 0.95
    kinds = [event.actor.kind for event in events if event.actor]
    for i, j in combinations(range(len(events)), 2):
        if found[i] == found[j] and kinds[i] == kinds[j] and kinds[i] in ("person", "country"):
            assert truth[i] == truth[j], (events[i].quote, events[j].quote)


def test_one_label_for_each_language() -> None:
    done = _resolved([_event("fr1", "Tsahal", "military"), _event("en1", "the Israeli army", "military")])
    assert _ids(done) == ["israel-army", "israel-army"]
    assert [e.actor.label for e in done.events if e.actor] == ["Tsahal", "Israel Defense Forces"]
    assert done.actors["israel-army"].country == "IL"
    persons = _resolved([_event("fr1", "Vladimir Poutine", "person"), _event("en1", "Vladimir Putin", "person")])
    assert _ids(persons) == ["vladimir-putin"] * 2
    assert persons.actors["vladimir-putin"].labels == {"en": "Vladimir Putin", "fr": "Vladimir Poutine"}


def test_descriptions_are_not_merged_across_articles() -> None:
    done = _resolved([_event(a, "les manifestants", "group") for a in ("a1", "a1", "a2")])
    assert len(set(_ids(done))) == 2
    assert {e.actor.label for e in done.events if e.actor} == {"manifestants"}
    presidents = _resolved([_event("a1", "le président russe", "person"), _event("a2", "le président russe", "person")])
    assert len(set(_ids(presidents))) == 2


def test_a_surname_is_joined_where_it_is_clear() -> None:
    clear = _resolved([_event("a1", "Emmanuel Macron", "person"), _event("a2", "Macron", "person")])
    assert _ids(clear) == ["emmanuel-macron"] * 2
    two = [
        _event("a1", "Raúl Castro", "person"),
        _event("a2", "Fidel Castro", "person"),
        _event("a3", "Castro", "person"),
    ]
    assert len(set(_ids(_resolved(two)))) == 3
    frequent = _resolved([_event("a1", "Jean Martin", "person"), _event("a2", "Martin", "person")])
    assert len(set(_ids(frequent))) == 2
    family = [
        _event("a1", "Sarah Palin", "person"),
        _event("a1", "Track Palin", "person"),
        _event("a1", "Palin", "person"),
    ]
    assert len(set(_ids(_resolved(family, "en")))) == 3


def test_a_capital_stands_for_its_government_only_as_a_party() -> None:
    city = Reference("Pékin", "Pékin", "place")
    done = _resolved(
        [
            _event("a1", "Pékin", "place"),
            _event("a1", "Hamas", "armed_group", target=city, type="ACCUSE"),
            _event("a1", "Hamas", "armed_group", target=city, type="ASSAULT"),
        ]
    )
    assert _ids(done)[0] == "china"
    targets = [event.target.id for event in done.events if event.target]
    assert targets == ["china", "pekin"]


def test_brussels_is_the_union_unless_belgium_is_spoken_of() -> None:
    assert _ids(_resolved([_event("a1", "Bruxelles", "place")])) == ["european-union"]
    assert _ids(_resolved([_event("a1", "Bruxelles", "place"), _event("a1", "la Belgique", "country")]))[0] == "belgium"


def test_an_office_means_the_one_who_is_said_to_hold_it() -> None:
    role = Role("a1", Reference("Theresa May", "Theresa May", "person"), "Première ministre britannique", None, 0, 1)
    event = _event("a1", "la Première ministre", "person")
    done = resolve([event, _event("a1", "une ministre", "person")], [role], {"a1": Text()})
    assert _ids(done)[0] == "theresa-may"
    assert _ids(done)[1] != "theresa-may"


def test_one_congo_and_the_other() -> None:
    events = [
        _event("a1", "l'armée congolaise", "military"),
        _event("a1", "la RDC", "country"),
        _event("a2", "l'armée congolaise", "military"),
        _event("a2", "le Congo-Brazzaville", "country"),
        _event("a3", "l'armée congolaise", "military"),
    ]
    ids = _ids(_resolved(events))
    assert ids[0] == "democratic-republic-of-the-congo-army"
    assert ids[2] == "republic-of-the-congo-army"
    assert ids[4] not in (ids[0], ids[2])


def test_an_acronym_of_another_country_is_not_taken() -> None:
    done = _resolved([_event("a1", "le PCC", "armed_group"), _event("a1", "le Brésil", "country")])
    assert _ids(done)[0] != "chinese-communist-party"


def test_kinds_of_descriptions_and_names_taken_for_something_else() -> None:
    done = _resolved(
        [
            _event("a1", "Marine Le Pen", "person"),
            _event("a1", "7 000 rebelles", "group"),
            _event("a1", "des groupes armés", "organization"),
            _event("a1", "le gouvernement Assad", "person", name="Bachar el-Assad"),
            _event("a1", "Le Pen", "organization"),
            _event("a2", "Marine Le Pen", "organization"),
            _event("a2", "M. Hollande", "place"),
        ]
    )
    kinds = [e.actor.kind for e in done.events if e.actor]
    assert kinds == ["person", "armed_group", "armed_group", "government", "person", "person", "person"]
    assert len({id for id in _ids(done) if id == "marine-le-pen"}) == 1
    assert _ids(done)[0] == _ids(done)[4] == _ids(done)[5]


def test_roles_are_resolved_with_events() -> None:
    role = Role(
        "a1",
        Reference("Macron", "Emmanuel Macron", "person"),
        "président",
        Reference("France", "France", "country"),
        0,
        1,
    )
    done = resolve([], [role], {"a1": Text()})
    assert done.roles[0].person.id == "emmanuel-macron"
    assert done.roles[0].organization is not None
    assert done.roles[0].organization.id == "france"


def test_resolving_again_changes_nothing() -> None:
    events, _, articles = load()
    once = resolve(events, [], articles)
    twice = resolve(once.events, [], articles)
    assert [e.actor for e in once.events] == [e.actor for e in twice.events]
    backwards = resolve(events[::-1], [], articles)
    assert backwards.actors == once.actors


def test_same_and_rename_are_replayed() -> None:
    events = [_event("a1", "Mecafor", "organization"), _event("a2", "Mecafor Industrie", "organization")]
    judged = (
        Judgement("same", "Mecafor", "Mecafor Industrie", "2025-01-01", "its full name"),
        Judgement("rename", "mecafor", "Mécafor@fr"),
    )
    done = _resolved(events, judged=judged)
    assert _ids(done) == ["mecafor", "mecafor"]
    assert {e.actor.label for e in done.events if e.actor} == {"Mécafor"}
    assert done.actors["mecafor"].labels["en"] == "Mecafor"
    assert _ids(_resolved(events)) == ["mecafor", "mecafor-industrie"]


def test_different_is_never_merged_again() -> None:
    events = [_event("a1", "Benyamin Netanyahou", "person"), _event("a2", "Benjamin Netanyahu", "person")]
    apart = Judgement("different", "Benyamin Netanyahou", "Benjamin Netanyahu")
    assert len(set(_ids(_resolved(events)))) == 1
    assert len(set(_ids(_resolved(events, judged=(apart,))))) == 2
    bridged = (apart, Judgement("same", "Benyamin Netanyahou", "Bibi"), Judgement("same", "Bibi", "Benjamin Netanyahu"))
    assert len(set(_ids(_resolved([*events, _event("a3", "Bibi", "person")], judged=bridged)))) == 2
    known = Judgement("different", "le Hezbollah", "hezbollah")
    assert _ids(_resolved([_event("a1", "Hezbollah", "armed_group")], judged=(known,)))


def test_a_judgement_changes_only_what_it_says() -> None:
    events, _, articles = load()
    before = resolve(events, [], articles)
    after = resolve(events, [], articles, judgements=(Judgement("same", "nato", "european-union"),))
    moved = {
        (b.actor.id, a.actor.id)
        for b, a in zip(before.events, after.events, strict=True)
        if b.actor != a.actor and b.actor and a.actor
    }
    assert moved == {("european-union", "nato")}


def test_what_a_surname_means_depends_on_the_facts_of_its_family_alone() -> None:
    told: dict[str, list[tuple[str, Fact]]] = {}

    def tell(article: str, place: str, fact: Fact) -> None:
        told.setdefault(place, []).append((article, fact))

    def meant(name: str) -> str:
        asked.clear()
        found = People(lambda place: (asked.append(place), told.get(place, ()))[1]).person(name)
        return found.id if found else ""

    asked: list[str] = []
    tell("a1", *facts.part(key("Macron")))
    tell("a2", *facts.full(key("Jean-Luc Mélenchon"), "fr", "Jean-Luc Mélenchon"))
    assert meant("Macron") == ""
    tell("a3", *facts.full(key("Emmanuel Macron"), "fr", "Emmanuel Macron"))
    assert meant("Macron") == "emmanuel-macron"
    assert asked == [facts.person_key(key("Macron"))]
    tell("a4", *facts.full(key("Brigitte Macron"), "fr", "Brigitte Macron"))
    assert meant("Macron") == ""


def test_facts_of_all_articles_stand_for_the_others() -> None:
    events = [_event("a1", "Emmanuel Macron", "person"), _event("a2", "Macron", "person")]
    whole = _resolved(events)
    told = [(place, (name, fact)) for name, found in whole.facts.items() for place, fact in found]

    def source(place: str) -> list[tuple[str, Fact]]:
        return [said for where, said in told if where == place]

    alone = resolve(events[1:], [], {"a2": Text()}, facts=source)
    assert alone.events == whole.events[1:]
    assert resolve(events[1:], [], {"a2": Text()}).events != alone.events


def test_a_kind_that_others_correct_is_read_again_as_it_was() -> None:
    events = [_event("a1", "Marine Le Pen", "person"), _event("a2", "Marine Le Pen", "organization")]
    done = _resolved(events)
    kinds = [(e.actor.kind, e.actor.as_read) for e in done.events if e.actor]
    assert kinds == [("person", ""), ("person", "organization")]
    alone = _resolved(done.events[1:])
    assert alone.events == _resolved(events[1:]).events


def test_suggestions_with_evidence() -> None:
    actors = [
        Actor("mouammar-kadhafi", {"fr": "Mouammar Kadhafi"}, "person"),
        Actor("muammar-kadafi", {"en": "Muammar Kadafi"}, "person"),
        Actor("groupe-centre-france", {"fr": "Groupe Centre France"}, "organization"),
        Actor("centre-france", {"fr": "Centre France"}, "organization"),
        Actor("hamas", {"fr": "Hamas"}, "armed_group"),
        Actor("iraq", {"fr": "Irak"}, "country"),
        Actor("iran", {"fr": "Iran"}, "country"),
    ]
    found = suggest(actors)
    assert {(s.first, s.second) for s in found} == {
        ("mouammar-kadhafi", "muammar-kadafi"),
        ("centre-france", "groupe-centre-france"),
    }
    assert all(s.evidence and 0 < s.score < 1 for s in found)
    judged = (Judgement("different", "centre-france", "Groupe Centre France"),)
    assert len(suggest(actors, judgements=judged)) == 1


def test_suggestions_across_kinds_and_titles() -> None:
    actors = [
        Actor("ana-oduya", {"en": "Ana Oduya"}, "person"),
        Actor("oduya", {"en": "Oduya"}, "thing"),
        Actor("mr-oduya-s-campaign", {"en": "Mr. Oduya's campaign"}, "organization"),
        Actor("oduya-campaign", {"en": "Oduya campaign"}, "organization"),
        Actor("agence-spoutnik", {"fr": "agence Spoutnyk"}, "organization"),
        Actor("spoutnik", {"fr": "Spoutnik"}, "organization"),
        Actor("city-council", {"en": "City Council"}, "organization"),
        Actor("federal-council", {"en": "Federal Council"}, "organization"),
        Actor("ugt", {"fr": "UGT"}, "organization"),
        Actor("ugtt", {"fr": "UGTT"}, "organization"),
    ]
    assert {(s.first, s.second) for s in suggest(actors)} == {
        ("ana-oduya", "oduya"),
        ("mr-oduya-s-campaign", "oduya-campaign"),
        ("agence-spoutnik", "spoutnik"),
    }
    two = [*actors, Actor("ben-oduya", {"en": "Ben Oduya"}, "person")]
    assert ("ana-oduya", "oduya") not in {(s.first, s.second) for s in suggest(two)}
    judged = (Judgement("different", "oduya", "ana-oduya"),)
    assert ("ana-oduya", "oduya") not in {(s.first, s.second) for s in suggest(actors, judgements=judged)}


def test_judgements_are_lines_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "kg.judgements"
    assert judgements.read(path) == ()
    one = Judgement("same", "hamas", "groupe palestinien", "2025-03-19", "the article\tsays so")
    judgements.append(path, one)
    judgements.append(path, Judgement("rename", "israel-army", "Tsahal"))
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) == 2
    assert judgements.read(path)[0] == Judgement(
        "same", "hamas", "groupe palestinien", "2025-03-19", "the article says so"
    )
    path.write_text("# by hand\n\ndifferent\ta\tb", encoding="utf-8")
    judgements.append(path, one)
    assert [j.verdict for j in judgements.read(path)] == ["different", "same"]


@pytest.mark.parametrize("line", ["same\ta", "likely\ta\tb", "same\t\tb", "same a b"])
def test_a_line_that_is_no_judgement_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "kg.judgements"
    path.write_text(f"# one\n{line}\n", encoding="utf-8")
    with pytest.raises(KgError, match="line 2"):
        judgements.read(path)


def _labels(references: Iterable[Reference], text: str, language: str = "en") -> list[str]:
    action = Action("x", "x", "x", "ACCUSE")
    events = [Event("a.txt", i, i + 1, "", reference, action, None) for i, reference in enumerate(references)]
    made = resolve(events, [], {"a.txt": Text(language, None, text)})
    return [event.actor.label for event in made.events if event.actor]


def test_a_surname_that_the_text_has_in_full_is_that_person():
    text = "Helen Marsh spoke first. Marsh was cheered."
    assert _labels([Reference("Marsh", "Marsh", "organization")], text) == ["Helen Marsh"]


def test_a_surname_of_two_bearers_or_of_a_body_stays_as_it_is():
    both = "Helen Marsh met Peter Marsh. Marsh was cheered."
    body = "Helen Marsh leads the company Marsh. Marsh was fined."
    for text in (both, body):
        assert _labels([Reference("Marsh", "Marsh", "organization")], text) == ["Marsh"]


def test_what_a_person_owns_is_no_part_of_the_name():
    references = [
        Reference("Helen Marsh", "Helen Marsh", "person"),
        Reference("the mayor", "Marsh's Boston", "organization"),
    ]
    assert _labels(references, "") == ["Helen Marsh", "Helen Marsh"]


def test_a_body_taken_for_a_person_is_told_by_its_last_word():
    made = _resolved([_event("en1.txt", "Tamarind Wireless", "person")])
    assert [actor.kind for actor in made.actors.values()] == ["organization"]


def _described(article: str, *references: Reference) -> Resolution:
    action = Action("x", "x", "x", "ACCUSE")
    events = [Event(article, i, i + 1, "", reference, action, None) for i, reference in enumerate(references)]
    return resolve(events, [], {article: Text("fr")})


def test_a_plain_description_may_be_the_one_actor_of_its_article_that_it_heads() -> None:
    made = _described(
        "a.txt",
        Reference("le tribunal maritime de Paimpol", "tribunal maritime de Paimpol", "organization"),
        Reference("Le tribunal", "tribunal", "organization"),
    )
    pairs = {(s.first, s.second) for s in suggest(made.actors, events=made.events)}
    assert pairs == {("tribunal--a", "tribunal-maritime-de-paimpol")}
    judged = (Judgement("different", "tribunal--a", "tribunal-maritime-de-paimpol"),)
    assert suggest(made.actors, events=made.events, judgements=judged) == []


def test_a_description_that_two_actors_fit_is_not_suggested() -> None:
    made = _described(
        "a.txt",
        Reference("le tribunal maritime de Paimpol", "tribunal maritime de Paimpol", "organization"),
        Reference("le tribunal d'instance de Tréguier", "tribunal d'instance de Tréguier", "organization"),
        Reference("Le tribunal", "tribunal", "organization"),
    )
    assert suggest(made.actors, events=made.events) == []


def test_an_acronym_leaves_out_small_words() -> None:
    actors = [
        Actor("ligue-des-pecheurs-de-l-ouest", {"fr": "Ligue des pêcheurs de l'Ouest"}, "organization"),
        Actor("lpo", {"fr": "LPO"}, "organization"),
    ]
    assert [(s.first, s.second) for s in suggest(actors)] == [("ligue-des-pecheurs-de-l-ouest", "lpo")]


@pytest.mark.parametrize(
    ("article", "wording", "read", "kind"),
    [
        ("en1.txt", "a Senate panel", "organization", "government"),
        ("en1.txt", "Federal prosecutors in Dover", "group", "government"),
        ("fr1.txt", "la commission du Sénat", "organization", "government"),
        ("fr1.txt", "les forces rebelles", "military", "armed_group"),
        ("fr1.txt", "quarante gendarmes", "group", "military"),
        ("en1.txt", "Helen Marsh", "organization", "person"),
    ],
)
def test_words_tell_a_kind_better_than_what_was_read(article: str, wording: str, read: str, kind: str) -> None:
    made = _resolved([_event(article, wording, read)])
    assert [actor.kind for actor in made.actors.values()] == [kind]


def test_an_acronym_means_what_its_article_says() -> None:
    text = "Le Front de Défense des Salines (FDS) manifeste."
    reference = Reference("le FDS", "FDS", "organization")
    assert _labels([reference], text, "fr") == ["Front de Défense des Salines"]
    assert _labels([reference], "Le FDS manifeste.", "fr") != ["Front de Défense des Salines"]


def test_an_agency_is_the_one_that_the_article_names() -> None:
    known = Reference("l'Unicef", "Unicef", "organization")
    agency = Reference("l'agence", "agence", "organization")
    assert _labels([known, agency], "", "fr") == ["Unicef", "Unicef"]
    rival = Reference("Agence du sel de Guérande", "Agence du sel de Guérande", "organization")
    assert _labels([known, rival, agency], "", "fr")[2] == "agence"


def test_a_surname_that_is_also_a_firm_leaves_a_description_alone() -> None:
    persons = [Reference("Anna Ford", "Anna Ford", "person"), Reference("Ford", "Ford", "organization")]
    assert _labels([*persons, Reference("the company", "company", "organization")], "")[2] == "company"
