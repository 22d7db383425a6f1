from django.db import migrations, models


def fill(apps, schema_editor):
    """What has an exercise is something one does; what has no heading is not shown."""
    blocks = apps.get_model("programmes", "Block").objects.using(schema_editor.connection.alias)
    blocks.exclude(exercise="").update(kind="alone")
    blocks.filter(agenda="").update(shown=False)


class Migration(migrations.Migration):

    dependencies = [("programmes", "0002_decks")]

    operations = [
        migrations.AddField(
            model_name="block",
            name="kind",
            field=models.CharField(
                choices=[("listen", "Listen"), ("alone", "Alone"), ("table", "Table"), ("all", "All")], default="listen", max_length=8
            ),
        ),
        migrations.AddField(
            model_name="block",
            name="shown",
            field=models.BooleanField(default=True, help_text="False: participants do not see the heading now."),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
