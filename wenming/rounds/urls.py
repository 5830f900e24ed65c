"""Addresses of rounds, of the register, of draws, of sites and of the map."""

from django.urls import include, path

from wenming.rounds import views
from wenming.rounds.views import (
    collections,
    draw_lists,
    draw_making,
    draws,
    draws_public,
    facts,
    labels,
    register,
    register_imports,
)

app_name = "rounds"
COLLECTIONS = [
    path("", collections.collections, name="collections"),
    path("new/", collections.plan_new, name="collection_new"),
    path("<uuid:pk>/", collections.collection, name="collection"),
    path("<uuid:pk>/plan/", collections.plan_edit, name="collection_edit"),
    path("<uuid:pk>/calendar/", collections.calendar, name="collection_calendar"),
    path("<uuid:pk>/numbers/", collections.numbers, name="collection_numbers"),
    path("<uuid:pk>/facts/", facts.facts, name="collection_facts"),
    path("<uuid:pk>/team/", collections.team, name="collection_team"),
    path("<uuid:pk>/team/<uuid:person_pk>/", collections.member, name="collection_member"),
    path("<uuid:pk>/open/", collections.open_round, name="collection_open"),
    path("<uuid:pk>/close/", collections.close_round, name="collection_close"),
    path("<uuid:pk>/reopen/", collections.reopen_round, name="collection_reopen"),
]
REGISTER = [
    path("", register.register, name="register"),
    path("new/", register.new, name="register_new"),
    path("import/", register_imports.bring, name="register_import"),
    path("import/<uuid:pk>/", register_imports.check, name="register_check"),
    path("import/<uuid:pk>/sites.geojson", register_imports.preview, name="register_preview"),
    path("map/", register.register_map, name="register_map"),
    path("sites.geojson", register.features, name="register_features"),
    path("labels/", labels.labels, name="register_labels"),
    path("labels/ticked/", labels.label_ticked, name="register_label_ticked"),
    path("labels/sheet.pdf", labels.label_file, name="register_labels_file"),
    path("template/", register_imports.template, name="register_template"),
    path("workbook/", register_imports.workbook, name="register_workbook"),
    path("<uuid:pk>/", register.site, name="register_site"),
    path("<uuid:pk>/edit/", register.edit, name="register_edit"),
    path("<uuid:pk>/retire/", register.retire, name="register_retire"),
    path("<uuid:pk>/restore/", register.restore, name="register_restore"),
]
SAMPLING = [
    path("", draws.draws, name="draws"),
    path("new/", draw_making.draw_new, name="draw_new"),
    path("new/register/", draw_making.draw_from_register, name="draw_from_register"),
    path("new/list/", draw_making.draw_list_new, name="draw_list_new"),
    path("new/list/<uuid:pk>/", draw_making.draw_from_list, name="draw_from_list"),
    path("<uuid:pk>/", draws.draw, name="draw"),
    path("<uuid:pk>/list/", draw_lists.draw_list, name="draw_list"),
    path("<uuid:pk>/list.csv", draw_lists.draw_list_file, name="draw_list_file"),
    path("<uuid:pk>/mine/", draw_lists.draw_mine, name="draw_mine"),
    path("<uuid:pk>/picks/<uuid:pick_pk>/", draw_lists.draw_replace, name="draw_replace"),
    path("<uuid:pk>/looks/", draws.draw_looks, name="draw_looks"),
    path("<uuid:pk>/team/", draws.draw_join, name="draw_join"),
    path("<uuid:pk>/team/<uuid:member_pk>/leave/", draws.draw_leave, name="draw_leave"),
    path("<uuid:pk>/reveal/", draws.draw_reveal, name="draw_reveal"),
]
ANNOUNCED = [
    path("", draws_public.public_list, name="public_draws"),
    path("<slug:commitment>/", draws_public.public_draw, name="public_draw"),
    path("<slug:commitment>/<str:name>", draws_public.public_file, name="public_draw_file"),
]
urlpatterns = [
    path("draws/", include(ANNOUNCED)),
    path("sampling/", include(SAMPLING)),
    path("collections/", include(COLLECTIONS)),
    path("register/", include(REGISTER)),
    path("sites/", views.latest, name="latest"),
    path("rounds/<uuid:pk>/sites/", views.sites, name="sites"),
    path("rounds/<uuid:pk>/map/", views.site_map, name="map"),
    path("rounds/<uuid:pk>/sites.geojson", views.features, name="features"),
    path("rounds/<uuid:pk>/sites/<uuid:site_pk>/", views.site, name="site"),
    path("rounds/<uuid:pk>/sites/<uuid:site_pk>/place/", views.place, name="place"),
    path("map/layers/", views.layers, name="layers"),
    path("map/layers/add/", views.add_map_layer, name="add_layer"),
    path("map/layers/<uuid:pk>.geojson", views.layer, name="layer"),
    path("map/layers/<uuid:pk>/drop/", views.drop_map_layer, name="drop_layer"),
]
