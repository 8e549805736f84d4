import { APP, PreviewedApp } from './_previewed-app';

/** The node groups leave their names to EKS. */
const RENAMABLE = APP.replace(/nodegroupName: '\w+', /g, '');

let app: PreviewedApp;

afterEach(async () => app.close());

/** What `cdk refactor` of the real CLI makes of a change of an app that is deployed as it was before. */
async function refactorOf(
  before: string, after: string, source = RENAMABLE,
): Promise<{ readonly exitCode: number | undefined; readonly output: string }> {
  app = await PreviewedApp.open(source, { now: new Date('2026-11-25T12:00:00Z') });
  await app.deploy('Prod');
  await app.edit(before, after);
  const { exitCode, stdout, stderr } = await app.cdk(
    ['refactor', '--unstable=refactor', '--dry-run'], { CDK_EKS_UPGRADES_PREVIEW: 'off', COLUMNS: '500' },
  );
  return { exitCode, output: stdout + stderr };
}

test.each([
  [
    'a node group', "addManagedNodeGroup('Workers'", "addManagedNodeGroup('Nodes'", 'AWS::EKS::Nodegroup',
    'Prod/Cluster/NodegroupWorkers', 'Prod/Cluster/NodegroupNodes',
  ],
  [
    'the cluster, with its guard and tracked add-ons', "UpgradableCluster(stack, 'Cluster'",
    "UpgradableCluster(stack, 'Eks'", 'AWS::EKS::Cluster', 'Prod/Cluster', 'Prod/Eks',
  ],
])('%s that is renamed in the code is moved, and nothing else is changed', async (_, before, after, type, oldPath, newPath) => {
  const { exitCode, output } = await refactorOf(before, after);

  expect(output).not.toContain('A refactor operation cannot add, remove or update resources');
  expect(output).toMatch(new RegExp(`${type} .*${oldPath}.*${newPath}`));
  expect(exitCode).toBe(0);
});

test('fails where something else is changed beside the name', async () => {
  const { output } = await refactorOf("addManagedNodeGroup('Workers', {", "addManagedNodeGroup('Nodes', { labels: { team: 'a' },");

  expect(output).toContain('A refactor operation cannot add, remove or update resources');
});

test('fails for a node group with a literal name, beside which no second one can be made, unless the guard is disabled', async () => {
  const rename = ["addManagedNodeGroup('Workers'", "addManagedNodeGroup('Nodes'"] as const;
  expect((await refactorOf(...rename, APP)).output).toContain('[~] Prod/Cluster/UpgradeGuard/Default');
  await app.close();

  const { exitCode, output } = await refactorOf(...rename, APP.replace('UpgradeGuard.enforce()', 'UpgradeGuard.disabled()'));
  expect(output).toMatch(/AWS::EKS::Nodegroup .*Prod\/Cluster\/NodegroupWorkers.*Prod\/Cluster\/NodegroupNodes/);
  expect(exitCode).toBe(0);
});

describe('a VPC that is renamed', () => {
  /** The same app with the plain L2. */
  const PLAIN = RENAMABLE
    .replace('UpgradableCluster(', 'eks.Cluster(')
    .replace(/ +(upgradeGuard|managedAddOns): .*\n/g, '')
    .replaceAll('addManagedNodeGroup', 'addNodegroupCapacity')
    .replace(/eksAmiType: \S+, /g, '')
    .replace(', maxUnavailable: 2', '');

  /** With names that do not come from construct paths. */
  const NAMED = `${RENAMABLE.replace('import { App, Stack }', 'import { App, Stack, Tags }')}
  Tags.of(cluster.vpc).add('Name', 'network', { priority: 300 });`;

  const rename = ["ec2.Vpc(stack, 'Vpc'", "ec2.Vpc(stack, 'Network'"] as const;

  test('is refused with the plain L2, too, since its Name tags are construct paths', async () => {
    expect((await refactorOf(...rename, PLAIN)).output).toContain('A refactor operation cannot add, remove or update resources');
  });

  test('is moved, with guard and tracked add-ons, where its Name tags are no construct paths', async () => {
    const { exitCode, output } = await refactorOf(...rename, NAMED);

    expect(output).not.toContain('A refactor operation cannot add, remove or update resources');
    expect(output).toMatch(/AWS::EC2::VPC .*Prod\/Vpc.*Prod\/Network/);
    expect(exitCode).toBe(0);
  });
});
