from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('rooms', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='ticket',
            name='stands_for',
            field=models.PositiveSmallIntegerField(default=1, help_text='How many people share it: one, or those at a table.'),
        ),
    ]
