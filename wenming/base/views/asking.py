"""The page of one form: it asks, calls one service, and goes back to where it was asked from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from wenming.base.forms import DeskForm, explain_on


@dataclass(frozen=True, slots=True)
class Question:
    """What the page of a form says (表单页).

    Attributes:
        back: where it goes when it is done or given up.
        within: title of that page, for the way to it.
        done: the notice on the next page.
        advice: what to know before; "" for nothing.
        is_grave: the button warns, because what is done is hard to undo.
    """

    title: str
    back: str
    done: str
    within: str = ""
    submit: str = ""
    advice: str = ""
    is_grave: bool = False


def sent(request: HttpRequest) -> QueryDict | None:
    """What was sent with a form, be it empty; None while it is only shown."""
    return request.POST if request.method == "POST" else None


def asked(
    request: HttpRequest,
    form: DeskForm,
    question: Question,
    act: Callable[[Mapping[str, Any]], str | None],
    *,
    template: str = "base/asked.html",
    **more: Any,
) -> HttpResponse:
    """Show a form until what it asks for is done (表单处理).

    Args:
        act: calls the service with what was typed; gives the address to go to, or None for
            `question.back`. What it refuses is said on the form.
        template: the page around the form, where it shows more; `more` is what it shows.
    """
    if request.method == "POST" and form.is_valid():
        with explain_on(form):
            target = act(form.cleaned_data)
            form.accept()
            messages.success(request, question.done)
            return redirect(target or question.back)
    context = {"form": form, "question": question, "title": question.title, **more}
    return render(request, template, context, status=form.status)
