#!/usr/bin/env bash
# Versions: aws-cdk-lib 2.276.0, constructs 10.5.1, Node.js 20 and newer.
# Expected: a node group of the L2 takes an AMI type and an instance type that EKS takes together: Bottlerocket FIPS on m7i and m7g, the NVIDIA variant of AL2023 on p5 and g6f.
# Seen: all four are refused while the app is synthesised, with "The specified AMI does not match the instance types architecture". The architectures do match: the list of types that
#       fit an architecture has no FIPS types, and the list of instance families with GPUs has neither p5 nor g6f. Without FIPS, and on g6, the same node groups pass.
# See: https://docs.aws.amazon.com/eks/latest/APIReference/API_Nodegroup.html, https://github.com/aws/aws-cdk/issues/17641
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund aws-cdk-lib@2.276.0 constructs@10.5.1
cat > app.js <<'JS'
const { App, Stack } = require('aws-cdk-lib');
const { InstanceType, Vpc } = require('aws-cdk-lib/aws-ec2');
const { Cluster, Nodegroup, NodegroupAmiType } = require('aws-cdk-lib/aws-eks-v2');
const saidOf = (amiType, instanceType) => {
  const stack = new Stack(new App({ analyticsReporting: false }), 'Stack');
  const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['us-west-2a'], privateSubnetIds: ['subnet-1'] });
  const cluster = Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'prod', vpc });
  try {
    new Nodegroup(stack, 'Workers', { cluster, amiType: NodegroupAmiType[amiType], instanceTypes: [new InstanceType(instanceType)] });
    return 'taken';
  } catch (error) {
    return /does not match the instance types architecture/.test(error.message) ? 'refused' : error.message;
  }
};
const cases = [
  ['BOTTLEROCKET_X86_64', 'm7i.large', 'taken'],
  ['BOTTLEROCKET_X86_64_FIPS', 'm7i.large', 'refused'],
  ['BOTTLEROCKET_ARM_64', 'm7g.large', 'taken'],
  ['BOTTLEROCKET_ARM_64_FIPS', 'm7g.large', 'refused'],
  ['AL2023_X86_64_NVIDIA', 'g6.xlarge', 'taken'],
  ['AL2023_X86_64_NVIDIA', 'g6f.large', 'refused'],
  ['AL2023_X86_64_NVIDIA', 'p5.48xlarge', 'refused'],
].map(([amiType, instanceType, described]) => ({ amiType, instanceType, described, said: saidOf(amiType, instanceType) }));
cases.forEach(({ amiType, instanceType, said }) => console.log(amiType.padEnd(26), instanceType.padEnd(12), said));
const isAsDescribed = cases.every(({ said, described }) => said === described);
console.log(isAsDescribed ? 'as described: what EKS takes together is refused as of another architecture' : 'changed');
process.exitCode = isAsDescribed ? 0 : 1;
JS
JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION=true node app.js
