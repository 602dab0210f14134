"""What the body of a page is made of: few kinds of block, none of which can hide words from a screen reader."""

from __future__ import annotations

from django.conf import settings
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock, ImageChooserBlock

from cms.pictures import PICTURES


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

    class Meta:
        icon = "image"
        template = "public/blocks/picture.html"


class BodyBlocks(blocks.StreamBlock):
    """The body of an information page."""

    heading = blocks.CharBlock(icon="title", template="public/blocks/heading.html", max_length=100)
    paragraph = blocks.RichTextBlock(features=["bold", "ul", "link"], template="public/blocks/paragraph.html")
    address = AddressBlock()
    picture = PictureBlock()
    document = DocumentChooserBlock(template="public/blocks/document.html")


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
