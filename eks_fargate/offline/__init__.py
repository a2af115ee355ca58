"""How a Pulumi project is seen without a cloud: its program is run, unmodified, against an engine of our own."""
