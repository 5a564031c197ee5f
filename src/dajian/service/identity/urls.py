from django.urls import path

from dajian.service.identity.views import pages, twins

urlpatterns = [
    path("firms/<int:pk>", pages.firm, name="firm"),
    path("firms/<int:pk>/code", pages.firm_code, name="firm_code"),
    path("firms/<int:pk>/twin", pages.firm_twin, name="firm_twin"),
    path("projects/<int:pk>", pages.project, name="project"),
    path("projects/<int:pk>/code", pages.project_code, name="project_code"),
    path("projects/<int:pk>/twin", pages.project_twin, name="project_twin"),
    path("twins", twins.twins, name="twins"),
    path("campaigns/<int:pk>/twins", twins.search, name="twin_search"),
    path("twins/<int:pk>", twins.twin, name="twin"),
    path("twins/<int:pk>/merge", twins.merge, name="twin_merge"),
    path("twins/<int:pk>/dismiss", twins.dismiss, name="twin_dismiss"),
    path("twins/<int:pk>/reconsider", twins.reconsider, name="twin_reconsider"),
    path("twins/<int:pk>/undo", twins.undo, name="twin_undo"),
    path("twins/<int:pk>/advise", twins.advise, name="twin_advise"),
]
