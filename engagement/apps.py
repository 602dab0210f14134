"""The engagement app."""

from django.apps import AppConfig

from crm.base.demonstration import demonstration_parts
from crm.base.menu import MenuEntry, menu
from crm.base.timeline import home_cards, subject_cards, timeline_sources


class EngagementConfig(AppConfig):
    """Fills the registries that lower rooms offer."""

    name = "engagement"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """What the log shows elsewhere, and its entries in the menu."""
        from engagement.log import cards, permissions

        menu.add("log-contact", MenuEntry("Log a contact", "workspace:log-contact", 15, permissions.log_event))
        menu.add("contacts", MenuEntry("Contacts", "workspace:contacts", 20, permissions.read_events))
        menu.add("promises", MenuEntry("Promises", "workspace:promises", 25, permissions.read_promises))
        home_cards.add("today", cards.today_card)
        home_cards.add("promises", cards.promises_card)
        home_cards.add("quiet", cards.quiet_card)
        subject_cards.add("promises", cards.promises_about)
        subject_cards.add("heard", cards.quiet_about)
        timeline_sources.add("contacts", cards.contacts_about)
        self._follow_corrected_areas()
        self._say_what_leads_to_people()
        self._take_part_in_the_demonstration()

    def _follow_corrected_areas(self) -> None:
        """A contact's locality is the one its ward lay in on its day, also when that was entered wrong at first."""
        from crm.areas.actions import groupings_corrected
        from engagement.log.localities import find_localities_of_contacts_again

        groupings_corrected.add("contacts", find_localities_of_contacts_again)

    def _take_part_in_the_demonstration(self) -> None:
        """The lists and the contacts of the demonstration."""
        from engagement.demonstration.contacts import load_contacts
        from engagement.demonstration.lists import load_lists

        demonstration_parts.add("lists", load_lists)
        demonstration_parts.add("contacts", load_contacts)

    def _say_what_leads_to_people(self) -> None:
        """What the log keeps about a person, for merging, erasing, exporting and keeping; and what search finds."""
        from engagement.log.finding import register_kinds
        from engagement.log.relations import declare_relations_of_log

        declare_relations_of_log()
        register_kinds()
