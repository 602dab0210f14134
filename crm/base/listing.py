"""What every list shares: filters in the address as ids, choices and days, 25 rows a page."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from crm.base.forms import GovukBoundField, GovukRenderer, say_plainly
from crm.base.views import WorkspacePage, page_of
from crm.base.wrong import NO_SUCH_RECORD

ADDRESS_ALONE = frozenset({"page", "narrow", "saved"})  # what a list's address may say beside its filters
NOTHING = ("", "unknown")  # what a filter sends that nobody set
NEITHER = "\u201c%s\u201d is neither yes nor no."
NOT_NARROWED = {"form": None, "unread": (), "narrowing": False, "filters": (), "carried": (), "kept": (), "address": ""}


class Listing(WorkspacePage):
    """A list with a plain GET form of filters; the button stands at its bottom (MOJ: at the top keyboards miss it).

    The filters are made when somebody narrows the list: with their lists of communities, wards and colleagues they took
    about half of the time of the list of contacts.
    """

    filterset: ClassVar[type[Any]]
    shown_filters: ClassVar[tuple[str, ...]] = ()

    def rows(self) -> Any:
        """What this reader may see, in the list's order."""
        raise NotImplementedError(type(self).__name__)

    def offered(self) -> tuple[str, ...]:
        """The names of the filters its form offers."""
        return self.shown_filters

    def paged(self, rows: Any) -> Any:
        """One page of the rows."""
        return page_of(rows, self.request)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """One page, the filter form, and the rest of the address for the links to other pages."""
        if self.request.GET.keys() <= {"page"}:
            shown = {"page": self.paged(self.rows()), **NOT_NARROWED}
        else:
            shown = self._narrowed()
        return super().get_context_data(left_out=self._left_out(shown), **shown, **kwargs)

    def _left_out(self, shown: dict[str, Any]) -> list[str]:
        """What the address asks for and this list does not have, in words: a filter that is misspelt or names no
        record, a page that is not there any more. The reader would take the list for what they asked for."""
        known = set(self.filterset.base_filters) | ADDRESS_ALONE
        unknown = [name for name in self.request.GET if name not in known]
        words = [f"There is no filter \u201c{name[:40]}\u201d here, so it narrows nothing." for name in unknown[:5]]
        words += [f"{said} So it narrows nothing." for said in shown["unread"]]
        asked = self.request.GET.get("page", "")
        if asked and asked != str(shown["page"].number):
            words.append(f"There is no page {asked[:10]}. This is page {shown['page'].number}.")
        return words

    def _narrowed(self) -> dict[str, Any]:
        offered = self.offered()
        narrowed = self.filterset(self.request.GET, queryset=self.rows(), request=self.request)
        form = narrowed.form
        form.renderer, form.bound_field_class = GovukRenderer(), GovukBoundField
        asked = {name: self.request.GET[name] for name in self.request.GET if name in form.fields}
        neither = {name: value for name, value in asked.items() if _is_neither(form, name, value)}
        kept = [(name, value) for name, value in asked.items() if value not in NOTHING and name not in neither]
        for field in form.fields.values():
            _say_in_words(field)
            say_plainly(field)
            if isinstance(field.widget, forms.NumberInput | forms.TextInput | forms.DateInput):
                field.widget.attrs["class"] = "govuk-input--width-10"
        address = self.request.GET.copy()
        for name in address.keys() - self.filterset.base_filters.keys():
            address.pop(name)  # links to other pages carry filters alone
        open_ = "narrow" in self.request.GET or any(name in offered for name, _ in kept)
        page = self.paged(narrowed.qs)
        _no_such_records(form)
        hidden = form.fields.keys() - set(offered)
        unreadable = any(name in form.errors for name in offered)
        return {
            "page": page,
            "form": form if unreadable else None,
            "unread": [
                *(f"{form.fields[name].label}: {NEITHER % value[:40]}" for name, value in neither.items()),
                *(f"{form.fields[name].label}: {NO_SUCH_RECORD}" for name in form.errors if name in hidden),
            ],
            "narrowing": open_,
            "filters": [form[name] for name in offered] if open_ else [],
            "carried": [(name, value) for name, value in kept if name not in offered],
            "kept": kept,
            "address": address.urlencode(),
        }


def _is_neither(form: forms.Form, name: str, value: str) -> bool:
    """Whether a yes-or-no was asked with something else."""
    field = form.fields[name]
    return isinstance(field, forms.NullBooleanField) and value not in NOTHING and form[name].value() is None


def _no_such_records(form: forms.Form) -> None:
    """An id that is none reads like that of a record nobody may see."""
    for name in list(form.errors):
        if isinstance(form.fields.get(name), forms.ModelChoiceField):
            form.errors[name] = form.error_class([NO_SUCH_RECORD], renderer=form.renderer)


def _say_in_words(field: forms.Field) -> None:
    """A yes-or-no nobody set reads "All"; one that only ever narrows ("Only mine") offers itself, not yes and no."""
    if isinstance(field.widget, forms.NullBooleanSelect):
        narrows = str(field.label).startswith("Only ")
        choices = [("true", field.label)] if narrows else [("true", "Yes"), ("false", "No")]
        field.widget.choices = [("unknown", "All"), *choices]
    elif isinstance(field, forms.DateField):
        field.help_text = "Like 24/11/2026"
        field.error_messages["invalid"] = "Enter a real date, like 24/11/2026"
