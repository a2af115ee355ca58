"""What is known about Amazon EKS on AWS Fargate, how a program is seen without a cloud, and the command line."""
