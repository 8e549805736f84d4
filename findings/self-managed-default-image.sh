#!/usr/bin/env bash
# Versions: aws-cdk-lib 2.276.0, constructs 10.5.1, Node.js 20 and newer.
# Expected: nodes that a cluster of the L2 adds by `addAutoScalingGroupCapacity` have by default an image that EKS publishes for the version of the cluster, at least with the feature
#           flag `@aws-cdk/aws-eks:defaultToAL2023`; or a warning.
# Seen: the default is Amazon Linux 2, with the flag as well and for every version that the L2 knows. EKS has none of that after 1.32, so CloudFormation
#       does not find the parameter. Nothing is said while the app is synthesised, and there is no value for Amazon Linux 2023; the managed node group beside it gets it.
# See: https://docs.aws.amazon.com/eks/latest/userguide/eks-ami-deprecation-faqs.html, https://github.com/aws/aws-cdk/issues/29983
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund aws-cdk-lib@2.276.0 constructs@10.5.1
cat > app.js <<'JS'
const { App, Stack } = require('aws-cdk-lib');
const { InstanceType } = require('aws-cdk-lib/aws-ec2');
const { Cluster, DefaultCapacityType, KubernetesVersion, MachineImageType } = require('aws-cdk-lib/aws-eks-v2');
const LAST_WITH_AL2 = 32;
const synthesise = (version) => {
  const app = new App({ analyticsReporting: false, context: { '@aws-cdk/aws-eks:defaultToAL2023': true } });
  const cluster = new Cluster(new Stack(app, 'Stack'), 'Cluster', { version, defaultCapacity: 0, defaultCapacityType: DefaultCapacityType.NODEGROUP });
  cluster.addAutoScalingGroupCapacity('Nodes', { instanceType: new InstanceType('m7i.large') });
  cluster.addNodegroupCapacity('Group', { instanceTypes: [new InstanceType('m7i.large')] });
  const { template, messages } = app.synth().getStackByName('Stack');
  return {
    images: Object.values(template.Parameters).map(({ Default }) => Default).filter((name) => name.includes('/eks/')),
    amiTypes: Object.values(template.Resources).flatMap(({ Type, Properties }) => Type === 'AWS::EKS::Nodegroup' ? Properties.AmiType : []),
    said: messages.map(({ entry }) => String(entry.data)),
  };
};
const versions = Object.keys(KubernetesVersion).filter((name) => /^V1_\d+$/.test(name)).filter((name) => Number(name.slice(3)) > LAST_WITH_AL2);
const seen = versions.map((name) => ({ name, ...synthesise(KubernetesVersion[name]) }));
seen.forEach(({ name, images, amiTypes, said }) => console.log(name, images.join(), `managed: ${amiTypes.join()}`, `messages about images: ${said.filter((text) => /image|AL2|Linux/i.test(text)).length}`));
const kinds = Object.keys(MachineImageType).filter((name) => isNaN(name));
console.log('kinds of images:', kinds.join());
const isAsDescribed = seen.length > 0 && kinds.join() === 'AMAZON_LINUX_2,BOTTLEROCKET' && seen.every(({ name, images, amiTypes, said }) =>
  images.join() === `/aws/service/eks/optimized-ami/${name.slice(1).replace('_', '.')}/amazon-linux-2/recommended/image_id`
  && amiTypes.join() === 'AL2023_x86_64_STANDARD' && !said.some((text) => /image|AL2|Linux/i.test(text)));
console.log(isAsDescribed ? 'as described: the default image is one that EKS does not publish' : 'changed');
process.exitCode = isAsDescribed ? 0 : 1;
JS
JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION=true node app.js
