"""Whole repositories, made of realistic parts and spoilt: no command may fail on any."""
