"""Forms as GOV.UK Frontend lays them out, by Django's own renderer; only forms that say so look like this."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from crm.base import wrong
from crm.base.held import OPENED, opened_as
from crm.base.rules import Blocked

# First match wins: CheckboxSelectMultiple is a RadioSelect to Django, and both are Select-like.
LOOKS: list[tuple[type[forms.Widget], str, str]] = [
    (forms.MultiWidget, "date", ""),
    (forms.CheckboxSelectMultiple, "checkboxes", "govuk-checkboxes__input"),
    (forms.RadioSelect, "radios", "govuk-radios__input"),
    (forms.CheckboxInput, "checkbox", "govuk-checkboxes__input"),
    (forms.Textarea, "textarea", "govuk-textarea"),
    (forms.Select, "select", "govuk-select"),
    (forms.DateInput, "input", "govuk-input"),
    (forms.TextInput, "input", "govuk-input"),
]


def look_of(widget: forms.Widget) -> tuple[str, str]:
    """Which component shows this widget, and the class its control bears."""
    for kind, component, css in LOOKS:
        if isinstance(widget, kind):
            return component, css
    return "input", "govuk-input"


class GovukBoundField(BoundField):
    """A field on a page: knows its component, and the ids its hint and error are read out by."""

    @property
    def component(self) -> str:
        """date, radios, checkboxes, checkbox, textarea, select or input."""
        return look_of(self.field.widget)[0]

    @property
    def is_group(self) -> bool:
        """Whether the label is the legend of a group of controls."""
        return self.component in ("radios", "checkboxes", "date")

    @property
    def headed(self) -> list[tuple[str, Any]]:
        """Each option with the heading that stands above it; empty for most. No query: rows have no headings."""
        headings: dict[int, str] = {}
        place = 0
        choices = getattr(self.field, "choices", ())
        for value, words in choices if isinstance(choices, list) else ():
            if isinstance(words, list | tuple):
                headings[place] = str(value)
                place += len(words)
            else:
                place += 1
        return [(headings.get(number, ""), option) for number, option in enumerate(self.subwidgets)]

    @property
    def first_id(self) -> str:
        """The id an error link jumps to: of a group, its first control."""
        return f"{self.auto_id}_0" if self.is_group else str(self.auto_id)

    @property
    def described_by(self) -> str:
        """The ids of hint, what was saved meanwhile, and error."""
        ids = [f"{self.auto_id}-hint"] if self.help_text else []
        if self.meanwhile:
            ids.append(f"{self.auto_id}-meanwhile")
        if self.errors:
            ids.append(f"{self.auto_id}-error")
        return " ".join(ids)

    @property
    def meanwhile(self) -> str:
        """What somebody else saved here while the form was open."""
        told: dict[str, str] = getattr(self.form, "meanwhile", {})
        return told.get(self.html_name, "")

    def as_widget(self, *args: Any, **kwargs: Any) -> SafeString:
        """As Django's; with the version goes what the form held when it was opened."""
        shown = super().as_widget(*args, **kwargs)
        if self.name != "version" or not isinstance(self.form, GovukForm):
            return shown
        return format_html('{}<input type="hidden" name="{}" value="{}">', shown, OPENED, self.form.opened)

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        """The control's class, its error look, and what describes it. Nothing is marked `required`: the browser's own
        bubbles are not read out well, and our words are kinder. Nothing is marked `maxlength`: the browser would cut
        off what is pasted and say nothing, where we give it back whole and say what is too long."""
        made = dict(super().build_widget_attrs(attrs, widget))
        for name in ("required", "aria-describedby", "aria-invalid"):
            made.pop(name, None)
        made |= dict.fromkeys(self.field.widget.attrs.keys() & {"maxlength", "minlength"}, False)  # written nowhere
        component, css = look_of(widget or self.field.widget)
        if css:
            extra = self.field.widget.attrs.get("class", "")
            error = f" {css}--error" if self.errors and not self.is_group and component != "checkbox" else ""
            made["class"] = f"{css}{error} {extra}".strip()
        if not self.is_group and self.described_by:
            made["aria-describedby"] = self.described_by
        if self.errors and not self.is_group:
            made["aria-invalid"] = "true"
        return made


class GovukRenderer(TemplatesSetting):
    """Renders a field through templates/components/field.html."""

    field_template_name = "components/field.html"
    bound_field_class = GovukBoundField

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        """As Django's, but long lists to choose from are written at once: a template for each of sixty options took
        half of the time of a list page."""
        if template_name == forms.Select.template_name:
            return select_html(context["widget"])
        return super().render(template_name, context, request)


def select_html(widget: dict[str, Any]) -> SafeString:
    """A select with its options and groups of options, every value and label escaped."""
    groups = [
        format_html('<optgroup label="{}">{}</optgroup>', name, _options(options)) if name else _options(options)
        for name, options, _ in widget["optgroups"]
    ]
    attributes = flatatt(widget["attrs"])
    return format_html('<select name="{}"{}>{}</select>', widget["name"], attributes, mark_safe("".join(groups)))  # noqa: S308


def _options(options: list[dict[str, Any]]) -> SafeString:
    return mark_safe("".join(map(_option, options)))  # noqa: S308


def _option(option: dict[str, Any]) -> str:
    selected = " selected" if option["selected"] else ""
    return f'<option value="{escape(str(option["value"]))}"{selected}>{escape(str(option["label"]))}</option>'


class GovukForm(forms.Form):
    """A form of the workspace: it translates, holds no rule and never saves."""

    default_renderer = GovukRenderer
    required_css_class = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.meanwhile: dict[str, str] = {}
        self.changed: dict[str, str] = {}
        self._opened = ""

    @property
    def opened(self) -> str:
        """The marks of what the form held when it was opened; they stay the same until it is saved."""
        return self._opened or (str(self.data.get(OPENED, "")) if self.is_bound else opened_as(self))

    def say_meanwhile(self, beside: dict[str, str], changed: dict[str, str]) -> None:
        """Words that stand beside fields, and what changed in each, by the names they are sent with."""
        self.meanwhile, self.changed = beside, changed
        for many in getattr(self, "rows", {}).values():
            for row in many:
                row.meanwhile = beside

    def full_clean(self) -> None:
        """What cannot be read is told in our words, as the API tells it; other languages have Django's."""
        if (get_language() or "en").startswith("en"):
            for field in self.fields.values():
                say_plainly(field)
        super().full_clean()

    def add_error(self, field: str | None, error: Any) -> None:
        """An id that is none reads like that of a record nobody may see."""
        is_record = isinstance(self.fields.get(field or ""), forms.ModelChoiceField)
        if is_record and isinstance(error, forms.ValidationError) and getattr(error, "code", "") == "invalid":
            error = forms.ValidationError(wrong.NO_SUCH_RECORD, code="invalid_choice")
        super().add_error(field, error)

    def add_blockers(self, blocked: Blocked) -> None:
        """Put an action's reasons beside their fields; those for no field of this form go on top."""
        for field, words in blocked.by_field().items():
            for line in words:
                self.add_error(field if field in self.fields else None, line)


def say_plainly(field: forms.Field) -> None:
    """Give a field our words for what cannot be read, where it has none of its own."""
    told, plain = field.error_messages, {}
    if isinstance(field, forms.ModelChoiceField):
        plain = {"invalid_choice": wrong.NO_SUCH_RECORD, "invalid_pk_value": wrong.NO_SUCH_RECORD}
    elif isinstance(field, forms.ChoiceField):
        plain = {"invalid_choice": wrong.not_one_of(_values(field.choices)).replace("%", "%%")}
    elif isinstance(field, forms.CharField):
        plain = {"max_length": wrong.too_long("%(limit_value)d")}
    elif type(field) is forms.IntegerField:
        plain = {"invalid": wrong.NOT_A_NUMBER}
        plain |= {"min_value": wrong.too_small(field.min_value)} if isinstance(field.min_value, int) else {}
        plain |= {"max_value": wrong.too_large(field.max_value)} if isinstance(field.max_value, int) else {}
    for code, words in plain.items():
        if told.get(code) == _django_says(field, code):
            told[code] = words


def _django_says(field: forms.Field, code: str) -> Any:
    """The framework's own words; None for what its validators say."""
    for kind in type(field).__mro__:
        if code in (said := vars(kind).get("default_error_messages", {})):
            return said[code]
    return None


def _values(choices: Any) -> Iterator[str]:
    """What may be answered, also in groups of choices."""
    for value, words in choices:
        if isinstance(words, list | tuple):
            yield from _values(words)
        else:
            yield str(value)


class ThreeBoxDate(forms.MultiWidget):
    """Day, month and year in three boxes: date pickers are slow by keyboard and screen reader (GOV.UK, date input)."""

    template_name = "components/date_boxes.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        box = {"inputmode": "numeric", "class": "govuk-input govuk-date-input__input govuk-input--width-2"}
        year = {**box, "class": "govuk-input govuk-date-input__input govuk-input--width-4"}
        widgets: dict[str, forms.Widget | type[forms.Widget]] = {
            "day": forms.TextInput(box),
            "month": forms.TextInput(box),
            "year": forms.TextInput(year),
        }
        super().__init__(widgets, attrs)

    def decompress(self, value: Any) -> list[Any]:
        """A date as its three parts."""
        return [value.day, value.month, value.year] if value else [None, None, None]


class DateBoxes(forms.MultiValueField):
    """A date written in three boxes. Anything that is no day of the calendar says so in our words."""

    widget = ThreeBoxDate
    not_real = wrong.NOT_A_DAY

    def __init__(self, **kwargs: Any) -> None:
        parts = [forms.CharField(required=False) for _ in range(3)]
        super().__init__(fields=parts, require_all_fields=False, **kwargs)

    def compress(self, data_list: list[str]) -> Any:
        """The date; None when all boxes are empty. Raises ValidationError when it is not real."""
        parts = [str(part or "").strip() for part in (data_list or [])]
        if not any(parts):
            return None
        try:
            day, month, year = (int(part) for part in parts)
            return forms.DateField().to_python(f"{year:04d}-{month:02d}-{day:02d}")
        except (ValueError, forms.ValidationError) as problem:
            raise forms.ValidationError(self.not_real) from problem
