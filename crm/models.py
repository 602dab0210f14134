"""Gathers the models of the rooms, as Django expects."""

from crm.access.models import AccessNeed, NeedReview, NeedShare, NeedType, NoNeed
from crm.accounts.models import ApiToken, IdempotencyKey, Invitation, RoleGrant, Team, User
from crm.areas.models import Area, AreaFigure, AreaGrouping, Council
from crm.audit.models import AuditEvent, Revision
from crm.champions.models import Appointment, GovernanceRole, Influence, Learning
from crm.communities.models import Community, CommunityFact, CommunityLink, CommunityRhythm, FormerName
from crm.counting.models import Release
from crm.declared.models import DeclaredCommunity
from crm.directory.models import ChampionWords, DirectoryEntry, EntryCorrection, EntryFact
from crm.equality.models import EqualityTally
from crm.erasing.models import ErasureRequest, Gone
from crm.languages.models import Language
from crm.organisations.models import NetworkMember, Organisation, OrganisationCommunity, Service, SupportGiven
from crm.panels.models import (
    Application,
    Draw,
    MemberNote,
    Membership,
    Panel,
    PanelChange,
    PoolEntry,
    RecruitmentCall,
    Seat,
)
from crm.people.models import (
    ContactWay,
    Intermediary,
    Person,
    PersonHat,
    PersonLanguage,
    PersonRole,
    SafeContactRule,
    Supporter,
)
from crm.privacy.models import ContactPermission, LawfulBasis, Objection, PrivacyNotice, Purpose, Restriction
from crm.search.models import SearchDocument
from crm.sending.models import LetterTemplate, LetterVersion, Message, MessageStep
from crm.venues.models import Venue, VenueFact

__all__ = [
    "AccessNeed",
    "ApiToken",
    "Application",
    "Appointment",
    "Area",
    "AreaFigure",
    "AreaGrouping",
    "AuditEvent",
    "ChampionWords",
    "Community",
    "CommunityFact",
    "CommunityLink",
    "CommunityRhythm",
    "ContactPermission",
    "ContactWay",
    "Council",
    "DeclaredCommunity",
    "DirectoryEntry",
    "Draw",
    "EntryCorrection",
    "EntryFact",
    "EqualityTally",
    "ErasureRequest",
    "FormerName",
    "Gone",
    "GovernanceRole",
    "IdempotencyKey",
    "Influence",
    "Intermediary",
    "Invitation",
    "Language",
    "LawfulBasis",
    "Learning",
    "LetterTemplate",
    "LetterVersion",
    "MemberNote",
    "Membership",
    "Message",
    "MessageStep",
    "NeedReview",
    "NeedShare",
    "NeedType",
    "NetworkMember",
    "NoNeed",
    "Objection",
    "Organisation",
    "OrganisationCommunity",
    "Panel",
    "PanelChange",
    "Person",
    "PersonHat",
    "PersonLanguage",
    "PersonRole",
    "PoolEntry",
    "PrivacyNotice",
    "Purpose",
    "RecruitmentCall",
    "Release",
    "Restriction",
    "Revision",
    "RoleGrant",
    "SafeContactRule",
    "SearchDocument",
    "Seat",
    "Service",
    "SupportGiven",
    "Supporter",
    "Team",
    "User",
    "Venue",
    "VenueFact",
]
