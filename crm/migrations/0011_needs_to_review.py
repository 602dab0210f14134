from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('crm', '0010_ways_known_to_be_safe'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='accessneed',
            name='need_review',
        ),
        migrations.AddIndex(
            model_name='accessneed',
            index=models.Index(condition=models.Q(('ended_on', None)), fields=['review_on', 'id'], name='need_to_review'),
        ),
    ]
