from django.urls import path

from dajian.service.public import views

urlpatterns = [path("", views.home, name="home"), path("language", views.language, name="set_language")]
