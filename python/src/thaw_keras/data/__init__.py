"""Labelled images from the files that Thaw's readers open."""
