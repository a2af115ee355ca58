"""The platform under the real Pulumi engine: its CLI, with providers whose cloud is a file."""
