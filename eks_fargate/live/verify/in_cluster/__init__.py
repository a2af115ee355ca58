"""What runs inside a cluster, as its Kubernetes API tells."""
