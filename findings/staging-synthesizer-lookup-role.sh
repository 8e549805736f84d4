#!/usr/bin/env bash
# Versions: @aws-cdk/app-staging-synthesizer-alpha 2.149.0-alpha.0, aws-cdk-lib 2.276.0, constructs 10.5.1, Node.js 20 and newer.
# Expected: `lookupRole` of a synthesizer is, by its docs, the role with which the CLI looks things up for its stacks.
# Seen: the synthesizer of staging stacks has none, and writes one into the cloud assembly and into each look-up all the same: a construct cannot tell which role will read.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund aws-cdk-lib@2.276.0 constructs@10.5.1 @aws-cdk/app-staging-synthesizer-alpha@2.149.0-alpha.0
cat > roles.js <<'JS'
const { App, Stack } = require('aws-cdk-lib');
const { BucketEncryption } = require('aws-cdk-lib/aws-s3');
const { AppStagingSynthesizer } = require('@aws-cdk/app-staging-synthesizer-alpha');
const env = { account: '111122223333', region: 'us-west-2' };
const staging = AppStagingSynthesizer.defaultResources({ appId: 'demo', stagingBucketEncryption: BucketEncryption.S3_MANAGED });
for (const [name, defaultStackSynthesizer] of [['default', undefined], ['staging', staging]]) {
  const stack = new Stack(new App({ defaultStackSynthesizer }), 'Stack', { env });
  stack.reportMissingContextKey({ key: 'key', provider: 'ssm', props: { ...env, parameterName: '/demo' } });
  const assembly = stack.node.root.synth();
  const roles = [stack.synthesizer.lookupRole, assembly.getStackByName('Stack').lookupRole?.arn, assembly.manifest.missing[0].props.lookupRoleArn];
  console.log(name, ...roles.map((role) => role === undefined ? 'none' : 'role'));
}
JS
node roles.js 2>/dev/null | tee seen | sed 's/^/synthesizer, then lookupRole, assembly, look-up: /'
if [ "$(cat seen)" != $'default role role role\nstaging none role role' ]; then echo 'changed'; exit 1; fi
echo 'as described: the role of the staging synthesizer is in the assembly only'
