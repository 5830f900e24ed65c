"""Addresses of questionnaires."""

from django.urls import path

from wenming.survey.views import imports, instruments

app_name = "survey"
urlpatterns = [
    path("questionnaires/", instruments.instruments, name="instruments"),
    path("questionnaires/import/", imports.bring, name="instrument_import"),
    path("questionnaires/import/<uuid:pk>/", imports.check, name="instrument_check"),
    path("questionnaires/<uuid:pk>/", instruments.instrument, name="instrument"),
    path("questionnaires/<uuid:pk>/use/", instruments.use, name="instrument_use"),
    path("questionnaires/<uuid:pk>/retire/", instruments.retire, name="instrument_retire"),
    path("questionnaires/<uuid:pk>/xlsform/", instruments.workbook, name="instrument_file"),
]
