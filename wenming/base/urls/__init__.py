"""Addresses that belong to no room in particular."""

from django.urls import path

from wenming.base import views
from wenming.base.urls import audit, calendar, organisation, people

app_name = "base"
urlpatterns = [
    path("", views.start, name="start"),
    path("city/", views.city, name="city"),
    path("inbox/", views.inbox, name="inbox"),
    path("views/", views.save_view, name="save_view"),
    path("views/<uuid:pk>/drop/", views.forget_view, name="forget_view"),
    path("drafts/<str:key>/", views.draft, name="draft"),
    path("search/", views.search, name="search"),
    path("files/<uuid:pk>/", views.file, name="file"),
    path("files/<uuid:pk>/<str:variant>/", views.file, name="file_variant"),
    path("jobs/", views.jobs, name="jobs"),
    path("jobs/check-files/", views.check_files, name="check_files"),
    path("jobs/<uuid:pk>/", views.job, name="job"),
    path("jobs/<uuid:pk>/end/", views.end_job, name="end_job"),
    path("me/", views.me, name="me"),
    path("me/password/", views.new_password, name="new_password"),
    path("me/session/", views.begin_session, name="begin_session"),
    path("me/session/end/", views.end_session, name="end_session"),
    path("me/tokens/new/", views.new_token, name="new_token"),
    path("me/tokens/<uuid:pk>/revoke/", views.drop_token, name="drop_token"),
    path("welcome/<str:secret>/", views.welcome, name="welcome"),
    path("forgotten/", views.forgotten, name="forgotten"),
    path("help/", views.help_pages, name="help_pages"),
    path("help/<str:page>/", views.help_page, name="help"),
    path("theme/", views.theme, name="theme"),
    path("size/", views.size, name="size"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("metrics", views.metrics, name="metrics"),
    *organisation.urlpatterns,
    *people.urlpatterns,
    *calendar.urlpatterns,
    *audit.urlpatterns,
]
