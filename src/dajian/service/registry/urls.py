from django.urls import path

from dajian.service.registry import views
from dajian.service.registry.export_views import export, export_list, order

urlpatterns = [
    path("registry/", views.index, name="registry"),
    path("registry/items/<int:pk>", views.listing, name="registry_item"),
    path("registry/items/<int:pk>/export", order, name="registry_export"),
    path("registry/entries/<int:pk>", views.entry, name="entry"),
    path("registry/entries/<int:pk>/compare", views.compare, name="entry_compare"),
    path("registry/entries/<int:pk>/reveal", views.reveal, name="entry_reveal"),
    path("registry/exports", export_list, name="exports"),
    path("registry/exports/<int:pk>", export, name="export"),
]
