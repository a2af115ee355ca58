"""After deployment: what was planned against what runs, and whether that is healthy."""
