"""The Chinese of the interface is complete, and the file of words is up to date."""

from pathlib import Path

import pytest

from tests.house.tree import fail_with
from tools import words

CATALOG = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

msgid "Score"
msgstr "得分"
"""

LONG = (
    "{% if a %}\n   {% blocktranslate trimmed %}\n Lost {{ n }}\n{% endblocktranslate %}{% endif %}"
)
PLURAL = "{% blocktranslate count n=n %}one{% plural %}{{ n }}{% endblocktranslate %}"


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A small repository of its own, with one translated word."""
    file = tmp_path / "wenming/locale/zh_Hans/LC_MESSAGES/django.po"
    file.parent.mkdir(parents=True)
    file.write_text(CATALOG, encoding="utf-8")
    return tmp_path


def write(house: Path, name: str, text: str) -> None:
    (house / "wenming" / name).write_text(text, encoding="utf-8")


def translate(house: Path, english: str, chinese: str) -> None:
    file = house / "wenming/locale/zh_Hans/LC_MESSAGES/django.po"
    file.write_text(CATALOG + f"\n{english}\n{chinese}\n", encoding="utf-8")


def test_every_word_has_its_chinese() -> None:
    fail_with(words.complaints())


def test_the_file_of_words_is_what_make_words_would_write() -> None:
    assert words.po_file(words.ROOT).read_bytes() == words.updated()


def test_a_translated_word_is_fine(house: Path) -> None:
    write(house, "views.py", 'title = _("Score")\n')
    assert words.complaints(house) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("views.py", 'title = _("Lost")\n'),
        ("views.py", 'title = ngettext_lazy("one item", "%(n)d items", n)\n'),
        ("page.html", "<main>\n    <p>\n  {% translate 'Lost' %}</p></main>"),
        ("page.html", LONG),
        ("page.html", PLURAL),
    ],
)
def test_a_word_without_chinese_is_named(house: Path, name: str, text: str) -> None:
    write(house, name, text)
    assert len(words.complaints(house)) == 1
    assert "has no Chinese" in words.complaints(house)[0]


def test_a_lost_placeholder_is_named(house: Path) -> None:
    write(house, "views.py", 'title = _("%(n)d points")\n')
    translate(house, 'msgid "%(n)d points"', 'msgstr "分"')
    assert "placeholders" in words.complaints(house)[0]


def test_a_plural_needs_one_chinese_form(house: Path) -> None:
    write(house, "views.py", 'title = ngettext("one item", "%(n)d items", n)\n')
    translate(house, 'msgid "one item"\nmsgid_plural "%(n)d items"', 'msgstr[0] "%(n)d 项"')
    assert words.complaints(house) == []


def test_a_fuzzy_word_is_named(house: Path) -> None:
    write(house, "views.py", 'title = _("Lost")\n')
    translate(house, '#, fuzzy\nmsgid "Lost"', 'msgstr "得分"')
    assert "fuzzy" in words.complaints(house)[0]


def test_updating_keeps_translations_adds_new_words_and_drops_old_ones(house: Path) -> None:
    write(house, "views.py", 'title = _("Lost")\n')
    translate(house, 'msgid "Lost"', 'msgstr "失分"')
    write(house, "forms.py", 'title = _("New")\n')
    text = words.updated(house).decode()
    assert 'msgid "Lost"\nmsgstr "失分"' in text
    assert 'msgid "New"\nmsgstr ""' in text
    assert "Score" not in text
