import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('programmes', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Room',
            fields=[
                ('id', models.CharField(help_text='128 random bits, base32.', max_length=26, primary_key=True, serialize=False)),
                ('code', models.CharField(help_text='Opens the door; empty once it is given to another room.', max_length=8, null=True, unique=True)),
                ('key_hash', models.CharField(help_text='Hash of the key in the QR code.', max_length=64)),
                ('key', models.CharField(help_text='The key itself, shown on the projector to everyone in the room.', max_length=32)),
                ('language', models.CharField(default='sv', max_length=8)),
                ('plan', models.JSONField(help_text='The run sheet as it was when the room opened: list of blocks.')),
                ('last_seq', models.BigIntegerField(default=0, help_text='Gapless sequence of the ledger; written by the ledger only.')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('opens_at', models.DateTimeField(help_text='The door is shut before; empty: open at once.', null=True)),
                ('closed_at', models.DateTimeField(help_text="Mirror of the ledger's close act, for lists; the fold is truth.", null=True)),
                ('finalised_at', models.DateTimeField(null=True)),
                ('gathering', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rooms', to='programmes.gathering')),
            ],
        ),
        migrations.CreateModel(
            name='Participant',
            fields=[
                ('id', models.CharField(max_length=26, primary_key=True, serialize=False)),
                ('name', models.CharField(blank=True, max_length=120)),
                ('organisation', models.CharField(blank=True, max_length=160)),
                ('group', models.CharField(blank=True, max_length=80)),
                ('language', models.CharField(default='sv', max_length=8)),
                ('room', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='participants', to='rooms.room')),
            ],
        ),
        migrations.CreateModel(
            name='Ticket',
            fields=[
                ('hash', models.CharField(help_text='SHA-256 of the token, hex.', max_length=64, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('participant', 'Participant'), ('table', 'Table'), ('projector', 'Projector'), ('crew', 'Crew'), ('helper', 'Helper')], max_length=16)),
                ('expires_at', models.BigIntegerField(help_text='Unix seconds.')),
                ('participant', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, to='rooms.participant')),
                ('room', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tickets', to='rooms.room')),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Contribution',
            fields=[
                ('pk', models.CompositePrimaryKey('room', 'seq', blank=True, editable=False, primary_key=True, serialize=False)),
                ('seq', models.BigIntegerField()),
                ('id', models.CharField(help_text='Made by the client: 128 random bits.', max_length=64)),
                ('exercise', models.CharField(max_length=40)),
                ('kind', models.CharField(max_length=24)),
                ('version', models.PositiveSmallIntegerField()),
                ('author', models.CharField(help_text='Participant, crew:<user>, sheet:<n> or an HMAC; empty once erased or finalised.', max_length=64, null=True)),
                ('role', models.CharField(max_length=16)),
                ('origin', models.CharField(default='phone', help_text='phone, plain, paper, room.', max_length=12)),
                ('data', models.TextField(help_text='JSON as received, NFC; empty once erased.', null=True)),
                ('at', models.BigIntegerField(help_text='Server time, Unix milliseconds; empty in anonymous exercises.', null=True)),
                ('late', models.BooleanField(default=False)),
                ('digest', models.BinaryField(help_text='Of the canonical body: tells a retry from a reused id.', max_length=8)),
                ('room', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='ledger', to='rooms.room')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('room', 'id'), name='one_row_per_id')],
            },
        ),
    ]
