"""Accounts alone, because the tables of the libraries point at them."""

import crm.base.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('id', models.UUIDField(default=crm.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('email', models.EmailField(max_length=254, unique=True, verbose_name='e-mail address')),
                ('name', models.CharField(help_text='As colleagues know them.', max_length=150, verbose_name='name')),
                ('is_active', models.BooleanField(default=True, verbose_name='account open')),
                ('is_demonstration', models.BooleanField(default=False, editable=False, help_text='Its password is printed for everyone.', verbose_name='demonstration account')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='opened')),
                ('phones_lost', models.PositiveSmallIntegerField(default=0, editable=False, help_text='How often a phone was reported lost: each time, phones get another key.')),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': 'user',
                'ordering': ['name', 'id'],
            },
        ),
    ]
