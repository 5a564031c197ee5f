from django.urls import path

from dajian.service.search import views

urlpatterns = [
    path("search", views.results, name="search"),
    path("search/suggest", views.suggest, name="search_suggest"),
]
