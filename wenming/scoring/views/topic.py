"""The topic report: choosing what it is about, and the document."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from wenming.base.access import requires
from wenming.core.permissions import Capability
from wenming.files.kinds import DOCX
from wenming.files.word_out import write_word
from wenming.scoring.queries import SeenRun
from wenming.scoring.queries.topic import topic_of
from wenming.scoring.topic_forms import TopicForm
from wenming.scoring.views.shell import page, seen_run
from wenming.scoring.views.tables import tabs_for
from wenming.scoring.views.topic_paper import topic_paper


@requires(Capability.VIEW_RESULTS)
@require_safe
def topic(request: HttpRequest, run: UUID) -> HttpResponse:
    """What the report is to be about: the city or a part of it that the person sees whole."""
    seen = seen_run(request, run)
    return _choosing(request, seen, TopicForm(request.GET, seen=seen))


def _choosing(request: HttpRequest, seen: SeenRun, form: TopicForm) -> HttpResponse:
    return page(
        request,
        "scoring/topic.html",
        seen.run,
        section="gaps",
        tabs=tabs_for(seen).values(),
        form=form,
        offers=bool(form.blocks),
    )


@requires(Capability.VIEW_RESULTS)
@require_safe
def topic_report(request: HttpRequest, run: UUID) -> HttpResponse:
    """The report on one scope as DOCX; a scope that is not the person's is not there.

    Without a choice it is on the first that the person may have; where there is none, the page
    says so.
    """
    seen = seen_run(request, run)
    form = TopicForm(request.GET, seen=seen)
    if not form.is_bound and not form.blocks:
        return _choosing(request, seen, form)
    scope = form.scope
    if scope is None:
        raise Http404
    content = write_word(topic_paper(topic_of(seen, scope)))
    response = HttpResponse(content, content_type=DOCX)
    name = f"wenming-{seen.run.number}-topic-{scope.of}.docx"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
