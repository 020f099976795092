"""Tuning: what annotation teaches as tensors, and numpy rooms that compute what torch was taught."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from docs import at, parsed

from kg import antecedents
from kg.coreference import judging
from kg.encoder import WIDTH, Encoder, encoder
from kg.encoder.layers import standard
from kg.encoder.transformer import BLOCK, Transformer
from kg.events.features import LAYOUT
from kg.events.network import Network
from kg.events.settle import Standing
from kg.forest import Matrix
from kg.gold import Annotated, Entity, Gold, tokens
from kg.model import MODALITIES, Article

torch = pytest.importorskip("torch", reason="torch tunes encoder and networks; only `kg fit` needs it")

from kg.tuning import base, batches  # noqa: E402 - needs torch
from kg.tuning.arrays import tuned  # noqa: E402
from kg.tuning.base import Base  # noqa: E402
from kg.tuning.batches import Batch, Standings  # noqa: E402
from kg.tuning.lessons import Lessons, lessons  # noqa: E402
from kg.tuning.losses import loss  # noqa: E402
from kg.tuning.model import Model  # noqa: E402
from kg.tuning.training import Course, epochs, groups, tune  # noqa: E402

MET = ("Peter Ashdown met Jane Holloway.", "He thanked her.")
SAID = ("The mayor said that the police hold the stadium.",)


#: Articles of which nothing is told.
BARE = (("The rebels and the army shelled the town.",), ("The police did not arrest the suspect.",))


def known(kind: str, name: str) -> Entity:
    return Entity(kind, (tokens(name),), (tokens(name),), name)


HE, HER = known("person", "Peter Ashdown"), known("person", "Jane Holloway")
MAYOR, POLICE, STADIUM = (
    known("person", "the mayor"),
    known("organization", "the police"),
    known("place", "the stadium"),
)


def annotated(
    sentences: Sequence[str], entities: tuple[Entity, ...], *told: tuple[str, str, str]
) -> antecedents.Parsed:
    """An English article; ``told`` are events as a sentence, a lemma and a modality, of the first two entities."""
    text = " ".join(sentences)
    actor, target, *other = entities
    events = tuple(
        Gold(
            text.index(sentence), text.index(sentence) + len(sentence), actor, target, other[0] if other else None,
            (tokens(lemma),), frozenset({"COERCE"}), "affirmed", modality, True,
        )
        for sentence, lemma, modality in told
    )  # fmt: skip
    gold = Annotated("test.txt", entities, events)
    return antecedents.parsed(Article("test", "test.txt", text, "en"), parsed("en", *sentences), gold)


@pytest.fixture(scope="module")
def articles() -> list[antecedents.Parsed]:
    return [
        annotated(MET, (HE, HER), (MET[0], "meet", "actual"), (MET[1], "thank", "actual")),
        annotated(SAID, (POLICE, STADIUM, MAYOR), (SAID[0], "hold", "planned")),
        *(annotated(sentences, (POLICE, STADIUM)) for sentences in BARE),
    ]


@pytest.fixture(scope="module")
def taught(articles: list[antecedents.Parsed]) -> list[Lessons]:
    return lessons(articles, [0, 1, 2, 3])


@pytest.fixture(scope="module")
def small() -> Base:
    """Two layers with random weights."""
    random = np.random.RandomState(0)
    blocks = random.randint(0, 256, (len(base.vocabulary()), WIDTH // BLOCK, 2 + BLOCK // 2)).astype(np.uint8)
    blocks[:, :, :2] = np.array([0.01], np.float16).view(np.uint8)
    shapes = {"places": (512, WIDTH), "first.weight": (WIDTH,), "first.bias": (WIDTH,)}
    for layer in ("layer0", "layer1"):
        shapes |= {f"{layer}.{part}.weight": (WIDTH, WIDTH) for part in ("q", "k", "v", "ao")}
        shapes |= {f"{layer}.fi.weight": (64, WIDTH), f"{layer}.fo.weight": (WIDTH, 64), f"{layer}.fi.bias": (64,)}
        shapes |= {f"{layer}.{part}.bias": (WIDTH,) for part in ("q", "k", "v", "ao", "fo", "aln", "oln")}
        shapes |= {f"{layer}.{part}.weight": (WIDTH,) for part in ("aln", "oln")}
    weights = {name: random.normal(0, 0.05, shape).astype(np.float32) for name, shape in shapes.items()}
    for name in ("first", "layer0.aln", "layer0.oln", "layer1.aln", "layer1.oln"):
        weights[f"{name}.weight"] += 1
    return Base(blocks.reshape(len(blocks), -1), weights, 2)


def varied(model: Model) -> Model:
    """A model whose outcomes differ, as after tuning."""
    torch.manual_seed(1)
    with torch.no_grad():
        model.encoder.normalised.running_mean.uniform_(-0.5, 0.5)
        model.encoder.normalised.running_var.uniform_(0.5, 1.5)
        for network in (model.events, model.antecedents, model.modality, model.polarity, model.speaker):
            for weights in network.parameters():
                weights.add_(torch.randn_like(weights) * 0.1)
        model.polarity.out.bias.fill_(1.0)  # log-odds about the cut
    return model.eval()


def test_lessons_tell_what_the_annotation_tells(articles: list[antecedents.Parsed], taught: list[Lessons]):
    met, said, *_ = taught
    assert [int(event.right.max()) for event in met.events] == [2, 2]
    assert [(lesson.right.tolist(), lesson.labelled) for lesson in met.antecedents] == [([1.0], True)] * 2
    [holding] = said.standings
    assert holding.head == at(articles[1].tree, "hold")
    assert (MODALITIES[holding.modality], holding.negated) == ("planned", False)
    assert at(articles[1].tree, "mayor") in holding.speakers[holding.right]


def test_articles_stand_side_by_side(articles: list[antecedents.Parsed], taught: list[Lessons]):
    some, size = taught[:2], len(articles[0].tree)
    words, events, choices, standing, types = batches.batch(some, batches.scales(taught))
    assert words.pieces.shape == words.mask.shape == (2, max(len(one.windows[0].pieces[0]) for one in some))
    pieces = words.pieces.flatten()
    for start, one in ((0, taught[0]), (size, taught[1])):
        [window], first, last = one.windows[0]
        here = slice(start, start + len(first))
        assert pieces[words.first[here]].tolist() == [window[place] for place in first]
        assert pieces[words.last[here]].tolist() == [window[place] for place in last]
    assert len(words.first) == size + len(articles[1].tree)
    most = int(events.sizes.max())
    assert events.open.shape == events.right.shape == (len(events.heads), most, most)
    inputs = [event.inputs for one in some for event in one.events]
    assert events.heads.tolist()[-1] == inputs[-1].head + size
    assert events.slots[:, 0].tolist() == [-1] * len(inputs)
    assert events.slots[-1, 1] == inputs[-1].slots[1] + size
    assert not events.open[0, len(inputs[0].slots) :].any()
    assert choices.right.shape == choices.anaphors.shape == choices.features.shape[:2]
    assert standing.heads.tolist()[-1] == types.heads.tolist()[-1] == at(articles[1].tree, "hold") + size
    assert standing.offered.sum(1).tolist() == [len(s.speakers) for one in some for s in one.standings]


def test_an_article_is_learned_from_in_windows_of_several_lengths(taught: list[Lessons]):
    whole, *_, single = taught[0].windows
    assert len(whole.pieces) == 1
    assert len(single.pieces) == len(MET)
    assert [piece for window in single.pieces for piece in window] == whole.pieces[0]
    assert single.first.tolist() == whole.first.tolist()
    by = batches.scales(taught)
    usual = batches.batch(taught[:2], by).words
    words = batches.batch([replace(taught[0], windows=[single]), taught[1]], by).words
    assert words.mask.sum(1).tolist() == [*map(len, single.pieces), len(taught[1].windows[0].pieces[0])]
    assert words.pieces.flatten()[words.first].tolist() == usual.pieces.flatten()[usual.first].tolist()
    assert words.pieces.flatten()[words.last].tolist() == usual.pieces.flatten()[usual.last].tolist()


def test_an_article_without_events_stands_beside_others(taught: list[Lessons], small: Base):
    by = batches.scales(taught)
    bare = replace(taught[0], events=(), antecedents=(), standings=(), types=())
    model = Model(small, by).eval()
    for some in ([bare], [bare, taught[1]]):
        made = batches.batch(some, by)
        assert torch.isfinite(loss(model(made), made))


@pytest.fixture(scope="module")
def both(taught: list[Lessons], small: Base) -> tuple[Model, Batch, dict[str, Matrix], Encoder, object]:
    """A model in torch and what numpy reads of it."""
    by = batches.scales(taught)
    model = varied(Model(small, by))
    arrays = tuned(model, small, by)
    return model, batches.batch(taught, by), by, Encoder(encoder().pieces, Transformer(arrays.encoder)), arrays


def near(ours: object, torchs: torch.Tensor) -> None:
    np.testing.assert_allclose(ours, torchs.detach().numpy(), atol=2e-3, rtol=2e-3)


def test_numpy_gives_the_vectors_and_opinions_that_torch_gives(
    articles: list[antecedents.Parsed], taught: list[Lessons], both: tuple
):
    model, made, _, ours, arrays = both
    vectors, odds, network = model.encoder(made.words), model(made), Network(arrays.network)
    start, event = 0, 0
    for article, one in zip(articles, taught, strict=True):
        tree = article.tree
        found = ours.vectors(tree.text, tree.start, tree.end, tree.sentences)
        near(found, vectors[start : start + len(tree)])
        start += len(tree)
        for opinion in network.opinions([lesson.inputs for lesson in one.events], found):
            size = len(opinion.actors)
            near(opinion.actors, odds.actors[event, :size])
            near(opinion.targets, odds.targets[event, :size])
            near(opinion.pairs, odds.pairs[event, :size, :size])
            event += 1
    assert event == len(odds.pairs)
    assert float(odds.pairs.detach().std()) > 0.05


def test_numpy_judges_antecedents_as_torch_does(articles: list[antecedents.Parsed], taught: list[Lessons], both: tuple):
    model, _, by, ours, arrays = both
    tree, random = copy(articles[0].tree), np.random.RandomState(3)
    tree.vectors = ours.vectors(tree.text, tree.start, tree.end, tree.sentences)
    anaphor = SimpleNamespace(nominal=SimpleNamespace(head=8))
    found = [SimpleNamespace(heads=heads) for heads in ([1], [0, 3], [1, 3, 6], [2, 7])]
    rows = random.normal(size=(4, by["antecedents"].shape[1])).astype(np.float32)
    choices = [(anaphor, found, [])]
    asked = antecedents.Lesson(judging.mentions(choices), rows, np.zeros(4), True)
    assert asked.mentions.tolist() == [[8] * 4, [1, 3, 6, 7], [1, 0, 1, 2]]
    answers = judging.Weights(arrays.antecedents).of(tree)(choices, rows)
    [odds] = model(batches.batch([replace(taught[0], antecedents=[asked])], by)).antecedents
    near(np.log(answers / (1 - answers)), odds)


def test_numpy_settles_speaker_modality_and_polarity_as_torch_does(
    articles: list[antecedents.Parsed], taught: list[Lessons], both: tuple
):
    model, made, by, ours, arrays = both
    counts = {f"{name}.{part}": np.zeros((0, 2)) for name in ("saying", "words") for part in ("keys", "counts")}
    standing = Standing(arrays.standing | counts | {"layout": np.array(LAYOUT)})
    vectors = np.concatenate([
        ours.vectors(a.tree.text, a.tree.start, a.tree.end, a.tree.sentences) for a in articles
    ])  # fmt: skip
    size, random = len(vectors), np.random.RandomState(2)
    heads, speakers = np.arange(size), random.randint(-1, size, size)
    speakers[::5] = -1  # the article
    features, rows = (
        random.normal(size=(size, by[name].shape[1])).astype(np.float32) for name in ("modality", "speaker")
    )
    asked = Standings(
        torch.from_numpy(heads), torch.from_numpy(standard(features, by["modality"])), torch.zeros(size),
        torch.from_numpy(speakers)[:, None], torch.from_numpy(standard(rows, by["speaker"]))[:, None],
        *[torch.zeros(size)] * 3,
    )  # fmt: skip
    theirs = model.encoder(made.words)
    near(standing.speaking(rows, vectors, vectors[speakers], speakers < 0), model.speaker(asked, theirs)[:, 0])
    modalities = [MODALITIES[place] for place in model.modality(asked, theirs).argmax(1).tolist()]
    assert standing.modalities(features, vectors) == modalities
    assert len(set(modalities)) > 1
    negated = (model.polarity(asked, theirs) > 1.0).tolist()
    assert standing.negated(vectors).tolist() == negated
    assert {True, False} == set(negated)


def test_training_lowers_the_loss(taught: list[Lessons], small: Base):
    torch.manual_seed(0)
    by = batches.scales(taught)
    losses = list(epochs(Model(small, by), taught, by, Course(epochs=3), seed=0))
    assert losses[-1] < losses[0]


def test_lower_layers_learn_more_slowly(taught: list[Lessons], small: Base):
    model = Model(small, batches.scales(taught))
    rates = {id(weights): group["lr"] for group in groups(model, Course()) for weights in group["params"]}
    encoding = model.encoder
    order = [encoding.places, encoding.layer0.q.weight, encoding.layer1.q.weight, model.events.own.weight]
    assert [rates[id(weights)] for weights in order] == sorted(rates[id(weights)] for weights in order)
    assert len(rates) == len(list(model.parameters()))


def test_the_same_seed_gives_the_same_weights(taught: list[Lessons], small: Base):
    first, again, other = (tune(taught, small, seed=seed, course=Course(epochs=1)) for seed in (1, 1, 2))
    for name, values in first.network.items():
        np.testing.assert_array_equal(values, again.network[name])
    assert (first.encoder["layer1.q.weight"] == again.encoder["layer1.q.weight"]).all()
    assert (first.network["net.own"] != other.network["net.own"]).any()
