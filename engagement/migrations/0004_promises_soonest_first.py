"""An index for the list of promises, soonest due first."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("engagement", "0003_promises_opened_again")]

    operations = [
        migrations.AddIndex("promise", models.Index(fields=["due_on", "id"], name="promise_soonest")),
    ]
