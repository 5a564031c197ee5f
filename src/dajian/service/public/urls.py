from django.urls import path

from dajian.service.public import views

urlpatterns = [path("", views.home, name="home")]
