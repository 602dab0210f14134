"""Who is told of what was taken away by other actions than erasing."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("crm", "0005_what_is_gone"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="gone",
            options={"verbose_name": "record that is gone", "verbose_name_plural": "records that are gone"},
        ),
        migrations.AddField(
            model_name="gone",
            name="office",
            field=models.BooleanField(default=False, editable=False, help_text="Every officer, lead and manager is told."),
        ),
        migrations.AddField(
            model_name="gone",
            name="champions",
            field=models.BooleanField(default=False, editable=False, help_text="Champions of its locality are told."),
        ),
        migrations.AlterField(
            model_name="gone",
            name="restricted",
            field=models.BooleanField(editable=False, help_text="Those of its team or locality are not told."),
        ),
    ]
