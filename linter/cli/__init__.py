"""The face: arguments, streams and exit statuses."""
