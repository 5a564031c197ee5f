from django.urls import path

from dajian.service.jobs import views

urlpatterns = [
    path("jobs/<int:pk>", views.job, name="job"),
    path("healthz", views.healthz, name="healthz"),
]
