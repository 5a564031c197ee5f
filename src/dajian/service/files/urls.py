from django.urls import path

from dajian.service.files import views

urlpatterns = [
    path("files/<int:pk>/<str:name>", views.download, name="file"),
]
