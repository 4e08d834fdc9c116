"""What every release promised, and every later version keeps."""
