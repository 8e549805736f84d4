"""What errors.ts says, in Python."""
from typing import Any, Callable, List
from aws_cdk import App, Duration, Environment, Stack
import aws_cdk.aws_ec2 as ec2
import aws_cdk.aws_eks_v2 as eks
from cdk_eks_upgrades import (
    AddOnVersion, AmiArchitecture, AmiTracking, EksAmiType, ManagedAddOn, NodeRepairOptions, ReleaseVersionScheme, UpgradableCluster, UpgradeGuard,
    UpgradeHandler, WarmPoolOptions,
)


def stack_in() -> Stack:
    return Stack(App(), "Stack", env=Environment(account="111122223333", region="us-west-2"))


def cluster_in(stack: Stack, managed_add_ons: List[ManagedAddOn] = []) -> UpgradableCluster:
    return UpgradableCluster(stack, "Cluster",
        version=eks.KubernetesVersion.of("1.36"),
        default_capacity_type=eks.DefaultCapacityType.NODEGROUP,
        default_capacity=0,
        managed_add_ons=managed_add_ons,
    )


def workers(**options: Any) -> None:
    cluster_in(stack_in()).add_managed_node_group("Workers", **options)


def attempt(name: str, misuse: Callable[[], Any]) -> None:
    try:
        misuse()
        print(f"{name}: nothing was thrown")
    except Exception as error:
        print(f"{name}: {' '.join(str(error).split(chr(10)))}")


attempt("unknown AMI type", lambda: EksAmiType.from_api_name("AL2024_x86_64"))
attempt("malformed release", lambda: EksAmiType.BOTTLEROCKET_X86_64.parse_release("1.36"))
attempt("parameter without version", lambda: EksAmiType.of(
    api_name="NEW", architecture=AmiArchitecture.ARM_64, release_version_scheme=ReleaseVersionScheme.BOTTLEROCKET, release_version_parameter="/fixed",
))
attempt("parameter name", lambda: AmiTracking.from_parameter("no spaces"))
attempt("add-on version", lambda: AddOnVersion.pinned("1.2.3"))
attempt("add-on name", lambda: ManagedAddOn.of("core dns"))
attempt("insight age", lambda: UpgradeGuard.enforce(max_insight_age=Duration.seconds(90)))
attempt("release of another minor", lambda: workers(ami_tracking=AmiTracking.pinned("1.35.4-20260601")))
attempt("two AMI types", lambda: workers(ami_type=eks.NodegroupAmiType.AL2023_X86_64_STANDARD, eks_ami_type=EksAmiType.AL2023_X86_64_STANDARD))
attempt("architecture", lambda: workers(eks_ami_type=EksAmiType.AL2023_ARM_64_STANDARD, instance_types=[ec2.InstanceType("m7i.large")]))
attempt("newer than the cluster", lambda: workers(kubernetes_version=eks.KubernetesVersion.of("1.37")))
attempt("floating Windows", lambda: workers(eks_ami_type=EksAmiType.WINDOWS_CORE_2022_X86_64, ami_tracking=AmiTracking.recommended_at_deployment()))
attempt("warm pool", lambda: workers(warm_pool=WarmPoolOptions(min_size=3, max_group_prepared_capacity=2)))
attempt("node repair", lambda: workers(node_repair=NodeRepairOptions(max_parallel_nodes_repaired_count=1, max_parallel_nodes_repaired_percentage=10)))
attempt("rollback timeout", lambda: UpgradableCluster(stack_in(), "Cluster", version=eks.KubernetesVersion.of("1.36"), rollback_timeout=Duration.hours(1)))
attempt("add-on twice", lambda: cluster_in(stack_in(), [ManagedAddOn.core_dns(), ManagedAddOn.of("coredns")]))


def configure_late() -> None:
    stack = stack_in()
    cluster_in(stack)
    UpgradeHandler.configure(stack, reserved_concurrent_executions=1)


def synth_clash() -> None:
    stack = stack_in()
    eks.Addon(stack, "Theirs", cluster=cluster_in(stack, [ManagedAddOn.core_dns()]), addon_name="coredns")
    App.of(stack).synth()


attempt("handler configured late", configure_late)
attempt("without environment", lambda: cluster_in(Stack(App(), "Stack")).add_managed_node_group("Workers"))
attempt("found in the finished tree", synth_clash)

workers(ami_tracking=AmiTracking.pinned("1.34.1-20260601"))
