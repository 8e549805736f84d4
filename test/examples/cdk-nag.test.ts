import { AwsSolutionsChecks } from 'cdk-nag';
import { ExampleOptions, runExample, VPC_LOOK_UP } from './_example-app';

/** A finding of AwsSolutions that stands, and why. */
interface AcceptedFinding {
  /** Where: the end of the construct path. */
  readonly at: RegExp;
  readonly rule: RegExp;
  readonly reason: string;
}

/** What the author of an app decides, and these examples leave at the default of the CDK. */
const USERS_CHOICE: AcceptedFinding[] = [
  { at: /\/Vpc\/Resource$/, rule: /^AwsSolutions-VPC7$/, reason: 'flow logs belong to the network, which is not what the examples show' },
  {
    at: /\/Cluster\/Role\/Resource$/,
    rule: /^AwsSolutions-IAM4\[Policy::.*\/AmazonEKSClusterPolicy\]$/,
    reason: 'the role that eks.Cluster makes unless it is given one',
  },
  {
    at: /\/(NodeGroupRole|NodeRole|InstanceRole)\/Resource$/,
    rule: /^AwsSolutions-IAM4\[Policy::.*\/(AmazonEKSWorkerNodePolicy|AmazonEKS_CNI_Policy|AmazonEC2ContainerRegistry(ReadOnly|PullOnly))\]$/,
    reason: 'what nodes need, as EKS documents it: the role that eks.Nodegroup makes unless it is given one, and the like of self-managed nodes',
  },
  {
    at: /\/Nodes\/ASG$/,
    rule: /^AwsSolutions-(EC26|AS3)$/,
    reason: "the volumes are those of the AMI, which the account's default encrypts; notifications are not what the examples show",
  },
  {
    at: /^Images\/(BuildRole|ExecutionRole)\/Resource$/,
    rule: /^AwsSolutions-IAM4\[Policy::.*\/(AmazonSSMManagedInstanceCore|EC2InstanceProfileForImageBuilder|EC2ImageBuilderExecutionPolicy)\]$/,
    reason: 'what EC2 Image Builder needs, as its guide documents it',
  },
  {
    at: /\/Cluster\/KubectlProvider\//,
    rule: /^AwsSolutions-(IAM4|IAM5|L1)/,
    reason: 'by which eks.Cluster talks to Kubernetes, as the CDK makes it',
  },
];

const EXAMPLES: [name: string, file: string][] = [
  ['quickstart', 'app.ts'],
  ['separate-stacks', 'app.ts'],
  ['bake-then-roll', 'app.ts'],
  ['canary-node-group', 'app.ts'],
  ['second-node-group', 'app.ts'],
  ['blue-green', 'app.ts'],
  ['existing-imported', 'app.ts'],
  ['karpenter', 'app.ts'],
  ['self-managed-nodes', 'app.ts'],
  ['golden-image', 'app.ts'],
  ...['before.ts', 'step-1.ts', 'step-2.ts', 'step-3.ts', 'step-4.ts'].map((file): [string, string] => ['adopt-existing-cluster', file]),
];

/** What a cluster of the older `aws-eks` has by itself is the CDK's. */
const ADOPTIONS: [name: string, last: string][] = [['adopt-existing-cluster', 'step-4.ts'], ['existing-aws-eks', 'step-5.ts']];

function findingsIn(name: string, options: ExampleOptions) {
  return new AwsSolutionsChecks().validateScope(runExample(name, options).app).violations.flatMap(({ ruleName, violatingResources }) => (
    violatingResources.map(({ constructPath }) => ({ path: constructPath!, rule: ruleName }))
  ));
}

function isAcceptedBy(accepted: AcceptedFinding[], { path, rule }: ReturnType<typeof findingsIn>[number]): boolean {
  return accepted.some((candidate) => candidate.at.test(path) && candidate.rule.test(rule));
}

test.each(EXAMPLES)('no finding without a reason in %s/%s', (name, file) => {
  expect(findingsIn(name, { file, context: VPC_LOOK_UP }).filter((finding) => !isAcceptedBy(USERS_CHOICE, finding))).toEqual([]);
});

test.each(ADOPTIONS)('the library adds no finding to what the CDK alone has in %s', (name, last) => {
  const inTheCdkAlone = findingsIn(name, { file: 'before.ts' });
  const added = findingsIn(name, { file: last })
    .filter(({ path, rule }) => !inTheCdkAlone.some((known) => known.path === path && known.rule === rule));

  expect(added).toEqual([]);
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

  expect(found.filter((finding) => !isAcceptedBy(USERS_CHOICE, finding)))
    .toEqual([{ path: 'Quickstart/UpgradeGuardPolicy/Resource', rule: 'AwsSolutions-IAM5[Action::eks:*]' }]);
});
