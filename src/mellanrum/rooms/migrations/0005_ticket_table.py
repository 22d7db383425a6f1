from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("rooms", "0004_paired_screens")]

    operations = [
        migrations.AddField(
            model_name="ticket",
            name="table",
            field=models.PositiveSmallIntegerField(help_text="The number of the table that shares it.", null=True),
        ),
    ]
