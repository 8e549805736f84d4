#!/usr/bin/env bash
# Versions: cdk-eks-karpenter 1.0.27, aws-cdk-lib 2.276.0, constructs 10.6.0, @aws-cdk/lambda-layer-kubectl-v33 2.2.2, Node.js 20 and newer.
# Expected: addProvisioner() and addNodeTemplate(), whose docstring says that they are not for Karpenter after 0.32, refuse Karpenter 1.6 and serve Karpenter 0.31.
# Seen: the comparison is the wrong way round. Karpenter 0.31, which has these APIs, is refused; for 1.6 objects are written of APIs that it does not have, so that the
#       deployment fails when kubectl applies them, in the middle of an upgrade of Karpenter.
# See: https://karpenter.sh/docs/upgrading/v1-migration/, https://github.com/aws-samples/cdk-eks-karpenter/blob/main/src/index.ts
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund cdk-eks-karpenter@1.0.27 aws-cdk-lib@2.276.0 constructs@10.6.0 @aws-cdk/lambda-layer-kubectl-v33@2.2.2
cat > app.js <<'JS'
const { App, Stack } = require('aws-cdk-lib');
const { Cluster, KubernetesVersion } = require('aws-cdk-lib/aws-eks');
const { KubectlV33Layer } = require('@aws-cdk/lambda-layer-kubectl-v33');
const { Karpenter } = require('cdk-eks-karpenter');

const attempts = (version) => {
  const stack = new Stack(new App(), 'Stack');
  const cluster = new Cluster(stack, 'Cluster', { version: KubernetesVersion.V1_33, kubectlLayer: new KubectlV33Layer(stack, 'Kubectl'), defaultCapacity: 0 });
  const karpenter = new Karpenter(stack, 'Karpenter', { cluster, version });
  return ['addProvisioner', 'addNodeTemplate'].map((method) => {
    try {
      karpenter[method](method.toLowerCase(), {});
      return 'written';
    } catch ({ message }) {
      return /not supported for this Karpenter version/.test(message) ? 'refused' : message;
    }
  });
};
const [old, current] = [attempts('v0.31.0'), attempts('1.6.0')];
console.log('Karpenter v0.31.0:', ...old);
console.log('Karpenter 1.6.0:  ', ...current);
const isAsDescribed = old.every((it) => it === 'refused') && current.every((it) => it === 'written');
console.log(isAsDescribed ? 'as described: refused where they exist, written where they do not' : 'changed');
process.exitCode = isAsDescribed ? 0 : 1;
JS
JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION=true node app.js
