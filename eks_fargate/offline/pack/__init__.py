"""A CrossGuard policy pack, driven as Pulumi's engine drives it, and what it reports."""
