#!/usr/bin/env bash
# Versions: aws-cdk-lib 2.276.0, constructs 10.8.1, Node.js 20 and newer.
# Expected: what CfnNodegroup.isCfnNodegroup(node) lets through is a CfnNodegroup, as its type predicate says: an Aspect may read and set its properties, such as version.
# Seen: it looks at the type's name only, and lets a plain CfnResource with type 'AWS::EKS::Nodegroup' through. There version reads undefined although the template has one, and
#       what an Aspect sets is lost without a word: the node group stays on its version, while a CfnNodegroup beside it follows. addPropertyOverride reaches both.
# See: https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_eks.CfnNodegroup.html
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund aws-cdk-lib@2.276.0 constructs@10.8.1
cat > app.js <<'JS'
const { App, Aspects, CfnResource, Stack } = require('aws-cdk-lib');
const { CfnNodegroup } = require('aws-cdk-lib/aws-eks');

const stack = new Stack(new App(), 'Nodes');
const given = { clusterName: 'production', nodeRole: 'arn:aws:iam::111122223333:role/nodes', subnets: ['subnet-1'], version: '1.35' };
const capitalised = Object.fromEntries(Object.entries(given).map(([name, value]) => [name[0].toUpperCase() + name.slice(1), value]));
new CfnNodegroup(stack, 'Typed', given);
new CfnResource(stack, 'Raw', { type: 'AWS::EKS::Nodegroup', properties: capitalised });

const read = {};
Aspects.of(stack).add({
  visit(node) {
    if (!CfnNodegroup.isCfnNodegroup(node)) return;
    read[node.node.id] = node.version;
    node.version = '1.36';
  },
});
const { Resources } = stack.node.root.synth().getStackByName('Nodes').template;
const rendered = Object.fromEntries(Object.entries(Resources).filter(([, { Type }]) => Type === 'AWS::EKS::Nodegroup').map(([id, { Properties }]) => [id, Properties.Version]));
for (const id of ['Typed', 'Raw']) console.log(`${id}: let through ${id in read}, read ${read[id]}, version in the template ${rendered[id]}`);
const isAsDescribed = 'Raw' in read && read.Raw === undefined && rendered.Raw === '1.35' && read.Typed === '1.35' && rendered.Typed === '1.36';
console.log(isAsDescribed ? 'as described: the type guard lets through what is none, and what is set there is lost' : 'changed');
process.exitCode = isAsDescribed ? 0 : 1;
JS
JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION=true CDK_VALIDATION=false node app.js
