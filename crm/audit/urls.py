"""The address of the audit trail, in the workspace."""

from django.urls import path

from crm.audit.views import AuditTrail

urlpatterns = [path("audit/", AuditTrail.as_view(), name="audit")]
