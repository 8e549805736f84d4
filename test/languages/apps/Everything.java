package com.myorg;

import io.github.cdkeksupgrades.*;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awscdk.App;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.TimeZone;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.ec2.BlockDevice;
import software.amazon.awscdk.services.ec2.BlockDeviceVolume;
import software.amazon.awscdk.services.ec2.EbsDeviceOptions;
import software.amazon.awscdk.services.ec2.InstanceType;
import software.amazon.awscdk.services.ec2.KeyPair;
import software.amazon.awscdk.services.ec2.LaunchTemplate;
import software.amazon.awscdk.services.ec2.LaunchTemplateHttpTokens;
import software.amazon.awscdk.services.ec2.MultipartBody;
import software.amazon.awscdk.services.ec2.MultipartBodyOptions;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.eks_v2.Cluster;
import software.amazon.awscdk.services.eks_v2.ClusterAttributes;
import software.amazon.awscdk.services.eks_v2.DefaultCapacityType;
import software.amazon.awscdk.services.eks_v2.KubernetesVersion;
import software.amazon.awscdk.services.eks_v2.LaunchTemplateSpec;
import software.amazon.awscdk.services.eks_v2.NodegroupAmiType;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.iam.SessionTagsPrincipal;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.lambda.LayerVersion;
import software.amazon.awscdk.services.logs.RetentionDays;

/** What everything.ts says, in Java. */
public class Everything {
    public static void main(final String[] args) {
        App app = new App();
        Environment env = Environment.builder().account("111122223333").region("us-west-2").build();

        // ── one cluster with all options ──
        Stack stack = Stack.Builder.create(app, "Everything").env(env).build();
        Vpc vpc = Vpc.Builder.create(stack, "Vpc").maxAzs(2).build();
        Role podRole = Role.Builder.create(stack, "PodRole").assumedBy(new SessionTagsPrincipal(new ServicePrincipal("pods.eks.amazonaws.com"))).build();
        Role accountRole = Role.Builder.create(stack, "AccountRole").assumedBy(new ServicePrincipal("pods.eks.amazonaws.com")).build();

        UpgradeHandler.configure(stack, UpgradeHandlerOptions.builder()
                .vpc(vpc)
                .vpcSubnets(SubnetSelection.builder().subnetType(SubnetType.PRIVATE_WITH_EGRESS).build())
                .securityGroups(List.of(SecurityGroup.Builder.create(stack, "HandlerSecurityGroup").vpc(vpc).build()))
                .role(Role.Builder.create(stack, "HandlerRole").assumedBy(new ServicePrincipal("lambda.amazonaws.com")).build())
                .logRetention(RetentionDays.ONE_YEAR)
                .logEncryptionKey(new Key(stack, "Key"))
                .reservedConcurrentExecutions(4)
                .build());

        UpgradableCluster cluster = UpgradableCluster.Builder.create(stack, "Cluster")
                .version(KubernetesVersion.of("1.36"))
                .vpc(vpc)
                .clusterName("everything")
                .defaultCapacityType(DefaultCapacityType.NODEGROUP)
                .defaultCapacity(0)
                .bootstrapSelfManagedAddons(false)
                .nodeKubernetesVersion(KubernetesVersion.of("1.35"))
                .supportType(SupportType.STANDARD)
                .deletionProtection(true)
                .rollbackTimeout(Duration.hours(6))
                .upgradeGuard(UpgradeGuard.enforce(UpgradeGuardOptions.builder()
                        .ignore(List.of("free-addresses", "insight-age"))
                        .maxInsightAge(Duration.minutes(30))
                        .waitForOngoingUpdate(Duration.minutes(5))
                        .build()))
                .managedAddOns(List.of(
                        ManagedAddOn.vpcCni(ManagedAddOnOptions.builder()
                        .version(AddOnVersion.latest())
                        .configurationValues(Map.of("env", Map.of("ENABLE_PREFIX_DELEGATION", "true", "WARM_PREFIX_TARGET", "1"), "nodeAgent", Map.of("enabled", true)))
                        .conflictPolicy(AddOnConflictPolicy.OVERWRITE)
                        .serviceAccountRole(accountRole)
                        .build()),
                        ManagedAddOn.kubeProxy(ManagedAddOnOptions.builder().version(AddOnVersion.pinned("v1.36.0-eksbuild.1")).preserveOnDelete(true).build()),
                        ManagedAddOn.coreDns(ManagedAddOnOptions.builder().conflictPolicy(AddOnConflictPolicy.NONE).neededByNodes(false).build()),
                        ManagedAddOn.podIdentityAgent()))
                .build();
        cluster.addManagedAddOn(ManagedAddOn.ebsCsiDriver(ManagedAddOnOptions.builder().version(AddOnVersion.recommended()).conflictPolicy(AddOnConflictPolicy.PRESERVE).build()));
        cluster.addManagedAddOn(ManagedAddOn.of("aws-efs-csi-driver", ManagedAddOnOptions.builder().podIdentities(List.of(AddOnPodIdentity.builder().serviceAccount("efs-csi-controller-sa").role(podRole).build())).build()));
        cluster.addManagedAddOn(ManagedAddOn.of("metrics-server", ManagedAddOnOptions.builder()
                .version(AddOnVersion.keepWhileCompatible())
                .scope(Stack.Builder.create(app, "AddOns").env(env).build())
                .build()));

        // ── every way to choose a release ──
        Alarm checkoutErrors = Alarm.Builder.create(stack, "CheckoutErrors")
                .metric(Metric.Builder.create().namespace("Shop").metricName("Errors").build()).threshold(1).evaluationPeriods(1)
                .build();
        ManagedNodeGroupWithAmiTracking canary = cluster.addManagedNodeGroup("Canary", ManagedNodeGroupOptions.builder().instanceTypes(List.of(new InstanceType("m7i.large"))).build());
        Bake baked = canary.baked(BakeOptions.builder().duration(Duration.minutes(30)).alarms(List.of(checkoutErrors)).onCreation(true).build());
        ManagedNodeGroupWithAmiTracking pinned = cluster.addManagedNodeGroup("Pinned", ManagedNodeGroupOptions.builder()
                .kubernetesVersion(KubernetesVersion.of("1.36"))
                .amiTracking(AmiTracking.pinned("1.36.2-20260714"))
                .eksAmiType(EksAmiType.AL2023_ARM_64_STANDARD)
                .upgradeAfter(List.of(baked))
                .updateStrategy(NodeGroupUpdateStrategy.MINIMAL)
                .warmPool(WarmPoolOptions.builder().minSize(1).maxGroupPreparedCapacity(3).poolState(WarmPoolState.HIBERNATED).reuseOnScaleIn(true).build())
                .nodeRepair(NodeRepairOptions.builder()
                        .maxUnhealthyNodeThresholdPercentage(20)
                        .maxParallelNodesRepairedCount(1)
                        .overrides(List.of(NodeRepairOverride.builder()
                                .nodeMonitoringCondition("AcceleratedHardwareReady")
                                .nodeUnhealthyReason("NvidiaXID13Error")
                                .minRepairWaitTime(Duration.minutes(10))
                                .repairAction(NodeRepairAction.REBOOT)
                                .build()))
                        .build())
                .build());
        ManagedNodeGroupWithAmiTracking.Builder.create(stack, "Promoted")
                .cluster(cluster)
                .amiType(NodegroupAmiType.AL2023_X86_64_STANDARD)
                .amiTracking(AmiTracking.fromParameter("/platform/eks/1.35/workers"))
                .upgradeAfter(List.of(canary, pinned))
                .updateStrategy(NodeGroupUpdateStrategy.DEFAULT)
                .warmPool(WarmPoolOptions.builder().poolState(WarmPoolState.RUNNING).build())
                .nodeRepair(NodeRepairOptions.builder()
                        .maxUnhealthyNodeThresholdCount(3)
                        .maxParallelNodesRepairedPercentage(50)
                        .overrides(List.of(NodeRepairOverride.builder()
                                .nodeMonitoringCondition("KernelReady")
                                .nodeUnhealthyReason("SoftLockup")
                                .minRepairWaitTime(Duration.minutes(30))
                                .repairAction(NodeRepairAction.NO_ACTION)
                                .build()))
                        .build())
                .build();
        ManagedNodeGroupWithAmiTracking.Builder.create(stack, "Floating")
                .cluster(cluster)
                .eksAmiType(EksAmiType.BOTTLEROCKET_X86_64_NVIDIA_FIPS)
                .amiTracking(AmiTracking.recommendedAtDeployment())
                .warmPool(WarmPoolOptions.builder().poolState(WarmPoolState.STOPPED).build())
                .build();
        ManagedNodeGroupWithAmiTracking.Builder.create(stack, "Windows").cluster(cluster).eksAmiType(EksAmiType.fromApiName("WINDOWS_CORE_2025_x86_64")).amiTracking(AmiTracking.recommended()).build();

        // ── an AMI type that the package does not know ──
        EksAmiType amiType = EksAmiType.of(EksAmiTypeOptions.builder()
                .apiName("AL2027_ARM_64_NEURON")
                .architecture(AmiArchitecture.ARM_64)
                .releaseVersionScheme(ReleaseVersionScheme.AMAZON_LINUX)
                .releaseVersionParameter("/aws/service/eks/{kubernetesVersion}/al2027/release")
                .imageIdParameter("/aws/service/eks/{kubernetesVersion}/al2027/image_id")
                .releaseVersionField("release_version")
                .family(AmiFamily.OTHER)
                .accelerator(AmiAccelerator.NEURON)
                .firstKubernetesVersion("1.35")
                .lastKubernetesVersion("1.40")
                .build());
        cluster.addManagedNodeGroup("Newer", ManagedNodeGroupOptions.builder().eksAmiType(amiType).amiTracking(AmiTracking.pinned("1.35.9-20270101")).build());

        // ── images that an organisation bakes ──
        LaunchTemplate template = LaunchTemplate.Builder.create(stack, "Template").build();
        cluster.addManagedNodeGroup("Rolled", ManagedNodeGroupOptions.builder()
                .launchTemplateSpec(LaunchTemplateSpec.builder().id(template.getLaunchTemplateId()).version(template.getLatestVersionNumber()).build())
                .rollout("ca-2028")
                .build());
        ManagedNodeGroupWithAmiTracking golden = cluster.addManagedNodeGroup("Golden", ManagedNodeGroupOptions.builder()
                .goldenImage(GoldenImage.fromParameter("/golden/eks/1.36/al2023/x86_64/image_id", GoldenImageOptions.builder().family(AmiFamily.AMAZON_LINUX_2023).build()))
                .nodeLaunch(NodeLaunchOptions.builder()
                        .serviceCidr("172.20.0.0/16")
                        .kubeletFlags(List.of("--node-labels=golden=yes"))
                        .nodeConfig(Map.of("kubelet", Map.of("config", Map.of("maxPods", 58, "featureGates", Map.of("Some", true)))))
                        .userDataParts(List.of(MultipartBody.fromRawBody(MultipartBodyOptions.builder().contentType("text/x-shellscript").body("#!/bin/bash").build())))
                        .blockDevices(List.of(BlockDevice.builder().deviceName("/dev/xvda")
                                .volume(BlockDeviceVolume.ebs(80, EbsDeviceOptions.builder().encrypted(true).build())).build()))
                        .metadataHopLimit(3)
                        .metadataTokens(LaunchTemplateHttpTokens.OPTIONAL)
                        .securityGroups(List.of(SecurityGroup.Builder.create(stack, "NodeSecurityGroup").vpc(vpc).build()))
                        .keyPair(KeyPair.fromKeyPairName(stack, "NodeKey", "ops"))
                        .instanceTags(Map.of("team", "platform", "cost", "42"))
                        .build())
                .build());
        cluster.addManagedNodeGroup("GoldenBottlerocket", ManagedNodeGroupOptions.builder()
                .goldenImage(GoldenImage.pinned("ami-0123456789abcdef0", GoldenImageOptions.builder()
                        .family(AmiFamily.BOTTLEROCKET).kubernetesVersion(KubernetesVersion.of("1.35")).architecture(AmiArchitecture.ARM_64).build()))
                .nodeLaunch(NodeLaunchOptions.builder()
                        .clusterEndpoint("https://api.example.com")
                        .clusterCertificateAuthority("Y2E=")
                        .bottlerocketSettings(Map.of("kubernetes", Map.of("max-pods", 58), "host-containers", Map.of("admin", Map.of("enabled", true))))
                        .build())
                .build());
        cluster.addManagedNodeGroup("GoldenWindows", ManagedNodeGroupOptions.builder()
                .goldenImage(GoldenImage.pinned("ami-0123456789abcdef1", GoldenImageOptions.builder()
                        .family(AmiFamily.WINDOWS).kubernetesVersion(KubernetesVersion.of("1.36")).build()))
                .nodeLaunch(NodeLaunchOptions.builder().powerShellBefore(List.of("Write-Host before")).powerShellAfter(List.of("Write-Host after")).build())
                .build());

        // ── what the package tells ──
        EksAmiRelease release = EksAmiType.BOTTLEROCKET_ARM_64.parseRelease("1.34.0-18d04e52");
        EksAmiRelease older = EksAmiType.AL2023_X86_64_NVIDIA.parseRelease("1.36.1-20260601");
        EksAmiRelease newer = EksAmiType.AL2023_X86_64_NVIDIA.releaseFromParameterValue("1.36.2-20260714");
        output(stack, "AllTypes", EksAmiType.all().stream().map(EksAmiType::getApiName).collect(Collectors.joining(" ")));
        output(stack, "FromL2", EksAmiType.fromNodegroupAmiType(NodegroupAmiType.AL2023_X86_64_NEURON).releaseVersionParameter("1.36"));
        output(stack, "ImageId", amiType.imageIdParameter("1.36"));
        output(stack, "Available", String.join(" ", yes(amiType.isAvailableFor("1.34")), yes(amiType.isAvailableFor("1.36")), yes(amiType.isRelease("1.36.0-20270101"))));
        output(stack, "Bounds", String.join(" ", amiType.getFirstKubernetesVersion(), amiType.getLastKubernetesVersion(), amiType.getReleaseVersionField()));
        output(stack, "OsVersion", String.join(" ", release.getOsVersion(), release.getReleaseVersion(), EksAmiType.BOTTLEROCKET_ARM_64.releaseNotesUrl("1.34.0-18d04e52")));
        output(stack, "Release", String.join(" ", newer.getKubernetesVersion(), newer.getKubernetesPatchVersion(), newer.getDate(), yes(newer.compareTo(older).intValue() > 0)));
        output(stack, "PinnedGroup", String.join(" ", pinned.getReleaseVersion(), pinned.getKubernetesVersion(), pinned.getReleaseNotesUrl()));
        output(stack, "CanaryGroup", String.join(" ", canary.getReleaseVersion(), canary.getAmiParameterName()));
        output(stack, "Kinds", String.join(" ",
                yes(amiType.getArchitecture() == AmiArchitecture.ARM_64), yes(amiType.getFamily() == AmiFamily.OTHER), yes(amiType.getAccelerator() == AmiAccelerator.NEURON),
                yes(amiType.getReleaseVersionScheme() == ReleaseVersionScheme.AMAZON_LINUX), yes(AmiTracking.pinned("1.36.2-20260714").getMode() == AmiTrackingMode.PINNED),
                yes(AddOnVersion.latest().getPolicy() == AddOnVersionPolicy.LATEST), yes(UpgradeGuard.disabled().getMode() == UpgradeGuardMode.DISABLED),
                yes(ManagedAddOn.kubeProxy().getNeededByNodes()), yes(ManagedAddOn.coreDns().getVersion().getPolicy() == AddOnVersionPolicy.RECOMMENDED),
                yes(AddOnVersion.tracked(TrackedAddOnOptions.builder().choice(TrackedAddOnChoice.LATEST).build()).getTrackedChoice() == TrackedAddOnChoice.LATEST),
                yes(AddOnVersion.tracked().getTrackedChoice() == TrackedAddOnChoice.RECOMMENDED)));
        output(stack, "AddOn", String.join(" ",
                        ManagedAddOn.kubeProxy().getName(), AddOnVersion.pinned("v1.2.3-eksbuild.1").getVersion()));

        TrackedAmiRelease tracked = TrackedAmiRelease.Builder.create(stack, "Tracked")
                .eksAmiType(EksAmiType.BOTTLEROCKET_ARM_64)
                .kubernetesVersion(KubernetesVersion.of("1.36"))
                .amiTracking(AmiTracking.pinned("1.34.0-18d04e52"))
                .build();
        output(stack, "TrackedRelease", String.join(" ", tracked.getReleaseVersion(), tracked.getKarpenterAlias(), tracked.getKubernetesVersion(),
                tracked.getEksAmiType().getApiName(), tracked.getReleaseNotesUrl()));
        output(stack, "TrackedImage", String.join(" ", tracked.getAmiParameterName(), tracked.getImageId()));

        TrackedGoldenImage image = TrackedGoldenImage.Builder.create(stack, "TrackedGolden")
                .goldenImage(GoldenImage.pinned("ami-0123456789abcdef2", GoldenImageOptions.builder()
                        .family(AmiFamily.BOTTLEROCKET).kubernetesVersion(KubernetesVersion.of("1.36")).build()))
                .build();
        output(stack, "GoldenGroup", String.join(" ", golden.getImageId(), golden.getKubernetesVersion(), golden.getAmiParameterName()));
        output(stack, "TrackedGoldenImage", String.join(" ", image.getImageId(), image.getKubernetesVersion()));

        // ── the other guards, and an imported cluster ──
        Stack others = Stack.Builder.create(app, "Others").env(env).build();
        UpgradableCluster.Builder.create(others, "Warned").version(KubernetesVersion.of("1.36")).supportType(SupportType.EXTENDED).upgradeGuard(UpgradeGuard.warnOnly(UpgradeGuardOptions.builder().ignore(List.of("minor-step")).build())).build();
        UpgradableCluster.Builder.create(others, "Unguarded").version(KubernetesVersion.of("1.36")).upgradeGuard(UpgradeGuard.disabled()).controlPlaneBake(BakeOptions.builder().duration(Duration.minutes(20)).build()).build();
        UpgradableCluster.Builder.create(others, "Scheduled")
                .version(KubernetesVersion.of("1.36"))
                .activeCertificateAuthorityId("ca-2")
                .upgradePath(UpgradePath.fromFile("no-upgrade-path.json"))
                .upgradeGuard(UpgradeGuard.enforce(UpgradeGuardOptions.builder()
                        .ignore(List.of("upgrade-insights"))
                        .force(true)
                        .window(MaintenanceWindow.any(MaintenanceWindow.weekly(WeeklyMaintenanceWindowOptions.builder()
                                .days(List.of("SAT")).start("02:00").duration(Duration.hours(3)).timeZone(TimeZone.EUROPE_BERLIN).exclude(List.of("2026-12-24"))
                                .build())))
                        .calendar("freeze")
                        .notWhile(List.of(Alarm.fromAlarmArn(others, "Errors", "arn:aws:cloudwatch:us-west-2:111122223333:alarm:errors")))
                        .workloads(true)
                        .build()))
                .build();
        ManagedNodeGroupWithAmiTracking.Builder.create(others, "Imported")
                .cluster(Cluster.fromClusterAttributes(others, "ImportedCluster", ClusterAttributes.builder().clusterName("theirs").vpc(Vpc.Builder.create(others, "Vpc").maxAzs(2).build()).build()))
                .kubernetesVersion(KubernetesVersion.of("1.35"))
                .nodeRepair(NodeRepairOptions.builder().overrides(List.of(NodeRepairOverride.builder().nodeMonitoringCondition("NetworkingReady").nodeUnhealthyReason("InterfaceNotUp").minRepairWaitTime(Duration.minutes(5)).repairAction(NodeRepairAction.REPLACE).build())).build())
                .build();

        // ── clusters that somebody else makes ──
        Stack existing = Stack.Builder.create(app, "Existing").env(env).build();
        Vpc theirVpc = Vpc.Builder.create(existing, "Vpc").maxAzs(2).build();
        ManagedNodeGroupOptions group = ManagedNodeGroupOptions.builder()
                .eksAmiType(EksAmiType.AL2023_X86_64_STANDARD)
                .amiTracking(AmiTracking.pinned("1.35.4-20260601"))
                .build();

        ClusterUpgrades ofAwsEks = ClusterUpgrades.ofAwsEks(existing, "OfAwsEks", AwsEksClusterUpgradesProps.builder()
                .cluster(software.amazon.awscdk.services.eks.Cluster.Builder.create(existing, "AwsEks")
                        .version(software.amazon.awscdk.services.eks.KubernetesVersion.of("1.36"))
                        .vpc(theirVpc)
                        .defaultCapacity(0)
                        .kubectlLayer(LayerVersion.fromLayerVersionArn(existing, "Kubectl", "arn:aws:lambda:us-west-2:111122223333:layer:kubectl:1"))
                        .build())
                .version(software.amazon.awscdk.services.eks.KubernetesVersion.of("1.36"))
                .nodeKubernetesVersion(software.amazon.awscdk.services.eks.KubernetesVersion.of("1.35"))
                .managedAddOns(List.of(ManagedAddOn.vpcCni()))
                .upgradeGuard(UpgradeGuard.warnOnly())
                .controlPlaneBake(BakeOptions.builder().duration(Duration.minutes(10)).build())
                .build());
        ofAwsEks.addManagedNodeGroup("Workers", group);
        ofAwsEks.addManagedAddOn(ManagedAddOn.coreDns());

        ClusterUpgrades ofAwsEksV2 = ClusterUpgrades.ofAwsEksV2(existing, "OfAwsEksV2", AwsEksV2ClusterUpgradesProps.builder()
                .cluster(Cluster.Builder.create(existing, "AwsEksV2").version(KubernetesVersion.of("1.36")).vpc(theirVpc).build())
                .version(KubernetesVersion.of("1.36"))
                .nodeKubernetesVersion(KubernetesVersion.of("1.35"))
                .managedAddOns(List.of(ManagedAddOn.kubeProxy()))
                .controlPlaneBake(BakeOptions.builder().duration(Duration.minutes(10)).build())
                .build());
        ofAwsEksV2.addManagedNodeGroup("Workers", group);

        ClusterUpgrades ofImported = ClusterUpgrades.ofImported(existing, "OfImported", ImportedClusterUpgradesProps.builder()
                .clusterName("imported")
                .version(KubernetesVersion.of("1.36"))
                .nodeKubernetesVersion(KubernetesVersion.of("1.35"))
                .vpc(theirVpc)
                .managedAddOns(List.of(ManagedAddOn.coreDns()))
                .upgradeGuard(UpgradeGuard.enforce(UpgradeGuardOptions.builder().ignore(List.of("insight-age")).build()))
                .build());
        ofImported.addManagedNodeGroup("Workers", group);
        CfnOutput.Builder.create(existing, "Upgraded").value(ofImported.getCluster().getClusterName() + " " + ofImported.getKubernetesVersion()).build();

        app.synth();
    }

    private static void output(final Stack stack, final String id, final String value) {
        CfnOutput.Builder.create(stack, id).value(value).build();
    }

    private static String yes(final boolean fact) {
        return fact ? "yes" : "no";
    }
}
