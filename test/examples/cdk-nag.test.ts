import { AwsSolutionsChecks } from 'cdk-nag';
import { ExampleOptions, runExample } from './_example-app';

/** A finding of AwsSolutions that stands, and why. */
interface AcceptedFinding {
  /** Where: the end of the construct path. */
  readonly at: RegExp;
  readonly rule: RegExp;
  readonly reason: string;
}

/** What stems from this library. */
const OURS: AcceptedFinding[] = [
  {
    at: /\/CdkEksUpgradesHandler\/Function\/Resource$/,
    rule: /^AwsSolutions-L1$/,
    reason: 'the handler is bundled for Node.js 22 and tested with it; a newer runtime comes with a release of the library',
  },
  {
    at: /AddOnVersionsPolicy\/Resource$/,
    rule: /^AwsSolutions-IAM5\[Resource::\*\]$/,
    reason: 'eks:DescribeAddonVersions describes what EKS offers and knows no resources',
  },
  {
    at: /AddOnVersionsPolicy\/Resource$/,
    rule: /^AwsSolutions-IAM5\[Resource::arn:.*:eks:.*:addon\/.+\/\*\/\*\]$/,
    reason: 'the ARN of an add-on ends in its name and an ID that EKS makes up: the wildcards stand for the add-ons of the one cluster',
  },
  {
    at: /\/UpgradeGuardPolicy\/Resource$/,
    rule: /^AwsSolutions-IAM5\[Resource::\*\]$/,
    reason: 'ec2:DescribeSubnets, eks:DescribeAddonVersions and eks:DescribeClusterVersions know no resources',
  },
  {
    at: /\/UpgradeGuardPolicy\/Resource$/,
    rule: /^AwsSolutions-IAM5\[Resource::arn:.*:eks:.*:(cluster\/\*|nodegroup\/\*\/\*\/\*|addon\/\*\/\*\/\*)\]$/,
    reason: 'the guard runs before the cluster, whose name CloudFormation makes up; it reads only, and a given clusterName takes the place of the wildcard',
  },
  {
    at: /\/UpgradeGuardPolicy\/Resource$/,
    rule: /^AwsSolutions-IAM5\[Resource::arn:.*:ssm:.*::parameter\/aws\/service\/(eks\/optimized-ami|bottlerocket|ami-windows-latest)\/\*\]$/,
    reason: 'public parameters of AWS: whatever AMI type and version a node group has, its release must be found',
  },
];

/** What the author of an app decides, and these examples leave at the default of the CDK. */
const USERS_CHOICE: AcceptedFinding[] = [
  { at: /\/Vpc\/Resource$/, rule: /^AwsSolutions-VPC7$/, reason: 'flow logs belong to the network, which is not what the examples show' },
  {
    at: /\/Cluster\/Role\/Resource$/,
    rule: /^AwsSolutions-IAM4\[Policy::.*\/AmazonEKSClusterPolicy\]$/,
    reason: 'the role that eks.Cluster makes unless it is given one',
  },
  {
    at: /\/NodeGroupRole\/Resource$/,
    rule: /^AwsSolutions-IAM4\[Policy::.*\/(AmazonEKSWorkerNodePolicy|AmazonEKS_CNI_Policy|AmazonEC2ContainerRegistryReadOnly)\]$/,
    reason: 'the role that eks.Nodegroup makes unless it is given one',
  },
];

const EXAMPLES: [name: string, file: string][] = [
  ['quickstart', 'app.ts'],
  ['separate-stacks', 'app.ts'],
  ['bake-then-roll', 'app.ts'],
  ['canary-node-group', 'app.ts'],
  ['blue-green', 'app.ts'],
  ...['before.ts', 'step-1.ts', 'step-2.ts', 'step-3.ts', 'step-4.ts'].map((file): [string, string] => ['adopt-existing-cluster', file]),
];

function findingsIn(name: string, options: ExampleOptions) {
  return new AwsSolutionsChecks().validateScope(runExample(name, options).app).violations.flatMap(({ ruleName, violatingResources }) => (
    violatingResources.map(({ constructPath }) => ({ path: constructPath!, rule: ruleName }))
  ));
}

function isAcceptedBy(accepted: AcceptedFinding[], { path, rule }: ReturnType<typeof findingsIn>[number]): boolean {
  return accepted.some((candidate) => candidate.at.test(path) && candidate.rule.test(rule));
}

test.each(EXAMPLES)('no finding without a reason in %s/%s', (name, file) => {
  expect(findingsIn(name, { file }).filter((finding) => !isAcceptedBy([...OURS, ...USERS_CHOICE], finding))).toEqual([]);
});

test('the library adds no finding to what the CDK alone has, but those with a reason', () => {
  const inTheCdkAlone = findingsIn('adopt-existing-cluster', { file: 'before.ts' });
  const added = findingsIn('adopt-existing-cluster', { file: 'step-4.ts' })
    .filter(({ path, rule }) => !inTheCdkAlone.some((known) => known.path === path && known.rule === rule));

  expect(inTheCdkAlone.every((finding) => isAcceptedBy(USERS_CHOICE, finding))).toBe(true);
  expect(added.filter((finding) => !isAcceptedBy(OURS, finding))).toEqual([]);
});

test('fails for a handler that may do more than it needs', () => {
  const generous = `
    new Policy(this, 'UpgradeGuardPolicy', { statements: [new PolicyStatement({ actions: ['eks:*'], resources: ['arn:aws:eks:::cluster/x'] })] });
  `;
  const found = findingsIn('quickstart', {
    edits: [
      { replace: 'import * as ec2', by: "import { Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam'; import * as ec2" },
      { replace: '// the construct by itself', by: `${generous} //` },
    ],
  });

  expect(found.filter((finding) => !isAcceptedBy([...OURS, ...USERS_CHOICE], finding)))
    .toEqual([{ path: 'Quickstart/UpgradeGuardPolicy/Resource', rule: 'AwsSolutions-IAM5[Action::eks:*]' }]);
});
