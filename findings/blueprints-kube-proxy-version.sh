#!/usr/bin/env bash
# Versions: @aws-quickstart/eks-blueprints 1.19.0, aws-cdk-lib 2.261.0, constructs 10.8.1, Node.js 20 and newer.
# Expected: without credentials, as in a check of a pull request, KubeProxyAddOn falls back to a kube-proxy of the cluster's own minor, or says that it knows none: kube-proxy
#           must not be newer than the API server (https://kubernetes.io/releases/version-skew-policy/#kube-proxy).
# Seen: the table of the fallback is keyed by the CDK's version objects, and what it does not find is its first row. KubernetesVersion.V1_33 gets kube-proxy 1.33, and
#       KubernetesVersion.of('1.33'), the same version as another object, kube-proxy 1.35. The errors that are logged speak of credentials, not of the version.
# See: https://github.com/aws-quickstart/cdk-eks-blueprints/blob/main/lib/addons/core-addon/index.ts
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund @aws-quickstart/eks-blueprints@1.19.0 aws-cdk-lib@2.261.0 aws-cdk@2.1129.0 constructs@10.8.1
cat > app.js <<'JS'
const { App } = require('aws-cdk-lib');
const { KubernetesVersion } = require('aws-cdk-lib/aws-eks');
const { EksBlueprint, KubeProxyAddOn } = require('@aws-quickstart/eks-blueprints');

const kubeProxyOf = async (version) => {
  const app = new App();
  await EksBlueprint.builder().account('111122223333').region('eu-west-1').version(version).addOns(new KubeProxyAddOn()).buildAsync(app, 'Cluster');
  const resources = Object.values(app.synth().getStackByName('Cluster').template.Resources);
  return resources.find(({ Type }) => Type === 'AWS::EKS::Addon').Properties.AddonVersion;
};

(async () => {
  const [constant, spelled] = [await kubeProxyOf(KubernetesVersion.V1_33), await kubeProxyOf(KubernetesVersion.of('1.33'))];
  console.log('KubernetesVersion.V1_33:      kube-proxy', constant);
  console.log("KubernetesVersion.of('1.33'): kube-proxy", spelled);
  const isAsDescribed = constant.startsWith('v1.33.') && spelled.startsWith('v1.35.');
  console.log(isAsDescribed ? 'as described: the same version, spelled otherwise, gets a newer kube-proxy' : 'changed');
  process.exitCode = isAsDescribed ? 0 : 1;
})();
JS
env -u AWS_PROFILE -u AWS_ACCESS_KEY_ID -u AWS_SECRET_ACCESS_KEY AWS_CONFIG_FILE=/dev/null AWS_SHARED_CREDENTIALS_FILE=/dev/null AWS_EC2_METADATA_DISABLED=true \
  JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION=true node app.js 2>&1 | grep -E '^(KubernetesVersion|as described|changed)'
