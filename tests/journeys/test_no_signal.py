"""An officer logs contacts where there is no signal: they wait on the phone, locked, and each is sent exactly once."""

import pytest
from playwright.sync_api import expect

from crm.accounts.actions import end_role, give_role, report_phone_lost
from crm.accounts.details import RoleDetails
from engagement.log.models import EngagementEvent

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
NEW, PHONE = "/workspace/contacts/new/", "/workspace/contacts/phone/"
AT_HAND = """async () => {
    const kept = await caches.open("heard-phone");
    while (!(await kept.match("/workspace/contacts/phone/"))) await new Promise((wake) => setTimeout(wake, 20));
    await navigator.serviceWorker.ready;
}"""
MOVED = """() => new Promise((told) => new PerformanceObserver((list) => told(
    list.getEntries().reduce((sum, entry) => sum + entry.value, 0))).observe({type: "layout-shift", buffered: true})
    ?? setTimeout(() => told(0), 300))"""  # how far the page moved by itself, as browsers reckon it; 0 is still
FULL = "This phone cannot save more. Copy your note now, then find signal"
REFUSE_STORAGE = "() => { IDBObjectStore.prototype.put = () => { throw new DOMException('', 'QuotaExceededError') } }"


def write(page, group, words):
    """The log page, filled and saved."""
    page.goto(NEW)
    page.get_by_label(group.name, exact=True).check()
    page.get_by_label("What did people tell you?").fill(words)
    page.locator("label[for=id_promised_0]").click()
    page.get_by_role("button", name="Save contact").click()


def told():
    """Every sentence that was sent, as often as it stands there, without that of the contact made before."""
    words = (event.points.get().words for event in EngagementEvent.objects.all())
    return sorted(said for said in words if not said.startswith("Nobody told us"))


def test_three_contacts_wait_without_signal_survive_a_closed_tab_and_are_each_sent_once(
    cast, open_page, sign_in_by_the_page, look_over
):
    cast.contact()
    page = open_page(service_workers="allow")
    sign_in_by_the_page(page, cast.amina)
    page.goto(NEW)
    page.evaluate(AT_HAND)
    phone = page.context
    phone.set_offline(True)
    for words in ("One.", "Ring 07700 900123.", "Three."):
        write(page, cast.group, words)
        page.wait_for_url(f"**{PHONE}#saved")
        page.get_by_text("It has not been sent yet.").wait_for()
    look_over(page)
    page.close()

    page = phone.new_page()
    page.goto(NEW)
    page.get_by_text("No signal. You can carry on.").wait_for()
    expect(page.get_by_text("3 contacts are saved on this phone. They will send when you have signal.")).to_be_visible()
    page.evaluate(REFUSE_STORAGE)
    page.get_by_role("button", name="Save contact").click()
    page.get_by_role("alert").get_by_text(FULL).wait_for()
    assert told() == []

    page.goto(PHONE)
    phone.set_offline(False)
    page.get_by_text("Needs a change: You may have written a phone number").wait_for()
    page.get_by_text("Sent", exact=True).nth(1).wait_for()
    assert told() == ["One.", "Three."]

    page.get_by_role("link", name="Open it").click()
    page.get_by_text("Needs a change: You may have written a phone number").wait_for()
    expect(page.get_by_label("What did people tell you?")).to_have_value("Ring 07700 900123.")
    page.get_by_label("What did people tell you?").fill("Ring her.")
    page.get_by_role("button", name="Save contact").click()
    page.wait_for_url("**/workspace/contacts/*/?saved=1")
    assert told() == ["One.", "Ring her.", "Three."]


def test_another_person_on_the_same_phone_reads_nothing_and_what_waits_is_not_lost(
    cast, open_page, sign_in_by_the_page
):
    cast.contact()
    page = open_page(service_workers="allow")
    sign_in_by_the_page(page, cast.amina)
    page.goto(NEW)
    page.evaluate(AT_HAND)
    page.context.set_offline(True)
    write(page, cast.group, "Only mine.")
    page.wait_for_url(f"**{PHONE}#saved")
    page.context.set_offline(False)
    page.context.clear_cookies(name="sessionid")
    page.reload()
    page.get_by_text("Sign in to send 1 contact. It is still saved on this phone.").wait_for()

    sign_in_by_the_page(page, cast.joe)
    page.goto(PHONE)
    page.get_by_text("1 contact of another person is saved on this phone, locked.").wait_for()
    expect(page.locator("main")).not_to_contain_text(cast.group.name)
    page.context.clear_cookies(name="sessionid")

    sign_in_by_the_page(page, cast.amina)
    page.goto(PHONE)
    page.get_by_text("Sent", exact=True).wait_for()
    assert told()[-1] == "Only mine."


def test_what_waits_goes_by_the_button_or_at_the_next_look_and_says_what_holds_it_back(
    cast, open_page, sign_in_by_the_page
):
    cast.contact()
    page = open_page(viewport={"width": 1280, "height": 900})
    sign_in_by_the_page(page, cast.amina)

    def wait_on_the_phone(words):
        page.route(f"**{PHONE}send/", lambda route: route.abort())
        write(page, cast.group, words)
        page.wait_for_url(f"**{PHONE}#saved")
        page.get_by_text("1 contact is saved on this phone. It will send when you have signal.").wait_for()
        page.unroute(f"**{PHONE}send/")

    def look_again():
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

    page.goto(NEW)
    page.get_by_text("Online. Everything you logged today has been sent.").wait_for()
    assert page.evaluate(MOVED) < 0.001, "something moved under the pointer when the line about the signal came"
    wait_on_the_phone("By the button.")
    page.get_by_role("button", name="Try to send now").click()
    page.get_by_text("Sent", exact=True).wait_for()

    wait_on_the_phone("At the next look.")
    end_role(actor=cast.administrator, grant=cast.amina.grants.get())
    look_again()
    page.get_by_text("You may not log contacts any more, so what you wrote was not sent.").wait_for()
    give_role(actor=cast.administrator, user=cast.amina, details=RoleDetails(role="officer", team=cast.east_team))
    look_again()
    page.get_by_text("Sent", exact=True).nth(1).wait_for()

    wait_on_the_phone("On a lost phone.")
    report_phone_lost(actor=cast.administrator, user=cast.amina)
    look_again()
    page.get_by_text("Sign in to send 1 contact. It is still saved on this phone.").wait_for()
    expect(page.get_by_text("A contact. Sign in to read it.")).to_be_visible()
    sign_in_by_the_page(page, cast.amina)
    page.goto(PHONE)
    page.get_by_text("1 contact can never be opened again. Log it again.").wait_for()
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Delete it from this phone").click()
    page.get_by_text("Everything is sent.").wait_for()
    assert told() == ["At the next look.", "By the button."]
