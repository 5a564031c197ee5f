from django.urls import path

from dajian.service.workflow import audit

urlpatterns = [path("audit", audit.audit, name="audit")]
