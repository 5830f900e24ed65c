"""The random numbers of draws: the same on every machine, and fair."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenming.stats.sampling import DrawError
from wenming.stats.sampling.randomness import Stream, in_hash_order, packed, ticket

SEED = bytes(range(32))
labels = st.lists(st.text(max_size=4), max_size=4).map(tuple)


def test_the_words_of_the_page_come_out() -> None:
    """docs/methods/draws.md, section 2."""
    stream = Stream(SEED, ("demo",))
    assert [stream.word() for _ in range(3)] == [
        14334682069716079033,
        2420316815776020894,
        11033062790561908017,
    ]
    stream = Stream(SEED, ("demo",))
    assert [stream.below(10) for _ in range(10)] == [3, 4, 7, 8, 3, 2, 0, 2, 2, 4]


def test_the_ticket_is_the_same_everywhere() -> None:
    digits = "cdd142f0a87786cd84f297f0fbbc3f606afc0d7906dc8aa10fe5cedb77453418"
    assert ticket(SEED, ("demo",), "P001").hex() == digits


def test_labels_are_written_with_their_length() -> None:
    assert packed("demo").hex() == "0000000464656d6f"
    assert packed("层").hex() == "00000003e5b182"


@given(labels, labels)
def test_no_two_labels_have_the_same_bytes(one: tuple[str, ...], other: tuple[str, ...]) -> None:
    assert (packed(*one) == packed(*other)) == (one == other)


@given(st.integers(1, 2**200), labels)
def test_integers_stay_below_their_limit(limit: int, label: tuple[str, ...]) -> None:
    stream = Stream(SEED, label)
    assert all(0 <= stream.below(limit) < limit for _ in range(5))


def test_words_beyond_the_last_multiple_are_passed_over() -> None:
    """With a limit of 2**63 + 1 nearly half of all words must be passed over."""
    limit = 2**63 + 1
    words, stream = Stream(SEED, ("demo",)), Stream(SEED, ("demo",))
    fair = [word for word in (words.word() for _ in range(200)) if word < limit]
    assert 60 < len(fair) < 140
    assert [stream.below(limit) for _ in fair] == fair


def test_limits_above_one_word_take_two() -> None:
    words, stream = Stream(SEED, ("demo",)), Stream(SEED, ("demo",))
    first, second = words.word(), words.word()
    assert stream.below(2**128) == first * 2**64 + second
    assert stream.position == 2


def test_a_limit_of_one_whole_word_takes_one() -> None:
    stream = Stream(SEED, ("demo",))
    assert stream.below(2**64) == 14334682069716079033
    assert stream.position == 1


def test_numbers_below_seven_are_even_handed() -> None:
    stream = Stream(SEED, ("sevens",))
    counts = [0] * 7
    for _ in range(7000):
        counts[stream.below(7)] += 1
    assert sum((count - 1000) ** 2 / 1000 for count in counts) < 22.5  # chi-square, 6 df, 0.001


@given(st.lists(st.text(min_size=1, max_size=5), unique=True, max_size=12), st.randoms())
def test_hash_order_does_not_depend_on_the_order_given(keys: list[str], random) -> None:
    shuffled = random.sample(keys, len(keys))
    ordered = in_hash_order(keys, seed=SEED, label=("demo",))
    assert in_hash_order(shuffled, seed=SEED, label=("demo",)) == ordered
    assert sorted(ordered) == sorted(keys)


@pytest.mark.parametrize("seed", [b"", bytes(31), bytes(33)])
def test_a_seed_has_thirty_two_bytes(seed: bytes) -> None:
    with pytest.raises(DrawError) as refusal:
        Stream(seed, ())
    assert refusal.value.code == "seed_not_32_bytes"
    assert refusal.value.facts == {"length": len(seed)}
