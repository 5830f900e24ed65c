"""Addresses of inspection: below /field/ the app, below /visits/ the desk."""

from django.urls import path

from wenming.inspection.views import desk, drawn, panels, phone

app_name = "inspection"
urlpatterns = [
    path("field/", phone.phone, name="phone"),
    path("field/sw.js", phone.worker, name="worker"),
    path("field/manifest.webmanifest", phone.manifest, name="manifest"),
    path("field/pass/", phone.pass_, name="pass"),
    path("collections/<uuid:pk>/visits/", desk.visits, name="visits"),
    path("collections/<uuid:pk>/visits/plan/", desk.plan, name="plan"),
    path("collections/<uuid:pk>/visits/records.csv", desk.records, name="records"),
    path("sampling/<uuid:pk>/visits/", drawn.drawn, name="drawn"),
    path("visits/accept/", desk.accept_many, name="accept_visits"),
    path("visits/<uuid:pk>/", desk.visit, name="visit"),
    path("visits/<uuid:pk>/accept/", desk.accept, name="accept"),
    path("visits/<uuid:pk>/return/", desk.send_back, name="return"),
    path("visits/<uuid:pk>/drop/", desk.drop, name="drop"),
    path("collections/<uuid:pk>/panels/", panels.panels, name="panels"),
    path("collections/<uuid:pk>/panels/new/", panels.panel_new, name="panel_new"),
    path("panels/<uuid:pk>/", panels.panel, name="panel"),
    path("panels/<uuid:pk>/rate/", panels.panel_rate, name="panel_rate"),
    path("panels/<uuid:pk>/close/", panels.panel_close, name="panel_close"),
    path("panels/<uuid:pk>/reopen/", panels.panel_reopen, name="panel_reopen"),
    path("panels/<uuid:pk>/drop/", panels.panel_drop, name="panel_drop"),
]
