"""What everything.ts says, in Python."""
from aws_cdk import App, CfnOutput, Duration, Environment, Stack, TimeZone
import aws_cdk.aws_cloudwatch as cloudwatch
import aws_cdk.aws_ec2 as ec2
import aws_cdk.aws_eks as eksv1
import aws_cdk.aws_eks_v2 as eks
import aws_cdk.aws_iam as iam
import aws_cdk.aws_kms as kms
import aws_cdk.aws_lambda as lambda_
import aws_cdk.aws_logs as logs
from cdk_eks_upgrades import (
    AddOnConflictPolicy, AddOnPodIdentity, AddOnVersion, AddOnVersionPolicy, AmiAccelerator, AmiArchitecture, AmiFamily, AmiTracking, AmiTrackingMode,
    Bake, BakeOptions, ClusterUpgrades, EksAmiRelease, EksAmiType, GoldenImage, MaintenanceWindow, ManagedAddOn, ManagedNodeGroupWithAmiTracking, NodeGroupUpdateStrategy, NodeLaunchOptions, NodeRepairAction, NodeRepairOptions, NodeRepairOverride,
    ReleaseVersionScheme, SupportType, TrackedAddOnChoice, TrackedAmiRelease, TrackedGoldenImage, UpgradableCluster, UpgradeGuard, UpgradeGuardMode, UpgradeHandler, UpgradePath, WarmPoolOptions, WarmPoolState,
)

app = App()
env = Environment(account="111122223333", region="us-west-2")

# ── one cluster with all options ──
stack = Stack(app, "Everything", env=env)
vpc = ec2.Vpc(stack, "Vpc", max_azs=2)
pod_role = iam.Role(stack, "PodRole", assumed_by=iam.SessionTagsPrincipal(iam.ServicePrincipal("pods.eks.amazonaws.com")))
account_role = iam.Role(stack, "AccountRole", assumed_by=iam.ServicePrincipal("pods.eks.amazonaws.com"))

UpgradeHandler.configure(stack,
    vpc=vpc,
    vpc_subnets=ec2.SubnetSelection(subnet_type=ec2.SubnetType.PRIVATE_WITH_EGRESS),
    security_groups=[ec2.SecurityGroup(stack, "HandlerSecurityGroup", vpc=vpc)],
    role=iam.Role(stack, "HandlerRole", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com")),
    log_retention=logs.RetentionDays.ONE_YEAR,
    log_encryption_key=kms.Key(stack, "Key"),
    reserved_concurrent_executions=4
)

cluster = UpgradableCluster(stack, "Cluster",
    version=eks.KubernetesVersion.of("1.36"),
    vpc=vpc,
    cluster_name="everything",
    default_capacity_type=eks.DefaultCapacityType.NODEGROUP,
    default_capacity=0,
    bootstrap_self_managed_addons=False,
    node_kubernetes_version=eks.KubernetesVersion.of("1.35"),
    support_type=SupportType.STANDARD,
    deletion_protection=True,
    rollback_timeout=Duration.hours(6),
    upgrade_guard=UpgradeGuard.enforce(
        ignore=["free-addresses", "insight-age"],
        max_insight_age=Duration.minutes(30),
        wait_for_ongoing_update=Duration.minutes(5)
    ),
    managed_add_ons=[
        ManagedAddOn.vpc_cni(
            version=AddOnVersion.latest(),
            configuration_values={"env": {"ENABLE_PREFIX_DELEGATION": "true", "WARM_PREFIX_TARGET": "1"}, "nodeAgent": {"enabled": True}},
            conflict_policy=AddOnConflictPolicy.OVERWRITE,
            service_account_role=account_role
        ),
        ManagedAddOn.kube_proxy(version=AddOnVersion.pinned("v1.36.0-eksbuild.1"), preserve_on_delete=True),
        ManagedAddOn.core_dns(conflict_policy=AddOnConflictPolicy.NONE, needed_by_nodes=False),
        ManagedAddOn.pod_identity_agent()
    ]
)
cluster.add_managed_add_on(ManagedAddOn.ebs_csi_driver(version=AddOnVersion.recommended(), conflict_policy=AddOnConflictPolicy.PRESERVE))
cluster.add_managed_add_on(ManagedAddOn.of("aws-efs-csi-driver", pod_identities=[AddOnPodIdentity(service_account="efs-csi-controller-sa", role=pod_role)]))
cluster.add_managed_add_on(ManagedAddOn.of("metrics-server", version=AddOnVersion.keep_while_compatible(), scope=Stack(app, "AddOns", env=env)))

# ── every way to choose a release ──
checkout_errors = cloudwatch.Alarm(stack, "CheckoutErrors",
    metric=cloudwatch.Metric(namespace="Shop", metric_name="Errors"), threshold=1, evaluation_periods=1
)
canary = cluster.add_managed_node_group("Canary", instance_types=[ec2.InstanceType("m7i.large")])
baked: Bake = canary.baked(duration=Duration.minutes(30), alarms=[checkout_errors], on_creation=True)
pinned = cluster.add_managed_node_group("Pinned",
    kubernetes_version=eks.KubernetesVersion.of("1.36"),
    ami_tracking=AmiTracking.pinned("1.36.2-20260714"),
    eks_ami_type=EksAmiType.AL2023_ARM_64_STANDARD,
    upgrade_after=[baked],
    update_strategy=NodeGroupUpdateStrategy.MINIMAL,
    warm_pool=WarmPoolOptions(min_size=1, max_group_prepared_capacity=3, pool_state=WarmPoolState.HIBERNATED, reuse_on_scale_in=True),
    node_repair=NodeRepairOptions(
        max_unhealthy_node_threshold_percentage=20,
        max_parallel_nodes_repaired_count=1,
        overrides=[NodeRepairOverride(
            node_monitoring_condition="AcceleratedHardwareReady",
            node_unhealthy_reason="NvidiaXID13Error",
            min_repair_wait_time=Duration.minutes(10),
            repair_action=NodeRepairAction.REBOOT
        )]
    )
)
ManagedNodeGroupWithAmiTracking(stack, "Promoted",
    cluster=cluster,
    ami_type=eks.NodegroupAmiType.AL2023_X86_64_STANDARD,
    ami_tracking=AmiTracking.from_parameter("/platform/eks/1.35/workers"),
    upgrade_after=[canary, pinned],
    update_strategy=NodeGroupUpdateStrategy.DEFAULT,
    warm_pool=WarmPoolOptions(pool_state=WarmPoolState.RUNNING),
    node_repair=NodeRepairOptions(
        max_unhealthy_node_threshold_count=3,
        max_parallel_nodes_repaired_percentage=50,
        overrides=[NodeRepairOverride(
            node_monitoring_condition="KernelReady",
            node_unhealthy_reason="SoftLockup",
            min_repair_wait_time=Duration.minutes(30),
            repair_action=NodeRepairAction.NO_ACTION
        )]
    )
)
ManagedNodeGroupWithAmiTracking(stack, "Floating",
    cluster=cluster,
    eks_ami_type=EksAmiType.BOTTLEROCKET_X86_64_NVIDIA_FIPS,
    ami_tracking=AmiTracking.recommended_at_deployment(),
    warm_pool=WarmPoolOptions(pool_state=WarmPoolState.STOPPED)
)
ManagedNodeGroupWithAmiTracking(stack, "Windows", cluster=cluster, eks_ami_type=EksAmiType.from_api_name("WINDOWS_CORE_2025_x86_64"), ami_tracking=AmiTracking.recommended())

# ── an AMI type that the package does not know ──
ami_type = EksAmiType.of(
    api_name="AL2027_ARM_64_NEURON",
    architecture=AmiArchitecture.ARM_64,
    release_version_scheme=ReleaseVersionScheme.AMAZON_LINUX,
    release_version_parameter="/aws/service/eks/{kubernetesVersion}/al2027/release",
    image_id_parameter="/aws/service/eks/{kubernetesVersion}/al2027/image_id",
    release_version_field="release_version",
    family=AmiFamily.OTHER,
    accelerator=AmiAccelerator.NEURON,
    first_kubernetes_version="1.35",
    last_kubernetes_version="1.40"
)
cluster.add_managed_node_group("Newer", eks_ami_type=ami_type, ami_tracking=AmiTracking.pinned("1.35.9-20270101"))

# ── images that an organisation bakes ──
template = ec2.LaunchTemplate(stack, "Template")
cluster.add_managed_node_group("Rolled",
    launch_template_spec=eks.LaunchTemplateSpec(id=template.launch_template_id, version=template.latest_version_number),
    rollout="ca-2028",
)
golden = cluster.add_managed_node_group("Golden",
    golden_image=GoldenImage.from_parameter("/golden/eks/1.36/al2023/x86_64/image_id", family=AmiFamily.AMAZON_LINUX_2023),
    node_launch=NodeLaunchOptions(
        service_cidr="172.20.0.0/16",
        kubelet_flags=["--node-labels=golden=yes"],
        node_config={"kubelet": {"config": {"maxPods": 58, "featureGates": {"Some": True}}}},
        user_data_parts=[ec2.MultipartBody.from_raw_body(content_type="text/x-shellscript", body="#!/bin/bash")],
        block_devices=[ec2.BlockDevice(device_name="/dev/xvda", volume=ec2.BlockDeviceVolume.ebs(80, encrypted=True))],
        metadata_hop_limit=3,
        metadata_tokens=ec2.LaunchTemplateHttpTokens.OPTIONAL,
        security_groups=[ec2.SecurityGroup(stack, "NodeSecurityGroup", vpc=vpc)],
        key_pair=ec2.KeyPair.from_key_pair_name(stack, "NodeKey", "ops"),
        instance_tags={"team": "platform", "cost": "42"},
    ),
)
cluster.add_managed_node_group("GoldenBottlerocket",
    golden_image=GoldenImage.pinned("ami-0123456789abcdef0", family=AmiFamily.BOTTLEROCKET, kubernetes_version=eks.KubernetesVersion.of("1.35"), architecture=AmiArchitecture.ARM_64),
    node_launch=NodeLaunchOptions(
        cluster_endpoint="https://api.example.com",
        cluster_certificate_authority="Y2E=",
        bottlerocket_settings={"kubernetes": {"max-pods": 58}, "host-containers": {"admin": {"enabled": True}}},
    ),
)
cluster.add_managed_node_group("GoldenWindows",
    golden_image=GoldenImage.pinned("ami-0123456789abcdef1", family=AmiFamily.WINDOWS, kubernetes_version=eks.KubernetesVersion.of("1.36")),
    node_launch=NodeLaunchOptions(power_shell_before=["Write-Host before"], power_shell_after=["Write-Host after"]),
)

# ── what the package tells ──
def output(id: str, value: str) -> None:
    CfnOutput(stack, id, value=value)

def yes(fact: bool) -> str:
    return "yes" if fact else "no"

release = EksAmiType.BOTTLEROCKET_ARM_64.parse_release("1.34.0-18d04e52")
older: EksAmiRelease = EksAmiType.AL2023_X86_64_NVIDIA.parse_release("1.36.1-20260601")
newer = EksAmiType.AL2023_X86_64_NVIDIA.release_from_parameter_value("1.36.2-20260714")
output("AllTypes", " ".join(type.api_name for type in EksAmiType.all()))
output("FromL2", EksAmiType.from_nodegroup_ami_type(eks.NodegroupAmiType.AL2023_X86_64_NEURON).release_version_parameter("1.36"))
output("ImageId", ami_type.image_id_parameter("1.36"))
output("Available", f"{yes(ami_type.is_available_for('1.34'))} {yes(ami_type.is_available_for('1.36'))} {yes(ami_type.is_release('1.36.0-20270101'))}")
output("Bounds", f"{ami_type.first_kubernetes_version} {ami_type.last_kubernetes_version} {ami_type.release_version_field}")
output("OsVersion", f"{release.os_version} {release.release_version} {EksAmiType.BOTTLEROCKET_ARM_64.release_notes_url('1.34.0-18d04e52')}")
output("Release", f"{newer.kubernetes_version} {newer.kubernetes_patch_version} {newer.date} {yes(newer.compare_to(older) > 0)}")
output("PinnedGroup", f"{pinned.release_version} {pinned.kubernetes_version} {pinned.release_notes_url}")
output("CanaryGroup", f"{canary.release_version} {canary.ami_parameter_name}")
output("Kinds", " ".join(map(yes, [
    ami_type.architecture == AmiArchitecture.ARM_64, ami_type.family == AmiFamily.OTHER, ami_type.accelerator == AmiAccelerator.NEURON,
    ami_type.release_version_scheme == ReleaseVersionScheme.AMAZON_LINUX, AmiTracking.pinned("1.36.2-20260714").mode == AmiTrackingMode.PINNED,
    AddOnVersion.latest().policy == AddOnVersionPolicy.LATEST, UpgradeGuard.disabled().mode == UpgradeGuardMode.DISABLED,
    ManagedAddOn.kube_proxy().needed_by_nodes, ManagedAddOn.core_dns().version.policy == AddOnVersionPolicy.RECOMMENDED,
    AddOnVersion.tracked(choice=TrackedAddOnChoice.LATEST).tracked_choice == TrackedAddOnChoice.LATEST,
    AddOnVersion.tracked().tracked_choice == TrackedAddOnChoice.RECOMMENDED,
])))
output("AddOn", f"{ManagedAddOn.kube_proxy().name} {AddOnVersion.pinned('v1.2.3-eksbuild.1').version}")

tracked = TrackedAmiRelease(stack, "Tracked",
    eks_ami_type=EksAmiType.BOTTLEROCKET_ARM_64,
    kubernetes_version=eks.KubernetesVersion.of("1.36"),
    ami_tracking=AmiTracking.pinned("1.34.0-18d04e52"),
)
output("TrackedRelease", f"{tracked.release_version} {tracked.karpenter_alias} {tracked.kubernetes_version} {tracked.eks_ami_type.api_name} {tracked.release_notes_url}")
output("TrackedImage", f"{tracked.ami_parameter_name} {tracked.image_id}")

image = TrackedGoldenImage(stack, "TrackedGolden",
    golden_image=GoldenImage.pinned("ami-0123456789abcdef2", family=AmiFamily.BOTTLEROCKET, kubernetes_version=eks.KubernetesVersion.of("1.36")),
)
output("GoldenGroup", f"{golden.image_id} {golden.kubernetes_version} {golden.ami_parameter_name}")
output("TrackedGoldenImage", f"{image.image_id} {image.kubernetes_version}")

# ── the other guards, and an imported cluster ──
others = Stack(app, "Others", env=env)
UpgradableCluster(others, "Warned", version=eks.KubernetesVersion.of("1.36"), support_type=SupportType.EXTENDED, upgrade_guard=UpgradeGuard.warn_only(ignore=["minor-step"]))
UpgradableCluster(others, "Unguarded", version=eks.KubernetesVersion.of("1.36"), upgrade_guard=UpgradeGuard.disabled(), control_plane_bake=BakeOptions(duration=Duration.minutes(20)))
UpgradableCluster(others, "Scheduled",
    version=eks.KubernetesVersion.of("1.36"),
    active_certificate_authority_id="ca-2",
    upgrade_path=UpgradePath.from_file("no-upgrade-path.json"),
    upgrade_guard=UpgradeGuard.enforce(
        ignore=["upgrade-insights"],
        force=True,
        window=MaintenanceWindow.any(MaintenanceWindow.weekly(
            days=["SAT"], start="02:00", duration=Duration.hours(3), time_zone=TimeZone.EUROPE_BERLIN, exclude=["2026-12-24"],
        )),
        calendar="freeze",
        not_while=[cloudwatch.Alarm.from_alarm_arn(others, "Errors", "arn:aws:cloudwatch:us-west-2:111122223333:alarm:errors")],
        workloads=True,
    ),
)
ManagedNodeGroupWithAmiTracking(others, "Imported",
    cluster=eks.Cluster.from_cluster_attributes(others, "ImportedCluster", cluster_name="theirs", vpc=ec2.Vpc(others, "Vpc", max_azs=2)),
    kubernetes_version=eks.KubernetesVersion.of("1.35"),
    node_repair=NodeRepairOptions(overrides=[NodeRepairOverride(node_monitoring_condition="NetworkingReady", node_unhealthy_reason="InterfaceNotUp", min_repair_wait_time=Duration.minutes(5), repair_action=NodeRepairAction.REPLACE)])
)

# ── clusters that somebody else makes ──
existing = Stack(app, "Existing", env=env)
their_vpc = ec2.Vpc(existing, "Vpc", max_azs=2)
group = dict(eks_ami_type=EksAmiType.AL2023_X86_64_STANDARD, ami_tracking=AmiTracking.pinned("1.35.4-20260601"))

of_aws_eks = ClusterUpgrades.of_aws_eks(existing, "OfAwsEks",
    cluster=eksv1.Cluster(existing, "AwsEks",
        version=eksv1.KubernetesVersion.of("1.36"),
        vpc=their_vpc,
        default_capacity=0,
        kubectl_layer=lambda_.LayerVersion.from_layer_version_arn(existing, "Kubectl", "arn:aws:lambda:us-west-2:111122223333:layer:kubectl:1")
    ),
    version=eksv1.KubernetesVersion.of("1.36"),
    node_kubernetes_version=eksv1.KubernetesVersion.of("1.35"),
    managed_add_ons=[ManagedAddOn.vpc_cni()],
    upgrade_guard=UpgradeGuard.warn_only(),
    control_plane_bake=BakeOptions(duration=Duration.minutes(10))
)
of_aws_eks.add_managed_node_group("Workers", **group)
of_aws_eks.add_managed_add_on(ManagedAddOn.core_dns())

of_aws_eks_v2 = ClusterUpgrades.of_aws_eks_v2(existing, "OfAwsEksV2",
    cluster=eks.Cluster(existing, "AwsEksV2", version=eks.KubernetesVersion.of("1.36"), vpc=their_vpc),
    version=eks.KubernetesVersion.of("1.36"),
    node_kubernetes_version=eks.KubernetesVersion.of("1.35"),
    managed_add_ons=[ManagedAddOn.kube_proxy()],
    control_plane_bake=BakeOptions(duration=Duration.minutes(10))
)
of_aws_eks_v2.add_managed_node_group("Workers", **group)

of_imported = ClusterUpgrades.of_imported(existing, "OfImported",
    cluster_name="imported",
    version=eks.KubernetesVersion.of("1.36"),
    node_kubernetes_version=eks.KubernetesVersion.of("1.35"),
    vpc=their_vpc,
    managed_add_ons=[ManagedAddOn.core_dns()],
    upgrade_guard=UpgradeGuard.enforce(ignore=["insight-age"])
)
of_imported.add_managed_node_group("Workers", **group)
CfnOutput(existing, "Upgraded", value=f"{of_imported.cluster.cluster_name} {of_imported.kubernetes_version}")

app.synth()
