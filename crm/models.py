"""Gathers the models of the rooms, as Django expects."""

from crm.accounts.models import ApiToken, IdempotencyKey, Invitation, RoleGrant, Team, User
from crm.areas.models import Area, AreaFigure, AreaGrouping, Council
from crm.audit.models import AuditEvent, Revision
from crm.communities.models import Community, CommunityLink, FormerName
from crm.languages.models import Language
from crm.organisations.models import Organisation, OrganisationCommunity
from crm.people.models import ContactWay, Person, PersonLanguage, PersonRole
from crm.search.models import SearchDocument

__all__ = [
    "ApiToken",
    "Area",
    "AreaFigure",
    "AreaGrouping",
    "AuditEvent",
    "Community",
    "CommunityLink",
    "ContactWay",
    "Council",
    "FormerName",
    "IdempotencyKey",
    "Invitation",
    "Language",
    "Organisation",
    "OrganisationCommunity",
    "Person",
    "PersonLanguage",
    "PersonRole",
    "Revision",
    "RoleGrant",
    "SearchDocument",
    "Team",
    "User",
]
