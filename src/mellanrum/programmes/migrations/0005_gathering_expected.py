from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('programmes', '0004_lengths_and_tracks'),
    ]

    operations = [
        migrations.AddField(
            model_name='gathering',
            name='expected',
            field=models.PositiveSmallIntegerField(help_text='How many participants to count on; null: nobody knows.', null=True),
        ),
    ]
