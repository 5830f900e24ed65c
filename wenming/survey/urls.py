"""Addresses of questionnaires."""

from django.urls import path

from wenming.survey.views import (
    answering,
    contacts,
    editing,
    imports,
    instruments,
    links,
    papers,
    quality,
    quotas,
    sheets,
)

app_name = "survey"
urlpatterns = [
    path("collections/<uuid:pk>/sheets/", sheets.sheets, name="sheets"),
    path("collections/<uuid:pk>/sheets/set/", sheets.set_up, name="fieldwork_set"),
    path("collections/<uuid:pk>/sheets/quality/", quality.quality, name="quality"),
    path("collections/<uuid:pk>/sheets/open/", quality.answered_openly, name="open_answers"),
    path("collections/<uuid:pk>/sheets/quotas/", quotas.quotas, name="quotas"),
    path("collections/<uuid:pk>/sheets/quotas/set/", quotas.quotas_set, name="quotas_set"),
    path("collections/<uuid:pk>/contacts/", contacts.contacts, name="contacts"),
    path("collections/<uuid:pk>/sheets/links/", links.links, name="links"),
    path("collections/<uuid:pk>/sheets/links/new/", links.make, name="links_new"),
    path("collections/<uuid:pk>/sheets/links/<slug:form>/", links.file, name="links_file"),
    path("answer-links/<uuid:pk>/close/", links.close, name="links_close"),
    path("answer/<slug:token>/", answering.answer, name="answer"),
    path("answer/<slug:token>/thanks/", answering.thanks, name="answer_thanks"),
    path("collections/<uuid:pk>/paper/", papers.papers, name="papers"),
    path("collections/<uuid:pk>/paper/key/", papers.key, name="paper_key"),
    path("paper-sheets/<uuid:pk>/", papers.settle, name="paper_settle"),
    path("sheets/accept/", sheets.accept_many, name="accept_sheets"),
    path("sheets/<uuid:pk>/", sheets.answers, name="answers"),
    path("sheets/<uuid:pk>/accept/", sheets.accept, name="accept_sheet"),
    path("sheets/<uuid:pk>/aside/", sheets.aside, name="aside"),
    path("questionnaires/", instruments.instruments, name="instruments"),
    path("questionnaires/import/", imports.bring, name="instrument_import"),
    path("questionnaires/import/<uuid:pk>/", imports.check, name="instrument_check"),
    path("questionnaires/new/", editing.begin, name="instrument_new"),
    path("questionnaires/<uuid:pk>/copy/", editing.copy, name="instrument_copy"),
    path("questionnaires/<uuid:pk>/edit/", editing.editor, name="editor"),
    path("questionnaires/<uuid:pk>/bank/", editing.bank, name="bank"),
    path("questionnaires/<uuid:pk>/questions/", editing.add, name="question_new"),
    path("questionnaires/<uuid:pk>/questions/<str:key>/", editing.change, name="question_edit"),
    path("questionnaires/<uuid:pk>/questions/<str:key>/act/", editing.act, name="question_act"),
    path("questionnaires/<uuid:pk>/", instruments.instrument, name="instrument"),
    path("questionnaires/<uuid:pk>/use/", instruments.use, name="instrument_use"),
    path("questionnaires/<uuid:pk>/retire/", instruments.retire, name="instrument_retire"),
    path("questionnaires/<uuid:pk>/xlsform/", instruments.workbook, name="instrument_file"),
]
