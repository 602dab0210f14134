from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('engagement', '0003_needs_met'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='needoutcome',
            index=models.Index(fields=['modified_at', 'id'], name='need_outcome_changed'),
        ),
    ]
