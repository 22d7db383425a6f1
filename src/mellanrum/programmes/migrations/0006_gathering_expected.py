from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('programmes', '0005_what_we_change'),
    ]

    operations = [
        migrations.AddField(
            model_name='gathering',
            name='expected',
            field=models.PositiveSmallIntegerField(help_text='How many participants to count on; null: nobody knows.', null=True),
        ),
    ]
