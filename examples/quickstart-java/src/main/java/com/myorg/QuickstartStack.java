package com.myorg;

import io.github.cdkeksupgrades.EksAmiType;
import io.github.cdkeksupgrades.ManagedAddOn;
import io.github.cdkeksupgrades.ManagedNodeGroupOptions;
import io.github.cdkeksupgrades.ManagedNodeGroupWithAmiTracking;
import io.github.cdkeksupgrades.UpgradableCluster;
import java.util.List;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.ec2.InstanceType;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.eks_v2.DefaultCapacityType;
import software.amazon.awscdk.services.eks_v2.KubernetesVersion;
import software.constructs.Construct;

public class QuickstartStack extends Stack {
    public QuickstartStack(final Construct scope, final String id) {
        this(scope, id, null);
    }

    public QuickstartStack(final Construct scope, final String id, final StackProps props) {
        super(scope, id, props);

        UpgradableCluster cluster = UpgradableCluster.Builder.create(this, "Cluster")
                .version(KubernetesVersion.of("1.36")) // change it, `cdk diff`, `cdk deploy`
                .vpc(Vpc.Builder.create(this, "Vpc").maxAzs(2).build())
                .defaultCapacityType(DefaultCapacityType.NODEGROUP)
                .defaultCapacity(0)
                .bootstrapSelfManagedAddons(false) // a new cluster: EKS leaves these add-ons to us
                .managedAddOns(List.of(ManagedAddOn.vpcCni(), ManagedAddOn.kubeProxy(), ManagedAddOn.coreDns()))
                .build();

        cluster.addManagedNodeGroup("Workers", ManagedNodeGroupOptions.builder()
                .instanceTypes(List.of(new InstanceType("m7i.large")))
                .build());

        cluster.addManagedNodeGroup("Bottlerocket", ManagedNodeGroupOptions.builder()
                .eksAmiType(EksAmiType.BOTTLEROCKET_ARM_64)
                .instanceTypes(List.of(new InstanceType("m7g.large")))
                .build());

        // the construct by itself takes any cluster, imported ones too
        ManagedNodeGroupWithAmiTracking.Builder.create(this, "Gpu")
                .cluster(cluster)
                .eksAmiType(EksAmiType.AL2023_X86_64_NVIDIA)
                .instanceTypes(List.of(new InstanceType("g6.xlarge")))
                .build();
    }
}
