"""The pages of the public site."""

import cms.blocks
import cms.versions
import django.db.models.deletion
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('crm', '0002_who_we_know'),
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        migrations.CreateModel(
            name='EasyReadPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('review_date', models.DateField(default=cms.versions.in_six_months, help_text='Six months from now unless you say so; a year at most.', verbose_name='look at it again on')),
                ('made_by', models.CharField(blank=True, help_text='The name of the person, supplier or machine.', max_length=150)),
                ('made_how', models.CharField(choices=[('person', 'A person wrote or translated it'), ('machine_person', 'A machine made it, then a person worked on it'), ('machine', 'A machine made it and no person has worked on it')], default='machine', max_length=20)),
                ('made_from_mark', models.CharField(blank=True, editable=False, max_length=64)),
                ('checked_by', models.CharField(blank=True, help_text='Who checked the words: a name, if they agree to be named, or a group. Never your guess.', max_length=250)),
                ('checked_on', models.DateField(blank=True, null=True)),
                ('check_method', models.CharField(blank=True, choices=[('readers', 'Read with people who use this kind of page'), ('speaker', 'Read by a native speaker'), ('translator', 'Checked by a professional translator'), ('colleague', 'Read by a colleague who did not write it')], max_length=20, verbose_name='how it was checked')),
                ('minor_change', models.CharField(blank=True, help_text='If the meaning is the same, say what you corrected: translations then stay up to date.', max_length=200, verbose_name='only a slip corrected')),
                ('standing_mark', models.CharField(blank=True, editable=False, max_length=64)),
                ('sections', wagtail.fields.StreamField([('section', 9)], block_lookup={0: ('wagtail.blocks.CharBlock', (), {'max_length': 60}), 1: ('wagtail.blocks.ChoiceBlock', [], {'choices': cms.blocks.picture_choices, 'help_text': 'One picture for one idea.'}), 2: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold'], 'help_text': 'One or two sentences, 15 words each at most. Hard words bold. One line for each.'}), 3: ('wagtail.blocks.TextBlock', (), {'help_text': 'An English address or name, kept as it is.', 'required': False}), 4: ('wagtail.blocks.CharBlock', (), {'help_text': 'What it means, in at most 15 easy words.', 'max_length': 150}), 5: ('wagtail.blocks.StructBlock', [[('word', 0), ('meaning', 4)]], {}), 6: ('wagtail.blocks.ListBlock', (5,), {'default': [], 'label': 'Hard words explained'}), 7: ('wagtail.blocks.StructBlock', [[('picture', 1), ('words', 2), ('address', 3), ('hard_words', 6)]], {}), 8: ('wagtail.blocks.ListBlock', (7,), {}), 9: ('wagtail.blocks.StructBlock', [[('heading', 0), ('rows', 8)]], {})})),
            ],
            options={
                'abstract': False,
            },
            bases=('wagtailcore.page', models.Model),
        ),
        migrations.CreateModel(
            name='HomePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('review_date', models.DateField(default=cms.versions.in_six_months, help_text='Six months from now unless you say so; a year at most.', verbose_name='look at it again on')),
                ('made_by', models.CharField(blank=True, help_text='The name of the person, supplier or machine.', max_length=150)),
                ('made_how', models.CharField(choices=[('person', 'A person wrote or translated it'), ('machine_person', 'A machine made it, then a person worked on it'), ('machine', 'A machine made it and no person has worked on it')], default='machine', max_length=20)),
                ('made_from_mark', models.CharField(blank=True, editable=False, max_length=64)),
                ('checked_by', models.CharField(blank=True, help_text='Who checked the words: a name, if they agree to be named, or a group. Never your guess.', max_length=250)),
                ('checked_on', models.DateField(blank=True, null=True)),
                ('check_method', models.CharField(blank=True, choices=[('readers', 'Read with people who use this kind of page'), ('speaker', 'Read by a native speaker'), ('translator', 'Checked by a professional translator'), ('colleague', 'Read by a colleague who did not write it')], max_length=20, verbose_name='how it was checked')),
                ('minor_change', models.CharField(blank=True, help_text='If the meaning is the same, say what you corrected: translations then stay up to date.', max_length=200, verbose_name='only a slip corrected')),
                ('standing_mark', models.CharField(blank=True, editable=False, max_length=64)),
                ('intro', models.TextField(help_text='What this site is for, in one or two easy sentences.')),
            ],
            options={
                'abstract': False,
            },
            bases=('wagtailcore.page', models.Model),
        ),
        migrations.CreateModel(
            name='InformationPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('review_date', models.DateField(default=cms.versions.in_six_months, help_text='Six months from now unless you say so; a year at most.', verbose_name='look at it again on')),
                ('made_by', models.CharField(blank=True, help_text='The name of the person, supplier or machine.', max_length=150)),
                ('made_how', models.CharField(choices=[('person', 'A person wrote or translated it'), ('machine_person', 'A machine made it, then a person worked on it'), ('machine', 'A machine made it and no person has worked on it')], default='machine', max_length=20)),
                ('made_from_mark', models.CharField(blank=True, editable=False, max_length=64)),
                ('checked_by', models.CharField(blank=True, help_text='Who checked the words: a name, if they agree to be named, or a group. Never your guess.', max_length=250)),
                ('checked_on', models.DateField(blank=True, null=True)),
                ('check_method', models.CharField(blank=True, choices=[('readers', 'Read with people who use this kind of page'), ('speaker', 'Read by a native speaker'), ('translator', 'Checked by a professional translator'), ('colleague', 'Read by a colleague who did not write it')], max_length=20, verbose_name='how it was checked')),
                ('minor_change', models.CharField(blank=True, help_text='If the meaning is the same, say what you corrected: translations then stay up to date.', max_length=200, verbose_name='only a slip corrected')),
                ('standing_mark', models.CharField(blank=True, editable=False, max_length=64)),
                ('summary', models.CharField(help_text='What the page says, in at most 25 words.', max_length=250)),
                ('body', wagtail.fields.StreamField([('heading', 0), ('paragraph', 1), ('address', 4)], block_lookup={0: ('wagtail.blocks.CharBlock', (), {'icon': 'title', 'max_length': 100, 'template': 'public/blocks/heading.html'}), 1: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'ul', 'link'], 'template': 'public/blocks/paragraph.html'}), 2: ('wagtail.blocks.TextBlock', (), {'help_text': 'As it stands on the door or the envelope. One line for each line.'}), 3: ('wagtail.blocks.ChoiceBlock', [], {'choices': cms.blocks.language_choices}), 4: ('wagtail.blocks.StructBlock', [[('words', 2), ('language', 3)]], {})})),
            ],
            options={
                'abstract': False,
            },
            bases=('wagtailcore.page', models.Model),
        ),
        migrations.AddField(
            model_name='easyreadpage',
            name='kept_by',
            field=models.ForeignKey(blank=True, help_text='The person who answers for this page.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who keeps it'),
        ),
        migrations.AddField(
            model_name='easyreadpage',
            name='kept_by_team',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='crm.team'),
        ),
        migrations.AddField(
            model_name='easyreadpage',
            name='made_from',
            field=models.ForeignKey(blank=True, help_text='The page this version was made from: for Easy Read in Urdu, Easy Read in English.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.WAGTAIL_PAGE_MODEL),
        ),
        migrations.AddField(
            model_name='homepage',
            name='kept_by',
            field=models.ForeignKey(blank=True, help_text='The person who answers for this page.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who keeps it'),
        ),
        migrations.AddField(
            model_name='homepage',
            name='kept_by_team',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='crm.team'),
        ),
        migrations.AddField(
            model_name='homepage',
            name='made_from',
            field=models.ForeignKey(blank=True, help_text='The page this version was made from: for Easy Read in Urdu, Easy Read in English.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.WAGTAIL_PAGE_MODEL),
        ),
        migrations.AddField(
            model_name='informationpage',
            name='kept_by',
            field=models.ForeignKey(blank=True, help_text='The person who answers for this page.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who keeps it'),
        ),
        migrations.AddField(
            model_name='informationpage',
            name='kept_by_team',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='crm.team'),
        ),
        migrations.AddField(
            model_name='informationpage',
            name='made_from',
            field=models.ForeignKey(blank=True, help_text='The page this version was made from: for Easy Read in Urdu, Easy Read in English.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.WAGTAIL_PAGE_MODEL),
        ),
    ]
