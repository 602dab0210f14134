"""Files when a person is erased: what can be read is read, what cannot is asked about, no file's name names them."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.core.files.storage.memory import InMemoryDirNode
from django.urls import reverse
from openpyxl import Workbook
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, StreamObject
from taggit.models import Tag
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from cms.file_words import words_of
from cms.models import HomePage, InformationPage, MediaVersion, SiteDocument, SitePicture
from crm.base.rules import InputBlocked
from crm.erasing.actions import decide_erasure
from crm.erasing.details import Looked
from crm.erasing.outside import files_found, read_ahead
from crm.erasing.traces import traces_of
from tests.crm.erasing.helpers import EVERYWHERE, LOOKED, a_request
from tests.crm.erasing.traces import EMAIL, NAME, names_her, she_is_known, where_she_stands

WHY = "They asked"
SPOKEN = "Zubeda Kauser Mir"


@pytest.fixture(autouse=True)
def _an_empty_disk():
    """Files of one test are not found by the next; what stood there before comes back, in the same storages, since
    fields hold on to theirs."""
    disks = (default_storage, storages["private"])
    before = [disk._root for disk in disks]
    for disk in disks:
        disk._root = InMemoryDirNode()
    yield
    for disk, root in zip(disks, before, strict=True):
        disk._root = root


def a_pdf(words: str = "", **of_itself: str) -> bytes:
    """A page with words on it, and what the file says of itself."""
    writer, made = PdfWriter(), io.BytesIO()
    page = writer.add_blank_page(300, 300)
    if words:
        letters = StreamObject()
        letters.set_data(f"BT /F1 12 Tf 20 200 Td ({words}) Tj ET".encode())
        page[NameObject("/Contents")] = writer._add_object(letters)
        face = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
        font = DictionaryObject({NameObject(name): NameObject(value) for name, value in face.items()})
        fonts = DictionaryObject({NameObject("/F1"): writer._add_object(font)})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    writer.add_metadata({f"/{name.title()}": value for name, value in of_itself.items()})
    writer.write(made)
    return made.getvalue()


def a_letter(xml: str, name: str = "word/document.xml") -> bytes:
    """A Word or OpenDocument file with this inside."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(name, xml)
    return made.getvalue()


def a_sheet(words: str) -> bytes:
    """An Excel file with words in a cell."""
    book, made = Workbook(), io.BytesIO()
    book.active["B2"] = words
    book.save(made)
    return made.getvalue()


def a_photo(artist: str = "") -> bytes:
    """A JPEG that says who made it, and which way up it is."""
    made, picture = io.BytesIO(), Image.new("RGB", (40, 20), "white")
    exif = Image.Exif()
    exif[0x013B], exif[0x9C9D], exif[0x0112] = artist, artist.encode("utf-16-le"), 6
    picture.save(made, "JPEG", exif=exif, comment=artist.encode())
    return made.getvalue()


def kept(name: str, content: bytes) -> str:
    return default_storage.save(name, ContentFile(content))


def a_document(name: str, content: bytes, title: str = "A paper") -> SiteDocument:
    return SiteDocument.objects.create(title=title, file=ContentFile(content, name=name))


def a_picture(name: str, content: bytes, **facts) -> SitePicture:
    return SitePicture.objects.create(
        **{"title": "A room", "description": "A room", "maker": "The council", "licence": "ours", "people": "nobody",
           **facts}, file=ContentFile(content, name=name)
    )  # fmt: skip


RUNS = "<w:p><w:r><w:t>Zube</w:t></w:r><w:r><w:t>da Kauser</w:t></w:r><w:r><w:t> Mir</w:t></w:r></w:p>"
CELL = "<table:table-cell><text:p>Mir,<text:s/>Zubeda</text:p></table:table-cell>"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("list.pdf", a_pdf(f"{SPOKEN} came")),
        ("named.pdf", a_pdf("Minutes", author=SPOKEN)),
        ("keys.pdf", a_pdf("Minutes", keywords="call 07700 900456")),
        ("letter.docx", a_letter(RUNS)),
        ("author.docx", a_letter(f"<dc:creator>{SPOKEN}</dc:creator>", "docProps/core.xml")),
        ("link.docx", a_letter(f'<Relationship Target="mailto:{EMAIL}"/>', "word/_rels/document.xml.rels")),
        ("table.ods", a_letter(CELL, "content.xml")),
        ("sheet.xlsx", a_sheet("Ring 0044 7700 900 456")),
        ("list.csv", f"name,e-mail\nX,{EMAIL.upper()}\n".encode("utf-16")),
    ],
    ids=["text", "author", "keywords", "runs", "docx-author", "docx-link", "ods", "xlsx", "utf-16"],
)
def test_words_of_documents_are_read_also_what_they_say_of_themselves(world, name, content):
    she_is_known(world)
    document = a_document(name, content)
    found = [file for file in files_found(traces_of(world.person).everything) if file.named]
    assert [(file.key, file.name) for file in found] == [(f"document-{document.pk}", "A paper")]
    assert found[0].address == reverse("wagtaildocs:edit", args=[document.pk])


def test_what_cannot_be_read_is_not_taken_for_empty(world):
    for name, content in (("scan.pdf", a_pdf()), ("broken.pdf", b"no pdf"), ("broken.docx", b"no archive")):
        path = kept(f"documents/{name}", content)
        assert not words_of(path).whole, name


def test_captions_and_files_that_nobody_uses_are_read_too(public_pages):
    she_is_known(public_pages)
    page = HomePage.objects.first()
    film = MediaVersion.objects.create(
        page=page, kind="bsl", language="ur", title="A film",
        captions=ContentFile(f"WEBVTT\n\n00:00.000 --> 00:02.000\n{SPOKEN} says".encode(), name="words.vtt"),
    )  # fmt: skip
    kept("documents/left-behind.csv", EMAIL.encode())
    needles = traces_of(public_pages.person).everything
    found = {file.key.split("-")[0]: file for file in files_found(needles) if file.named}
    assert set(found) == {"recording", "file"}
    assert found["recording"].key == f"recording-{film.pk}-captions"
    assert found["file"].name == "A file that no page and no record uses"


def test_nobody_is_erased_before_somebody_looked_at_the_files(world):
    she_is_known(world)
    document = a_document("list.csv", SPOKEN.encode())
    photo = a_picture("room.jpg", a_photo(), no_words=False)
    a_picture("flower.jpg", a_photo(), no_words=True)
    request = a_request(world)
    with pytest.raises(InputBlocked) as refusal:
        decide_erasure(actor=world.lead, request=request, outcome="granted", reason=WHY)
    (blocker,) = refusal.value.blockers
    assert (blocker.code, blocker.field) == ("not_looked", "looked")
    assert f"document-{document.pk}" in blocker.words
    assert not names_her(blocker.words)
    with pytest.raises(InputBlocked) as refusal:
        decide_erasure(actor=world.lead, request=request, outcome="granted", reason=WHY,
                       looked=Looked(unwanted=[f"picture-{photo.pk}"], looked=True))  # fmt: skip
    assert {blocker.code for blocker in refusal.value.blockers} == {"file_unknown"}
    done = decide_erasure(actor=world.lead, request=request, outcome="granted", reason=WHY, looked=LOOKED)
    assert done.what_happened["file that names them: looked at and kept"] == 1
    assert done.what_happened["file no machine reads: looked at"] >= 1
    assert SiteDocument.objects.filter(pk=document.pk).exists(), "it was about somebody else"


def test_files_that_were_looked_at_are_not_opened_again_while_the_action_holds_the_database(world, monkeypatch):
    she_is_known(world)
    for number in range(230):
        kept(f"documents/{number}.csv", b"a,b")
    request = a_request(world)
    read_ahead()
    opened, plain = [], default_storage.open
    monkeypatch.setattr(default_storage, "open", lambda name, *mode: opened.append(name) or plain(name, *mode))
    decide_erasure(actor=world.lead, request=request, outcome="granted", reason=WHY, looked=LOOKED)
    assert opened == []


def test_chosen_files_go_and_no_name_of_a_file_page_tag_or_redirect_is_left(
    public_pages, signed_in, django_capture_on_commit_callbacks
):
    world = public_pages
    she_is_known(world)
    document = a_document("zubeda-kauser-mir.csv", f"{SPOKEN},{EMAIL}".encode(), title=f"List of {SPOKEN}")
    other = a_document("Mir_Zubeda minutes.csv", b"Nobody", title="Minutes")
    photo = a_picture("Zubeda Mir.jpg", a_photo(), no_words=True, title=f"{SPOKEN} in the hall")
    photo.tags.add(f"with {SPOKEN}")
    rendition = photo.get_rendition("width-20")
    loose = kept("versions/zubeda.mir@example.org.mp4", b"film")
    home = HomePage.objects.get(locale__language_code="en")
    page = InformationPage(title="Meet us", slug="meet-zubeda-kauser-mir", summary="x", body=[])
    home.add_child(instance=page)
    below = InformationPage(title="Below", slug="below", summary="x", body=[])
    page.add_child(instance=below)
    page.save_revision()
    site = page.get_site()
    Redirect.objects.create(old_path="/en/zubeda-mir", redirect_page=page, site=site)
    request = a_request(world)
    decide = f"/workspace/erasures/{request.pk}/decide/"
    lead = signed_in(world.lead)
    shown = lead.get(decide).content.decode()
    assert f'value="document-{document.pk}"' in shown
    assert "What no machine can read" in shown
    sent = {"outcome": "granted", "reason": WHY, "elsewhere": "on", "version": request.version, "once": "a",
            "unwanted": [f"document-{document.pk}"]}  # fmt: skip
    refused = lead.post(decide, sent).content.decode()
    assert "Look at the files first" in refused
    with django_capture_on_commit_callbacks(execute=True):
        assert lead.post(decide, {**sent, "looked": "on", "once": "b"}).status_code == 302
    assert where_she_stands() == []
    assert not SiteDocument.objects.filter(pk=document.pk).exists()
    other.refresh_from_db()
    assert other.file.read() == b"Nobody"
    photo.refresh_from_db()
    assert photo.file.size > 0
    assert not default_storage.exists(rendition.file.name)
    assert not default_storage.exists(loose)
    page.refresh_from_db()
    assert page.slug == f"page-{page.pk}"
    assert page.get_latest_revision_as_object().slug == page.slug
    below.refresh_from_db()
    assert below.url_path == f"{page.url_path}below/"
    assert not Redirect.objects.filter(redirect_page=page).exists(), "nothing leads on from the old address"
    assert not Tag.objects.filter(name__icontains="zubeda").exists()
    assert Page.objects.get(pk=below.pk).url_path == below.url_path


def test_a_name_in_an_address_stays_where_nobody_looked(public_pages):
    world = public_pages
    she_is_known(world)
    home = HomePage.objects.get(locale__language_code="en")
    page = InformationPage(title="A namesake", slug="zubeda-kauser-mir", summary="x", body=[])
    home.add_child(instance=page)
    decide_erasure(actor=world.lead, request=a_request(world), outcome="granted", reason=WHY, looked=LOOKED)
    page.refresh_from_db()
    assert page.slug == "zubeda-kauser-mir"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_kept_without_what_it_says_of_itself_and_the_right_way_up(world, kind):
    made, picture = io.BytesIO(), Image.new("RGB", (40, 20), "red")
    exif = Image.Exif()
    exif[0x013B], exif[0x0112] = NAME, 6
    picture.save(made, kind, exif=exif, xmp=f"<x>{SPOKEN}</x>".encode()) if kind != "PNG" else picture.save(
        made, kind, exif=exif
    )
    photo = a_picture(f"room.{kind.lower()}", made.getvalue())
    with photo.file.open("rb") as file:
        content = file.read()
    assert not names_her(content.decode("latin-1"))
    with Image.open(io.BytesIO(content)) as shown:
        assert (shown.size, dict(shown.getexif()), "xmp" in shown.info) == ((20, 40), {}, False)
        assert shown.convert("RGB").getpixel((5, 5))[0] > 240
    photo.refresh_from_db()
    assert (photo.width, photo.height) == (20, 40)
    assert photo.file_size in (None, len(content))


def test_a_picture_from_before_is_put_right_when_it_says_who(world, django_capture_on_commit_callbacks):
    she_is_known(world)
    photo = a_picture("room.jpg", a_photo())
    SitePicture.objects.filter(pk=photo.pk).update(file=kept("original_images/old.jpg", a_photo(SPOKEN)))
    assert "original_images/old.jpg" in where_she_stands(), "the search finds what is there"
    with django_capture_on_commit_callbacks(execute=True):
        decide_erasure(actor=world.lead, request=a_request(world), outcome="granted", reason=WHY, looked=EVERYWHERE)
    photo.refresh_from_db()
    assert where_she_stands() == []
    assert not names_her(photo.file.read().decode("latin-1"))


def test_a_recording_that_is_replaced_or_deleted_leaves_no_file_behind(
    public_pages, django_capture_on_commit_callbacks
):
    film = MediaVersion.objects.create(
        page=HomePage.objects.first(), kind="bsl", language="pa", title="A film",
        file=ContentFile(b"one", name="one.mp4"),
    )  # fmt: skip
    first = film.file.name
    film.file = ContentFile(b"two", name="two.mp4")
    with django_capture_on_commit_callbacks(execute=True):
        film.save()
    assert not default_storage.exists(first)
    second = film.file.name
    assert default_storage.exists(second)
    with django_capture_on_commit_callbacks(execute=True):
        film.delete()
    assert not default_storage.exists(second)
