"""Addresses of the audit."""

from django.urls import path

from wenming.base.views import audit

urlpatterns = [
    path("audit/", audit.audit, name="audit"),
    path("audit/verify/", audit.verify, name="audit_verify"),
    path("audit/sessions/", audit.sessions, name="audit_sessions"),
    path("audit/sessions/<uuid:pk>/", audit.session, name="audit_session"),
    path("audit/<uuid:pk>/", audit.entry, name="audit_entry"),
]
