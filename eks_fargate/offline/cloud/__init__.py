"""What stands in for AWS and Kubernetes offline: the outputs of resources and the answers of functions, as tables."""
