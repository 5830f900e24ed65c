"""The frame of a draw: one list, one row of bytes."""

import csv
import hashlib
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenming.stats.sampling import DrawError, canonical_bytes, frame_from

cells = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
keys = st.lists(
    st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), min_size=1, max_size=4),
    unique=True,
    min_size=1,
    max_size=8,
)


def test_the_bytes_are_as_the_page_says() -> None:
    """docs/methods/draws.md, section 1: sorted by code point, quoted where needed."""
    rows = [
        {"name": 'a "quoted", one', "id": "2", "类型": "公园"},
        {"name": "two\r\nlines", "id": "10", "类型": " 站 "},
    ]
    expected = 'id,name,类型\n10,"two\nlines", 站 \n2,"a ""quoted"", one",公园\n'
    assert canonical_bytes(rows, key="id") == expected.encode()


def test_the_digest_is_the_same_everywhere() -> None:
    rows = [{"id": "甲", "n": "1"}, {"id": "é", "n": ""}]
    frame = frame_from(rows, key="id")
    assert frame.digest() == hashlib.sha256("id,n\né,\n甲,1\n".encode()).digest()
    digits = "cfec0e4d5ca1fb27a6e3b01ae2abad78bbb72a5a39afcd64a8048f107c0e2452"
    assert frame.digest().hex() == digits


def test_two_spellings_of_one_sign_are_one() -> None:
    composed, apart = [{"id": "caf\u00e9"}], [{"id": "cafe\u0301"}]
    assert canonical_bytes(composed, key="id") == canonical_bytes(apart, key="id")


@given(keys, st.data())
def test_order_of_rows_and_columns_does_not_matter(names: list[str], chance: st.DataObject) -> None:
    rows = [{"id": name, "x": chance.draw(cells), "y": chance.draw(cells)} for name in names]
    shuffled = chance.draw(st.permutations(rows))
    turned = [dict(reversed(row.items())) for row in shuffled]
    assert canonical_bytes(turned, key="id") == canonical_bytes(rows, key="id")


@given(keys, st.data())
def test_what_is_published_can_be_read_back(names: list[str], chance: st.DataObject) -> None:
    rows = [{"id": name, "x": chance.draw(cells)} for name in names]
    frame = frame_from(rows, key="id")
    text = frame.canonical_bytes().decode()
    read = list(csv.DictReader(io.StringIO(text, newline="")))
    assert read == list(frame.rows)
    assert canonical_bytes(read, key="id") == frame.canonical_bytes()


def test_a_frame_remembers_where_its_rows_stood() -> None:
    frame = frame_from([{"id": "b"}, {"id": "c"}, {"id": "a"}], key="id")
    assert [row["id"] for row in frame.rows] == ["a", "b", "c"]
    assert frame.places == (2, 0, 1)


REFUSED = [
    ([], "frame_empty", {}),
    ([{"x": "1"}], "columns_missing", {"missing": ["id"], "columns": ["x"]}),
    (
        [{"id": "1", "x": ""}, {"id": "2", "y": ""}],
        "columns_differ",
        {"row": 1, "missing": ["x"], "unknown": ["y"]},
    ),
    ([{"id": "1"}, {"id": ""}], "cell_empty", {"row": 1, "column": "id"}),
    ([{"id": "1"}, {"id": "2"}, {"id": "1"}], "key_repeated", {"row": 2, "key": "1"}),
    ([{"id": "caf\u00e9"}, {"id": "cafe\u0301"}], "key_repeated", {"row": 1, "key": "caf\u00e9"}),
    ([{"id": "\ud800"}], "cell_not_text", {"row": 0, "column": "id"}),
    ([{"id": 7}], "cell_not_text", {"row": 0, "column": "id"}),
    ([{"id": "1", "é": "", "e\u0301": ""}], "column_repeated", {"row": 0, "column": "e\u0301"}),
]


@pytest.mark.parametrize(("rows", "code", "facts"), REFUSED, ids=[code for _, code, _ in REFUSED])
def test_a_frame_that_is_not_in_order_is_refused(rows: list, code: str, facts: dict) -> None:
    with pytest.raises(DrawError) as refusal:
        frame_from(rows, key="id")
    assert (refusal.value.code, refusal.value.facts) == (code, facts)
