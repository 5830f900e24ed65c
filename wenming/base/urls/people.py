"""Addresses of people: accounts and posts."""

from django.urls import path

from wenming.base.views import accounts, people, visits

urlpatterns = [
    path("people/", people.people, name="people"),
    path("people/new/", accounts.new_person, name="person_new"),
    path("people/<uuid:pk>/", people.one, name="person"),
    path("people/<uuid:pk>/edit/", accounts.edit_person, name="person_edit"),
    path("people/<uuid:pk>/invite/", accounts.invite_person, name="person_invite"),
    path("people/<uuid:pk>/close/", accounts.close_account, name="person_close"),
    path("people/<uuid:pk>/open/", accounts.open_account, name="person_open"),
    path("people/<uuid:pk>/unlock/", accounts.unlock, name="person_unlock"),
    path("people/<uuid:pk>/factors/remove/", accounts.drop_factors, name="person_factors"),
    path("people/<uuid:pk>/posts/new/", accounts.new_post, name="post_new"),
    path("posts/<uuid:pk>/end/", accounts.stop_post, name="post_end"),
    path("me/visits/end/", visits.end_others, name="end_other_visits"),
    path("me/visits/<uuid:number>/end/", visits.end_visit, name="end_visit"),
]
