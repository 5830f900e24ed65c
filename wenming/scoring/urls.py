"""Addresses of the result: a run, its items, and the evidence behind each number."""

from django.urls import path

from wenming.scoring import views
from wenming.scoring.views import figure_imports, figures, paper_files, reconciliation, settling

app_name = "scoring"
urlpatterns = [
    path("overview/", views.home, name="home"),
    path("latest/<str:page>/", views.latest, name="latest"),
    path("runs/", views.runs, name="runs"),
    path("runs/new/", views.score, name="score"),
    path("runs/<uuid:run>/", views.overview, name="overview"),
    path("runs/<uuid:run>/record/", views.record, name="record"),
    path("runs/<uuid:run>/freeze/", views.freeze, name="freeze"),
    path("runs/<uuid:run>/correct/", views.correct, name="correct"),
    path("runs/<uuid:run>/compare/", views.compare_latest, name="compare_latest"),
    path("runs/<uuid:run>/compare/<uuid:other>/", views.compare, name="compare"),
    path("runs/<uuid:run>/items/", views.items, name="items"),
    path("runs/<uuid:run>/items/<str:key>/", views.item, name="item"),
    path("runs/<uuid:run>/items/<str:key>/observations/", views.item_sites, name="item_sites"),
    path("runs/<uuid:run>/items/<str:key>/answers/<str:column>/", views.question, name="question"),
    path("runs/<uuid:run>/sites/<uuid:pk>/", views.site, name="site"),
    path("runs/<uuid:run>/observations/<uuid:pk>/", views.observation, name="observation"),
    path("runs/<uuid:run>/documents/<uuid:pk>/", views.document, name="document"),
    path("runs/<uuid:run>/gaps/", views.gaps, name="gaps"),
    path("runs/<uuid:run>/gaps.<str:form>", views.gaps_export, name="gaps_export"),
    path("runs/<uuid:run>/findings/", views.findings, name="findings"),
    path("reconciliation/", reconciliation.reconciliation_latest, name="reconciliation_latest"),
    path("rounds/<uuid:pk>/reconciliation/", reconciliation.reconciliation, name="reconciliation"),
    path(
        "rounds/<uuid:pk>/reconciliation/check/",
        reconciliation.check_round_figures,
        name="check_figures",
    ),
    path("rounds/<uuid:pk>/papers/add/", figures.paper_new, name="paper_new"),
    path("papers/<uuid:pk>/", figures.paper, name="paper"),
    path("papers/<uuid:pk>/remove/", figures.paper_remove, name="paper_remove"),
    path("papers/<uuid:pk>/file/", paper_files.paper_file, name="paper_file"),
    path(
        "papers/<uuid:pk>/file/<uuid:file>/remove/",
        paper_files.paper_file_remove,
        name="paper_file_remove",
    ),
    path("papers/<uuid:pk>/figures/add/", figures.figure_new, name="figure_new"),
    path("papers/<uuid:pk>/figures/import/", figure_imports.figures_bring, name="figures_bring"),
    path("papers/<uuid:pk>/figures.xlsx", figure_imports.figures_workbook, name="figures_workbook"),
    path("figures/imports/<uuid:pk>/", figure_imports.figures_check, name="figures_check"),
    path("figures/imports/<uuid:pk>/copy/", figure_imports.figures_copy, name="figures_copy"),
    path("figures/template.<str:form>", figure_imports.figures_template, name="figures_template"),
    path("figures/<uuid:pk>/", figures.figure, name="figure"),
    path("figures/<uuid:pk>/remove/", figures.figure_remove, name="figure_remove"),
    path("findings/settle/", settling.settle_several, name="settle_findings"),
    path("findings/<uuid:pk>/", settling.finding, name="finding"),
    path("findings/<uuid:pk>/settle/", settling.settle_one, name="settle_finding"),
    path("findings/<uuid:pk>/reopen/", settling.reopen_one, name="reopen_finding"),
    path("runs/<uuid:run>/method/", views.method, name="method"),
    path("verifications/", views.verifications, name="verifications"),
    path("verifications/new/", views.verify, name="verify"),
    path("verifications/<uuid:pk>/", views.verification, name="verification"),
]
