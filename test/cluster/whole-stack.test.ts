import { readFileSync } from 'fs';
import { join } from 'path';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { App, Stack } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks } from 'cdk-nag';
import { KubectlV36Layer, newStack, upgradableCluster } from './_fixtures';
import { ManagedAddOn, ManagedNodeGroupWithAmiTracking, SupportType, UpgradeHandler } from '../../src';
import { importedVpc } from '../node-group/_fixtures';

/** Everything that the library can add, in the cluster's stack and in one of node groups. */
function appWithEverything(prepare: (stack: Stack) => void = () => undefined): App {
  const stack = newStack();
  prepare(stack);
  const app = stack.node.root as App;
  const cluster = upgradableCluster(stack, {
    kubectlProviderOptions: { kubectlLayer: new KubectlV36Layer(stack, 'Kubectl') },
    albController: { version: eks.AlbControllerVersion.V2_8_2 },
    supportType: SupportType.STANDARD,
    endpointAccess: eks.EndpointAccess.PRIVATE,
    clusterLogging: Object.values(eks.ClusterLoggingTypes),
    managedAddOns: [
      ManagedAddOn.vpcCni(), ManagedAddOn.kubeProxy(), ManagedAddOn.podIdentityAgent(), ManagedAddOn.coreDns(), ManagedAddOn.ebsCsiDriver(),
    ],
  });
  cluster.addManagedNodeGroup('Workers');
  const nodes = newStack({ app, id: 'Nodes' });
  new ManagedNodeGroupWithAmiTracking(nodes, 'Workers', { cluster });
  cluster.addManagedAddOn(ManagedAddOn.of('aws-efs-csi-driver', { scope: nodes }));
  return app;
}

/** What cdk-nag says about constructs of the L2, with or without this library. */
const FINDINGS_ABOUT_THE_L2: [path: RegExp, rule: RegExp, reason: string][] = [
  [/^Stack\/Cluster\/Role\//, /IAM4.*AmazonEKSClusterPolicy/, 'the policy that EKS requires of a cluster role'],
  [
    /\/NodeGroupRole\//, /IAM4.*(AmazonEKSWorkerNodePolicy|AmazonEKS_CNI_Policy|AmazonEC2ContainerRegistryReadOnly)/,
    'the policies that EKS requires of nodes',
  ],
  [/^Stack\/Cluster\/KubectlProvider\//, /L1|IAM4|IAM5/, 'the kubectl provider of the CDK'],
  [/AlbController\/alb-sa\/Role\//, /IAM5/, 'the policy that the load balancer controller publishes'],
];

test.each<[string, (stack: Stack) => void]>([
  ['in no VPC', () => undefined],
  ['in a VPC', (stack) => UpgradeHandler.configure(stack, { vpc: importedVpc(stack, 'HandlerVpc') })],
  ['in a VPC with a role of the app', (stack) => UpgradeHandler.configure(stack, {
    vpc: importedVpc(stack, 'HandlerVpc'), role: new Role(stack, 'Own', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') }),
  })],
])('cdk-nag has nothing to say for which there is no written reason: with the function %s', (_, prepare) => {
  const app = appWithEverything(prepare);
  app.synth();
  const { violations } = new AwsSolutionsChecks(app).validateScope(app);
  const findings = violations.flatMap(({ ruleName, violatingResources }) =>
    violatingResources.map(({ constructPath }) => ({ ruleName, path: constructPath! })));
  expect(findings.filter(({ path }) => path.includes('/KubectlProvider/'))).not.toEqual([]); // the pack did run
  const isExplained = ({ ruleName, path }: typeof findings[0]) =>
    FINDINGS_ABOUT_THE_L2.some(([where, what]) => where.test(path) && what.test(ruleName));
  expect(findings.filter((finding) => !isExplained(finding))).toEqual([]);
});

/** What the CDK finds when it checks the templates of an app against CloudFormation's schema. */
function schemaViolations(app: App): string[] {
  process.env.CDK_VALIDATION = 'true';
  jest.spyOn(console, 'error').mockImplementation(); // where the CDK prints its report
  try {
    const { pluginReports } = JSON.parse(readFileSync(join(app.synth().directory, 'validation-report.json'), 'utf8'));
    return pluginReports.flatMap(
      ({ violations }: { violations: { description: string }[] }) => violations.map(({ description }) => description),
    );
  } finally {
    process.env.CDK_VALIDATION = 'false';
    jest.restoreAllMocks();
  }
}

test("the templates fit CloudFormation's schema", () => {
  expect(schemaViolations(appWithEverything())).toEqual([]);
});

test('fails the schema with a support type that does not exist', () => {
  const stack = newStack();
  upgradableCluster(stack, { supportType: 'FOREVER' as SupportType });
  expect(schemaViolations(stack.node.root as App).join()).toContain('FOREVER');
});
