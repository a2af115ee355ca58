"""How a cloud is checked: AWS and the Kubernetes API, read only."""
