import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Programme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200)),
                ('purpose', models.TextField(blank=True)),
                ('language', models.CharField(default='sv', max_length=8)),
                ('template', models.CharField(blank=True, help_text='Name and version of the template file it was made from.', max_length=120)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name='Gathering',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=1)),
                ('kind', models.CharField(default='learning-meeting', max_length=40)),
                ('title', models.CharField(max_length=200)),
                ('theme', models.CharField(blank=True, max_length=200)),
                ('purpose', models.TextField(blank=True)),
                ('place', models.CharField(blank=True, max_length=200)),
                ('starts_at', models.DateTimeField(blank=True, null=True)),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='gatherings', to='programmes.programme')),
            ],
            options={
                'ordering': ['programme', 'position'],
            },
        ),
        migrations.CreateModel(
            name='Block',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(help_text='Stable name within the gathering, as `block-3`.', max_length=40)),
                ('position', models.PositiveSmallIntegerField()),
                ('title', models.CharField(max_length=200)),
                ('agenda', models.CharField(blank=True, help_text='What participants see; empty: nothing.', max_length=200)),
                ('icon', models.CharField(default='circle-notch', max_length=40)),
                ('minutes', models.PositiveSmallIntegerField(default=5)),
                ('responsible', models.CharField(blank=True, max_length=120)),
                ('say', models.TextField(blank=True)),
                ('do', models.JSONField(default=list, help_text='Check list, one short sentence each.')),
                ('material', models.JSONField(default=list)),
                ('phones', models.BooleanField(default=True, help_text='False: phones away.')),
                ('exercise', models.CharField(blank=True, help_text='Slug of the exercise type.', max_length=40)),
                ('definition', models.JSONField(default=dict)),
                ('started_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('gathering', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='blocks', to='programmes.gathering')),
            ],
            options={
                'ordering': ['gathering', 'position'],
                'constraints': [models.UniqueConstraint(fields=('gathering', 'key'), name='block_key_once')],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('owner', 'Owner'), ('facilitator', 'Facilitator'), ('helper', 'Helper'), ('viewer', 'Viewer')], max_length=16)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='programmes.programme')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('programme', 'user'), name='one_role_per_person')],
            },
        ),
    ]
