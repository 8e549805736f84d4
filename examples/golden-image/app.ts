import { App, Stack, StackProps } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { AmiFamily, GoldenImage, ManagedAddOn, UpgradableCluster } from 'cdk-eks-upgrades';
import { Construct } from 'constructs';
import { ImagePipelineStack } from './image-pipeline';

const version = eks.KubernetesVersion.V1_36;
const parameterName = `/golden/eks/${version.version}/al2023/x86_64/image_id`;

class PlatformStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);

    const cluster = new UpgradableCluster(this, 'Cluster', {
      version,
      vpc: new ec2.Vpc(this, 'Vpc', { maxAzs: 2 }),
      serviceIpv4Cidr: '172.20.0.0/16', // nodes have to be told; for a cluster that runs without: nodeLaunch.serviceCidr
      defaultCapacityType: eks.DefaultCapacityType.NODEGROUP,
      defaultCapacity: 0,
      bootstrapSelfManagedAddons: false,
      managedAddOns: [ManagedAddOn.vpcCni(), ManagedAddOn.kubeProxy(), ManagedAddOn.coreDns()],
    });

    cluster.addManagedNodeGroup('Workers', {
      goldenImage: GoldenImage.fromParameter(parameterName, { family: AmiFamily.AMAZON_LINUX_2023 }),
      instanceTypes: [new ec2.InstanceType('m7i.large')],
      nodeLaunch: {
        nodeConfig: { kubelet: { config: { maxPods: 58 } } },
        blockDevices: [{
          deviceName: '/dev/xvda',
          volume: ec2.BlockDeviceVolume.ebs(80, { encrypted: true, volumeType: ec2.EbsDeviceVolumeType.GP3 }),
        }],
      },
    });
  }
}

const app = new App();
const env = { account: process.env.CDK_DEFAULT_ACCOUNT, region: process.env.CDK_DEFAULT_REGION };
new ImagePipelineStack(app, 'Images', { env, kubernetesVersion: version.version, parameterName });
new PlatformStack(app, 'Platform', { env });
