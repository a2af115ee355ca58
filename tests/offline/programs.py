"""Programs that several tests run."""

PLATFORM = """
    import pulumi
    import pulumi_aws as aws
    import pulumi_eks as eks
    import pulumi_kubernetes as kubernetes

    token = pulumi.Config().get_secret("token")


    class Network(pulumi.ComponentResource):
        def __init__(self, name):
            super().__init__("demo:index:Network", name)
            child = pulumi.ResourceOptions(parent=self)
            self.vpc = aws.ec2.Vpc(f"{name}-vpc", cidr_block="10.0.0.0/16", opts=child)
            self.subnets = [
                aws.ec2.Subnet(f"{name}-{i}", vpc_id=self.vpc.id, cidr_block=f"10.0.{i}.0/24", opts=child)
                for i in range(2)
            ]
            self.register_outputs({"vpcId": self.vpc.id})


    network = Network("net")
    role = aws.iam.Role("role", assume_role_policy="{}")
    cluster = aws.eks.Cluster(
        "cluster",
        name="demo",
        role_arn=role.arn,
        vpc_config={"subnet_ids": [s.id for s in network.subnets]},
        opts=pulumi.ResourceOptions(protect=True, custom_timeouts=pulumi.CustomTimeouts(create="30m")),
    )
    profile = aws.eks.FargateProfile(
        "apps",
        cluster_name=cluster.name,
        fargate_profile_name="apps",
        pod_execution_role_arn=role.arn,
        selectors=[{"namespace": "shop", "labels": {"app": "web"}}],
        opts=pulumi.ResourceOptions(delete_before_replace=False, depends_on=[network]),
    )
    provider = kubernetes.Provider("k8s", kubeconfig=cluster.endpoint)
    inside = pulumi.ResourceOptions(provider=provider)
    namespace = kubernetes.core.v1.Namespace("shop", opts=inside)
    kubernetes.core.v1.ConfigMap(
        "settings", metadata={"namespace": namespace.metadata["name"]}, data={"arn": cluster.arn}, opts=inside
    )
    kubernetes.core.v1.Secret("login", string_data={"token": token or "none"}, opts=inside)
    nodes = eks.ManagedNodeGroup(
        "nodes",
        cluster=eks.CoreDataArgs(
            cluster=cluster,
            cluster_iam_role=role,
            endpoint=cluster.endpoint,
            instance_roles=[role],
            node_group_options=eks.ClusterNodeGroupOptionsArgs(),
            provider=provider,
            subnet_ids=[s.id for s in network.subnets],
            vpc_id=network.vpc.id,
        ),
        node_role=role,
        instance_types=["m7i.large"],
    )
    pulumi.export("vpcId", network.vpc.id)
    pulumi.export("nodeGroup", nodes.node_group.apply(lambda group: group.arn))
    pulumi.export("cidr", network.vpc.cidr_block)
    pulumi.export("password", pulumi.Output.secret("hunter2"))
    pulumi.export("account", aws.get_caller_identity_output().account_id)
"""
"""Every kind of thing a program does: a component, a remote one, providers, secrets, outputs of functions."""
