from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("crm", "0010_equality"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="phones_lost",
            field=models.PositiveSmallIntegerField(
                default=0,
                editable=False,
                help_text="How often a phone was reported lost: each time, phones get another key.",
            ),
        ),
    ]
