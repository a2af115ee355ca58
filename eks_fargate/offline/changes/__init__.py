"""What changes in a stack since a git revision: both plans side by side, and what that means."""
