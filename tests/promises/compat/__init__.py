"""Tests of what every release promised and every later version keeps."""
