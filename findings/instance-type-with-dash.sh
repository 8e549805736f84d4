#!/usr/bin/env bash
# Versions: aws-cdk-lib 2.276.0, constructs 10.5.1, Node.js 20 and newer.
# Expected: `new InstanceType(name).architecture` tells the architecture of every instance type that EC2 names, as it does for those that end with -flex.
# Seen: types with another dash in the name of their family are called malformed: p6-b200.48xlarge, p6e-gb200.36xlarge, u-6tb1.112xlarge, u7i-12tb.224xlarge, mac2-m2.metal.
#       So a node group of the L2 cannot have them: it asks for the architecture whenever instance types are given.
# See: https://aws.amazon.com/ec2/instance-types/p6/, https://github.com/aws/aws-cdk/issues/27587
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund aws-cdk-lib@2.276.0 constructs@10.5.1
cat > app.js <<'JS'
const { InstanceType } = require('aws-cdk-lib/aws-ec2');
const saidOf = (name) => {
  try {
    return new InstanceType(name).architecture;
  } catch (error) {
    return error.message;
  }
};
const [read, malformed] = [
  ['m7i.large', 'm7i-flex.large', 'm8g.metal-24xl'],
  ['p6-b200.48xlarge', 'p6e-gb200.36xlarge', 'u-6tb1.112xlarge', 'u7i-12tb.224xlarge', 'mac2-m2.metal'],
].map((names) => names.map((name) => ({ name, said: saidOf(name) })));
[...read, ...malformed].forEach(({ name, said }) => console.log(name.padEnd(20), said));
const isAsDescribed = read.every(({ said }) => ['x86_64', 'arm64'].includes(said))
  && malformed.every(({ said }) => said === 'Malformed instance type identifier');
console.log(isAsDescribed ? 'as described: families with a dash are called malformed' : 'changed');
process.exitCode = isAsDescribed ? 0 : 1;
JS
JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION=true node app.js
