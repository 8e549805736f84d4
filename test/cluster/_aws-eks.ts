/**
 * Clusters of the older module, `aws-eks`, as apps have them.
 */
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eksv1 from 'aws-cdk-lib/aws-eks';
import { Construct } from 'constructs';
import { KubectlV36Layer } from './_fixtures';
import { importedVpc } from '../node-group/_fixtures';

export const CLUSTER = 'Custom::AWSCDK-EKS-Cluster';
export const GUARD = 'Custom::EksUpgradeGuard';
export const MANIFEST = 'Custom::AWSCDK-EKS-KubernetesResource';
export const NODE_GROUP = 'AWS::EKS::Nodegroup';

/** A cluster without capacity, in a VPC that was not made for it. */
export function awsEksCluster(scope: Construct, props: Partial<eksv1.ClusterProps> & { id?: string } = {}): eksv1.Cluster {
  const { id = 'Cluster', ...rest } = props;
  return new eksv1.Cluster(scope, id, {
    version: eksv1.KubernetesVersion.of('1.36'),
    kubectlLayer: new KubectlV36Layer(scope, `${id}Kubectl`),
    vpc: importedVpc(scope, `${id}Vpc`),
    defaultCapacity: 0,
    ...rest,
  });
}

export function instance(name: string): ec2.InstanceType {
  return new ec2.InstanceType(name);
}
