"""What do the readers share? Bounded access to files, XML and HTML, and the building of passages."""
