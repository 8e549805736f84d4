import { KubectlV36Layer } from '@aws-cdk/lambda-layer-kubectl-v36';
import { App, Stack, StackProps } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { EksAmiType, ManagedAddOn, TrackedAmiRelease, UpgradableCluster } from 'cdk-eks-upgrades';
import { Construct } from 'constructs';

const version = eks.KubernetesVersion.V1_36;

/** That of the controller; 1.36 needs 1.13 or newer (https://karpenter.sh/docs/upgrading/compatibility/). */
const karpenterVersion = '1.14.1';

class PlatformStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);

    const cluster = new UpgradableCluster(this, 'Cluster', {
      version,
      vpc: new ec2.Vpc(this, 'Vpc', { maxAzs: 2 }),
      kubectlProviderOptions: { kubectlLayer: new KubectlV36Layer(this, 'Kubectl') },
      defaultCapacityType: eks.DefaultCapacityType.NODEGROUP,
      defaultCapacity: 0,
      bootstrapSelfManagedAddons: false,
      managedAddOns: [ManagedAddOn.vpcCni(), ManagedAddOn.kubeProxy(), ManagedAddOn.coreDns(), ManagedAddOn.podIdentityAgent()],
    });

    // where Karpenter itself runs
    const system = cluster.addManagedNodeGroup('System', { instanceTypes: [new ec2.InstanceType('m7i.large')] });

    const crds = cluster.addHelmChart('KarpenterCrds', {
      chart: 'karpenter-crd',
      repository: 'oci://public.ecr.aws/karpenter/karpenter-crd',
      version: karpenterVersion,
      namespace: 'kube-system',
    });

    const nodeRole = new iam.Role(this, 'NodeRole', {
      assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com'),
      managedPolicies: ['AmazonEKSWorkerNodePolicy', 'AmazonEKS_CNI_Policy', 'AmazonEC2ContainerRegistryPullOnly']
        .map((name) => iam.ManagedPolicy.fromAwsManagedPolicyName(name)),
    });
    cluster.grantAccess('NodeAccess', nodeRole.roleArn, [], { accessEntryType: eks.AccessEntryType.EC2_LINUX });

    const release = new TrackedAmiRelease(this, 'Release', {
      eksAmiType: EksAmiType.AL2023_X86_64_STANDARD,
      kubernetesVersion: version,
    });

    const nodeClass = cluster.addManifest('NodeClass', {
      apiVersion: 'karpenter.k8s.aws/v1',
      kind: 'EC2NodeClass',
      metadata: { name: 'default' },
      spec: {
        role: nodeRole.roleName,
        amiSelectorTerms: [{ alias: release.karpenterAlias }], // al2023@v20260714, until `refresh` moves it
        subnetSelectorTerms: cluster.vpc.privateSubnets.map(({ subnetId }) => ({ id: subnetId })),
        securityGroupSelectorTerms: [{ id: cluster.clusterSecurityGroupId }],
      },
    });
    nodeClass.node.addDependency(crds, system); // first the nodes that are rolled with care, then Karpenter's
  }
}

const app = new App();
new PlatformStack(app, 'Platform', {
  env: { account: process.env.CDK_DEFAULT_ACCOUNT, region: process.env.CDK_DEFAULT_REGION },
});
