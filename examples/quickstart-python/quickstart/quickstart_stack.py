from aws_cdk import (
    Stack,
    aws_ec2 as ec2,
    aws_eks_v2 as eks,
)
from cdk_eks_upgrades import (
    EksAmiType,
    ManagedAddOn,
    ManagedNodeGroupWithAmiTracking,
    UpgradableCluster,
)
from constructs import Construct

class QuickstartStack(Stack):

    def __init__(self, scope: Construct, construct_id: str, **kwargs) -> None:
        super().__init__(scope, construct_id, **kwargs)

        cluster = UpgradableCluster(self, "Cluster",
            version=eks.KubernetesVersion.of("1.36"),  # change it, `cdk diff`, `cdk deploy`
            vpc=ec2.Vpc(self, "Vpc", max_azs=2),
            default_capacity_type=eks.DefaultCapacityType.NODEGROUP,
            default_capacity=0,
            bootstrap_self_managed_addons=False,  # a new cluster: EKS leaves these add-ons to us
            managed_add_ons=[ManagedAddOn.vpc_cni(), ManagedAddOn.kube_proxy(), ManagedAddOn.core_dns()],
        )

        cluster.add_managed_node_group("Workers",
            instance_types=[ec2.InstanceType("m7i.large")],
        )

        cluster.add_managed_node_group("Bottlerocket",
            eks_ami_type=EksAmiType.BOTTLEROCKET_ARM_64,
            instance_types=[ec2.InstanceType("m7g.large")],
        )

        # the construct by itself takes any cluster, imported ones too
        ManagedNodeGroupWithAmiTracking(self, "Gpu",
            cluster=cluster,
            eks_ami_type=EksAmiType.AL2023_X86_64_NVIDIA,
            instance_types=[ec2.InstanceType("g6.xlarge")],
        )
