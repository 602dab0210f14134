"""What is told of erased records, and people found by when they changed."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("crm", "0004_search_indexes"),
    ]

    operations = [
        migrations.CreateModel(
            name="Gone",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("kind", models.CharField(editable=False, help_text="The kind of record, like person.", max_length=40)),
                ("gone_at", models.DateTimeField(editable=False, verbose_name="erased at")),
                ("restricted", models.BooleanField(editable=False, help_text="Only the colleagues who could read it are told.")),
                ("team", models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="crm.team")),
                ("locality", models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="crm.area")),
                ("told", models.ManyToManyField(editable=False, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="colleagues who are told")),
            ],
            options={
                "verbose_name": "erased record",
                "indexes": [models.Index(fields=["kind", "gone_at", "id"], name="gone_kind")],
            },
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["modified_at", "id"], name="person_changed"),
        ),
    ]
