"""Scripts of the project, none of which is a part of the package."""
