"""Forms of the editor: a new questionnaire, a new version, one question."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy, ngettext_lazy
from django.utils.translation import gettext as _

from wenming.base import wording
from wenming.base.forms import DeskForm
from wenming.core.questionnaire import Instrument, QuestionKind
from wenming.survey.services.editing import WrittenQuestion

SEPARATORS = ("|", "｜")
KINDS = (
    QuestionKind.SELECT_ONE, QuestionKind.SELECT_MULTIPLE, QuestionKind.INTEGER,
    QuestionKind.DECIMAL, QuestionKind.TEXT, QuestionKind.DATE, QuestionKind.GEOPOINT,
    QuestionKind.IMAGE, QuestionKind.ACKNOWLEDGE, QuestionKind.NOTE, QuestionKind.GROUP,
    QuestionKind.CALCULATE, QuestionKind.START, QuestionKind.END,
)  # fmt: skip
_CELLS = {
    "key": "key", "kind": "kind", "label_zh": "label:zh", "label_en": "label:en",
    "hint_zh": "hint:zh", "hint_en": "hint:en", "choices": "choices", "relevant": "relevant",
    "constraint": "constraint", "message_zh": "message:zh", "message_en": "message:en",
    "calculation": "calculation", "within": "within", "item": "item", "condition": "condition",
    "yes": "yes", "no": "no",
}  # fmt: skip


def _text(label: Any, *, rows: int = 0, needed: bool = False, advice: Any = "") -> forms.CharField:
    widget = forms.Textarea({"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(
        label=label, required=needed, max_length=2000, widget=widget, help_text=advice
    )


class BeginForm(DeskForm):
    """A new questionnaire."""

    title_zh = forms.CharField(label=gettext_lazy("Title in Chinese"), max_length=200)
    title_en = forms.CharField(
        label=gettext_lazy("Title in English"), max_length=200, required=False
    )
    key = forms.CharField(
        label=gettext_lazy("Short name"),
        max_length=64,
        help_text=gettext_lazy("Letters and digits, such as residents; it names all versions."),
    )
    version = forms.CharField(label=gettext_lazy("Version"), max_length=40, initial="1")
    opening_zh = _text(gettext_lazy("What is read out first, in Chinese"), rows=3, needed=True)
    opening_en = _text(gettext_lazy("The same in English"), rows=2)


class VersionForm(DeskForm):
    """A new version of a questionnaire."""

    version = forms.CharField(
        label=gettext_lazy("Version"),
        max_length=40,
        help_text=gettext_lazy("Another one than those that exist, such as 2."),
    )


class QuestionForm(DeskForm):
    """One question of a draft."""

    seen = forms.CharField(widget=forms.HiddenInput)
    label_zh = _text(gettext_lazy("Text in Chinese"), rows=2)
    label_en = _text(gettext_lazy("Text in English"), rows=2)
    kind = forms.ChoiceField(label=gettext_lazy("Kind of question"))
    key = forms.CharField(
        label=gettext_lazy("Name of the question"),
        max_length=64,
        help_text=gettext_lazy(
            "Letters and digits, such as satisfied; conditions refer to it as ${satisfied}."
        ),
    )
    is_required = forms.BooleanField(label=gettext_lazy("An answer is required"), required=False)
    choices = _text(
        gettext_lazy("Name of the list of choices"),
        advice=gettext_lazy("For choices only; questions with the same list share its choices."),
    )
    options = _text(
        gettext_lazy("Choices of the list, one in each line"),
        rows=6,
        advice=gettext_lazy(
            "As “yes | 是 | Yes”: name, Chinese, English. They replace those of the list for all "
            "its questions; blank leaves the list as it is."
        ),
    )
    relevant = _text(
        gettext_lazy("Asked only while"),
        advice=gettext_lazy("Such as ${age} >= 18 and ${satisfied} = 'no'; blank for always."),
    )
    within = forms.ChoiceField(label=gettext_lazy("In the group"), required=False)
    after = forms.ChoiceField(label=gettext_lazy("Stands behind"), required=False)
    hint_zh = _text(gettext_lazy("Hint in Chinese"))
    hint_en = _text(gettext_lazy("Hint in English"))
    constraint = _text(
        gettext_lazy("An answer is taken only while"),
        advice=gettext_lazy("The answer is a dot: . >= 15 and . <= 99"),
    )
    message_zh = _text(gettext_lazy("Sentence for another answer, in Chinese"))
    message_en = _text(gettext_lazy("The same sentence in English"))
    item = _text(
        gettext_lazy("Item that it counts for"),
        advice=gettext_lazy("Key of an item of the edition; only for one choice."),
    )
    condition = forms.IntegerField(
        label=gettext_lazy("Condition of the item"), required=False, min_value=1
    )
    yes = _text(gettext_lazy("Choices that count for it"))
    no = _text(
        gettext_lazy("Choices that count against it"),
        advice=gettext_lazy("Names parted by blanks; blank for all others."),
    )
    calculation = _text(gettext_lazy("Calculation"))

    def offer(self, instrument: Instrument, key: str) -> None:
        """Settle what is chosen from (题目表单); the place is asked of a new question only."""
        language = "en" if get_language() == "en" else "zh"
        named = [
            (each.key, f"{each.key} {instrument.text(each.label, language)}"[:60])
            for each in instrument.questions
        ]
        groups = {each.key for each in instrument.questions if each.kind is QuestionKind.GROUP}
        kinds = [(k.value, wording.label("question_kind", k.value, language)) for k in KINDS]
        self._choose("kind", kinds)
        self._choose("within", [("", _("none")), *(n for n in named if n[0] in groups - {key})])
        self._choose("after", [("", _("at the beginning")), *named])
        if key:
            del self.fields["after"]
        elif named:
            self.initial.setdefault("after", named[-1][0])

    def _choose(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def clean_options(self) -> list[dict[str, str]] | None:
        """The choices of the list, by line."""
        lines = [line.strip() for line in self.cleaned_data["options"].splitlines()]
        rows, wrong = [], []
        for n, line in enumerate(lines, start=1):
            if not line:
                continue
            parts = [part.strip() for part in line.replace(SEPARATORS[1], "|").split("|")]
            if len(parts) not in (2, 3) or not all(parts[:2]):
                wrong.append(str(n))
                continue
            rows.append(dict(zip(("key", "label:zh", "label:en"), parts, strict=False)))
        if wrong:
            raise forms.ValidationError(
                ngettext_lazy(
                    "Line %(n)s is not “name | Chinese | English”.",
                    "Lines %(n)s are not “name | Chinese | English”.",
                    len(wrong),
                ),
                params={"n": ", ".join(wrong)},
            )
        return rows or None

    def written_from(self, bank: str) -> WrittenQuestion:
        """What was written, once it is valid (编辑的题目), with where it was taken from."""
        given = self.cleaned_data
        row = {cell: str(given.get(name) or "").strip() for name, cell in _CELLS.items()}
        row["required"] = "true" if given["is_required"] else ""
        row["bank"] = bank
        return WrittenQuestion(row, given["options"], given.get("after"))


def question_initial(
    row: Mapping[str, str], choices: Sequence[Mapping[str, str]]
) -> dict[str, Any]:
    """What the form shows of a question (题目初值)."""
    shown = {name: row.get(cell, "") for name, cell in _CELLS.items()}
    lines = [
        " | ".join(
            part for part in (c["key"], c.get("label:zh", ""), c.get("label:en", "")) if part
        )
        for c in choices
        if c.get("list", row.get("choices")) == row.get("choices")
    ]
    return {**shown, "is_required": row.get("required") == "true", "options": "\n".join(lines)}
