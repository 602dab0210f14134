import datetime

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('crm', '0007_networks_and_venues'),
    ]

    operations = [
        migrations.AddField(
            model_name='needreview',
            name='due_on',
            field=models.DateField(default=datetime.date(2026, 1, 1), help_text='The day until which they were to be asked.', verbose_name='was due on'),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name='accessneed',
            index=models.Index(fields=['modified_at', 'id'], name='need_changed'),
        ),
    ]
