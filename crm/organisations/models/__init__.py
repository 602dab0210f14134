"""Groups and organisations, the networks they form, what they offer and what they were given."""

from crm.organisations.models.networks import NetworkMember, Service, SupportGiven
from crm.organisations.models.organisations import Organisation, OrganisationCommunity, ways_to_know

__all__ = ["NetworkMember", "Organisation", "OrganisationCommunity", "Service", "SupportGiven", "ways_to_know"]
