"""Addresses of the log."""

from django.urls import path

from engagement.log.views import contacts, lists, lost, phone, points, promises
from engagement.log.views.logging import LogContact
from engagement.log.views.newcomers import AddNewcomer

urlpatterns = [
    path("contacts/", contacts.ContactList.as_view(), name="contacts"),
    path("contacts/new/", LogContact.as_view(), name="log-contact"),
    path("contacts/new/somebody/", AddNewcomer.as_view(), name="log-newcomer"),
    path("contacts/phone/", phone.ContactsOnThisPhone.as_view(), name="contacts-on-this-phone"),
    path("contacts/phone/key/", phone.PhoneKey.as_view(), name="phone-key"),
    path("contacts/phone/send/", phone.SendFromPhone.as_view(), name="send-from-phone"),
    path("heard.webmanifest", phone.Manifest.as_view(), name="manifest"),
    path("phone-worker.js", phone.PhoneWorker.as_view(), name="phone-worker"),
    path("contacts/export/", contacts.ExportContacts.as_view(), name="export-contacts"),
    path("contacts/nobody-reads/", lost.LostContacts.as_view(), name="lost-contacts"),
    path("contacts/<uuid:pk>/reader/", lost.NameReaderOfContact.as_view(), name="name-reader-of-contact"),
    path("contacts/<uuid:pk>/", contacts.Contact.as_view(), name="contact"),
    path("contacts/<uuid:pk>/correct/", contacts.CorrectContact.as_view(), name="correct-contact"),
    path("contacts/<uuid:pk>/next-step/", contacts.FinishNextStep.as_view(), name="finish-next-step"),
    path("contacts/<uuid:pk>/withdraw/", contacts.WithdrawContact.as_view(), name="withdraw-contact"),
    path("contacts/<uuid:pk>/readers/", contacts.RestrictContact.as_view(), name="restrict-contact"),
    path("contacts/<uuid:pk>/safeguarding/", contacts.PassOnSafeguarding.as_view(), name="pass-on-safeguarding"),
    path("contacts/<uuid:pk>/points/new/", points.AddPoint.as_view(), name="add-point"),
    path("contacts/<uuid:pk>/points/<uuid:point>/", points.CorrectPoint.as_view(), name="correct-point"),
    path("contacts/<uuid:pk>/promises/new/", promises.AddPromise.as_view(), name="add-promise"),
    path("lists/", lists.Lists.as_view(), name="lists"),
    path("topics/new/", lists.AddTopic.as_view(), name="add-topic"),
    path("topics/<uuid:pk>/change/", lists.ChangeTopic.as_view(), name="change-topic"),
    path("barriers/new/", lists.AddBarrier.as_view(), name="add-barrier"),
    path("barriers/<uuid:pk>/change/", lists.ChangeBarrier.as_view(), name="change-barrier"),
    path("access-support/new/", lists.AddAccessSupport.as_view(), name="add-access-support"),
    path("access-support/<uuid:pk>/change/", lists.ChangeAccessSupport.as_view(), name="change-access-support"),
    path("promises/", promises.PromiseList.as_view(), name="promises"),
    path("promises/<uuid:pk>/", promises.PromisePage.as_view(), name="promise"),
    path("promises/<uuid:pk>/keep/", promises.KeepPromise.as_view(), name="keep-promise"),
    path("promises/<uuid:pk>/change/", promises.ChangePromise.as_view(), name="change-promise"),
    path("promises/<uuid:pk>/break/", promises.BreakPromise.as_view(), name="break-promise"),
    path("promises/<uuid:pk>/withdraw/", promises.WithdrawPromise.as_view(), name="withdraw-promise"),
    path("promises/<uuid:pk>/reopen/", promises.ReopenPromise.as_view(), name="reopen-promise"),
]
