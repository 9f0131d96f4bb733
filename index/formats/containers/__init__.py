"""Files that hold other files: ZIP and tar archives. What is inside is read like files of a folder."""
