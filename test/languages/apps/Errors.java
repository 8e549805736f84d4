package com.myorg;

import io.github.cdkeksupgrades.*;
import java.util.List;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.ec2.InstanceType;
import software.amazon.awscdk.services.eks_v2.Addon;
import software.amazon.awscdk.services.eks_v2.DefaultCapacityType;
import software.amazon.awscdk.services.eks_v2.KubernetesVersion;
import software.amazon.awscdk.services.eks_v2.NodegroupAmiType;

/** What errors.ts says, in Java. */
public class Errors {
    private static App app;

    private static Stack newStack() {
        app = new App();
        return Stack.Builder.create(app, "Stack").env(Environment.builder().account("111122223333").region("us-west-2").build()).build();
    }

    private static UpgradableCluster clusterIn(final Stack stack, final ManagedAddOn... managedAddOns) {
        return UpgradableCluster.Builder.create(stack, "Cluster")
                .version(KubernetesVersion.of("1.36"))
                .defaultCapacityType(DefaultCapacityType.NODEGROUP)
                .defaultCapacity(0)
                .managedAddOns(List.of(managedAddOns))
                .build();
    }

    private static void workers(final ManagedNodeGroupOptions.Builder options) {
        clusterIn(newStack()).addManagedNodeGroup("Workers", options.build());
    }

    private static ManagedNodeGroupOptions.Builder options() {
        return ManagedNodeGroupOptions.builder();
    }

    private static void attempt(final String name, final Runnable misuse) {
        try {
            misuse.run();
            System.out.println(name + ": nothing was thrown");
        } catch (final RuntimeException error) {
            String message = error.getMessage().split("\n(@jsii/kernel|Error: )")[0]; // the runtime appends the stack of Node.js
            System.out.println(name + ": " + message.replace("\n", " "));
        }
    }

    public static void main(final String[] args) {
        attempt("unknown AMI type", () -> EksAmiType.fromApiName("AL2024_x86_64"));
        attempt("malformed release", () -> EksAmiType.BOTTLEROCKET_X86_64.parseRelease("1.36"));
        attempt("parameter without version", () -> EksAmiType.of(EksAmiTypeOptions.builder()
                .apiName("NEW").architecture(AmiArchitecture.ARM_64).releaseVersionScheme(ReleaseVersionScheme.BOTTLEROCKET).releaseVersionParameter("/fixed")
                .build()));
        attempt("parameter name", () -> AmiTracking.fromParameter("no spaces"));
        attempt("add-on version", () -> AddOnVersion.pinned("1.2.3"));
        attempt("add-on name", () -> ManagedAddOn.of("core dns"));
        attempt("insight age", () -> UpgradeGuard.enforce(UpgradeGuardOptions.builder().maxInsightAge(Duration.seconds(90)).build()));
        attempt("release of another minor", () -> workers(options().amiTracking(AmiTracking.pinned("1.35.4-20260601"))));
        attempt("two AMI types", () -> workers(options().amiType(NodegroupAmiType.AL2023_X86_64_STANDARD).eksAmiType(EksAmiType.AL2023_X86_64_STANDARD)));
        attempt("architecture", () -> workers(options().eksAmiType(EksAmiType.AL2023_ARM_64_STANDARD).instanceTypes(List.of(new InstanceType("m7i.large")))));
        attempt("newer than the cluster", () -> workers(options().kubernetesVersion(KubernetesVersion.of("1.37"))));
        attempt("floating Windows", () -> workers(options().eksAmiType(EksAmiType.WINDOWS_CORE_2022_X86_64).amiTracking(AmiTracking.recommendedAtDeployment())));
        attempt("warm pool", () -> workers(options().warmPool(WarmPoolOptions.builder().minSize(3).maxGroupPreparedCapacity(2).build())));
        attempt("node repair", () -> workers(options().nodeRepair(NodeRepairOptions.builder()
                .maxParallelNodesRepairedCount(1).maxParallelNodesRepairedPercentage(10).build())));
        attempt("rollback timeout", () -> UpgradableCluster.Builder.create(newStack(), "Cluster")
                .version(KubernetesVersion.of("1.36")).rollbackTimeout(Duration.hours(1)).build());
        attempt("add-on twice", () -> clusterIn(newStack(), ManagedAddOn.coreDns(), ManagedAddOn.of("coredns")));
        attempt("handler configured late", () -> {
            final Stack stack = newStack();
            clusterIn(stack);
            UpgradeHandler.configure(stack, UpgradeHandlerOptions.builder().reservedConcurrentExecutions(1).build());
        });
        attempt("without environment", () -> clusterIn(new Stack(new App(), "Stack")).addManagedNodeGroup("Workers"));
        attempt("found in the finished tree", () -> {
            Stack stack = newStack();
            Addon.Builder.create(stack, "Theirs").cluster(clusterIn(stack, ManagedAddOn.coreDns())).addonName("coredns").build();
            app.synth();
        });

        workers(options().amiTracking(AmiTracking.pinned("1.34.1-20260601")));
    }
}
