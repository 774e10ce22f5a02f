"""Labelled images from the file formats that Thaw's readers open."""
