"""What the body of a page is made of: few kinds of block, none of which can hide words from a screen reader."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock, ImageChooserBlock

from cms import living
from cms.living import Wanted
from cms.pictures import PICTURES
from crm.directory.models import EntryFact


def language_choices() -> list[tuple[str, str]]:
    """The languages that a piece of a page may be in."""
    return list(settings.LANGUAGES)


def picture_choices() -> list[tuple[str, str]]:
    """The pictures there are, each with what it shows."""
    return list(PICTURES.items())


class AddressBlock(blocks.StructBlock):
    """Words that stay as they are in every language: an address, a name. Screen readers are told the language."""

    words = blocks.TextBlock(help_text="As it stands on the door or the envelope. One line for each line.")
    language = blocks.ChoiceBlock(choices=language_choices, default="en")

    class Meta:
        icon = "home"
        template = "public/blocks/address.html"


class PictureBlock(blocks.StructBlock):
    """A picture, with what it shows for people who cannot see it, or the word that it only decorates."""

    image = ImageBlock()
    caption = blocks.CharBlock(required=False, max_length=200)
    caption.meta.default = ""  # not None: translating takes words only

    class Meta:
        icon = "image"
        template = "public/blocks/picture.html"


class ForumsBlock(blocks.StructBlock):
    """Forums that are coming, as the record has them: of a place, for a community, or all."""

    locality = blocks.ChoiceBlock(choices=living.places, required=False, help_text="Empty: everywhere.")
    community = blocks.ChoiceBlock(choices=living.communities, required=False, help_text="Empty: for everybody.")
    most = blocks.IntegerBlock(min_value=1, max_value=20, default=5)

    class Meta:
        icon = "date"
        template = "public/blocks/forums.html"

    def get_context(self, value: Any, parent_context: Any = None) -> Any:
        """Adds the forums as they stand this moment."""
        forums = living.forums_for(value["locality"] or "", value["community"] or "", value["most"])
        return {**super().get_context(value, parent_context), "forums": forums}


class CallsBlock(blocks.StructBlock):
    """Panels that look for people today."""

    most = blocks.IntegerBlock(min_value=1, max_value=20, default=5)

    class Meta:
        icon = "group"
        template = "public/blocks/calls.html"

    def get_context(self, value: Any, parent_context: Any = None) -> Any:
        """Adds the calls as they stand this moment."""
        return {**super().get_context(value, parent_context), "calls": living.open_calls(value["most"])}


class ChampionsBlock(blocks.StructBlock):
    """What champions say in their own words, as they agreed to it."""

    locality = blocks.ChoiceBlock(choices=living.places, required=False, help_text="Empty: everywhere.")
    most = blocks.IntegerBlock(min_value=1, max_value=20, default=3)

    class Meta:
        icon = "openquote"
        template = "public/blocks/champions.html"

    def get_context(self, value: Any, parent_context: Any = None) -> Any:
        """Adds their words as they stand this moment."""
        champions = living.champions_speaking(value["locality"] or "", value["most"])
        return {**super().get_context(value, parent_context), "champions": champions}


class GroupsBlock(blocks.StructBlock):
    """Groups of the directory: of a place, of a language, of a community, or with something for access."""

    locality = blocks.ChoiceBlock(choices=living.places, required=False, help_text="Empty: everywhere.")
    language = blocks.ChoiceBlock(choices=living.spoken, required=False, help_text="Empty: any.")
    community = blocks.ChoiceBlock(choices=living.communities, required=False, help_text="Empty: any.")
    access = blocks.ChoiceBlock(choices=EntryFact.About.choices, required=False, help_text="Empty: any.")
    most = blocks.IntegerBlock(min_value=1, max_value=20, default=6)

    class Meta:
        icon = "group"
        template = "public/blocks/groups.html"

    def get_context(self, value: Any, parent_context: Any = None) -> Any:
        """Adds the groups as they stand this moment."""
        names = ("locality", "language", "community", "access")
        groups = living.groups_listed(Wanted(**{name: value[name] or "" for name in names}))[: value["most"]]
        return {**super().get_context(value, parent_context), "groups": list(groups)}


class BodyBlocks(blocks.StreamBlock):
    """The body of an information page."""

    heading = blocks.CharBlock(icon="title", template="public/blocks/heading.html", max_length=100)
    paragraph = blocks.RichTextBlock(features=["bold", "ul", "link"], template="public/blocks/paragraph.html")
    address = AddressBlock()
    picture = PictureBlock()
    document = DocumentChooserBlock(template="public/blocks/document.html")
    forums = ForumsBlock()
    calls = CallsBlock(label="Panels that look for people")
    champions = ChampionsBlock(label="Champions in their own words")
    groups = GroupsBlock(label="Groups of the directory")


class HardWord(blocks.StructBlock):
    """A hard word and what it means, in at most 15 words."""

    word = blocks.CharBlock(max_length=60)
    meaning = blocks.CharBlock(max_length=150, help_text="What it means, in at most 15 easy words.")

    class Meta:
        icon = "help"


class EasyReadRow(blocks.StructBlock):
    """One picture and one or two short sentences beside it that say what it shows."""

    picture = blocks.ChoiceBlock(
        choices=picture_choices, required=False, help_text="One picture for one idea. Or choose one of your own below."
    )
    own_picture = ImageChooserBlock(required=False, help_text="A picture of the council's own, without words in it.")
    words = blocks.RichTextBlock(
        features=["bold"], help_text="One or two sentences, 15 words each at most. Hard words bold. One line for each."
    )
    address = blocks.TextBlock(required=False, help_text="An English address or name, kept as it is.")
    address.meta.default = ""
    hard_words = blocks.ListBlock(HardWord(), default=[], label="Hard words explained")

    class Meta:
        icon = "image"


class EasyReadSection(blocks.StructBlock):
    """A heading and its rows."""

    heading = blocks.CharBlock(max_length=60)
    rows = blocks.ListBlock(EasyReadRow())

    class Meta:
        icon = "list-ul"


class EasyReadBlocks(blocks.StreamBlock):
    """The body of an Easy Read page."""

    section = EasyReadSection()

    class Meta:
        template = "public/blocks/easy_read.html"


class LetterBlock(blocks.StructBlock):
    """A letter to copy: what it is for, and its words. Gaps to fill in stand in square brackets."""

    name = blocks.CharBlock(max_length=100, help_text="What the letter is for.")
    words = blocks.TextBlock(help_text="The letter. Write what people must fill in like this: [your name].")

    class Meta:
        icon = "mail"
        template = "public/blocks/letter.html"


class LetterBlocks(blocks.StreamBlock):
    """Letters, one after the other."""

    letter = LetterBlock()
