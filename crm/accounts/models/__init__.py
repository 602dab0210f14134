"""Accounts and what they may do."""

from crm.accounts.models.keys import ApiToken, IdempotencyKey, TokenScope
from crm.accounts.models.users import Invitation, RoleGrant, Team, User

__all__ = ["ApiToken", "IdempotencyKey", "Invitation", "RoleGrant", "Team", "TokenScope", "User"]
