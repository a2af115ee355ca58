"""What Fargate does: pure Python on plain dicts, no Pulumi, no boto3, no input or output beyond its own data files."""
