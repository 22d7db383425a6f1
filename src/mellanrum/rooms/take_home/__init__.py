"""What a participant takes home: a page of their own, a link to it, a letter with it."""
