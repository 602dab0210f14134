"""Names and prose get trigram indexes of their own."""

from django.db import migrations, models

from crm.search.indexes import drop_indexes, make_indexes


class Migration(migrations.Migration):
    dependencies = [("crm", "0003_first_administrator_is_invited_by_nobody")]

    operations = [
        migrations.AddField(
            model_name="searchdocument",
            name="prose",
            field=models.BooleanField(default=False, help_text="Whether the words are sentences and not a name."),
        ),
        migrations.AlterField(
            model_name="searchdocument",
            name="key",
            field=models.TextField(
                help_text="Folded words and their sound keys, a space before each and after the last."
            ),
        ),
        migrations.RunPython(make_indexes, drop_indexes),
    ]
