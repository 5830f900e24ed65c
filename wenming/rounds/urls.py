"""Addresses of sites and of the map."""

from django.urls import path

from wenming.rounds import views

app_name = "rounds"
urlpatterns = [
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
