import { App, Stack } from 'aws-cdk-lib';
import { DefaultCapacityType, KubernetesVersion } from 'aws-cdk-lib/aws-eks-v2';
import { previewOf, PreviewOptions, synthesize } from './_in-this-process';
import { AmiTracking, EksAmiType, ManagedAddOn, ManagedNodeGroupWithAmiTracking, UpgradableCluster, UpgradeGuard } from '../../src';
import { headingOf } from '../../src/preview/preview-text';
import { LocalAws } from '../aws/aws-server';
import { withLocalAws } from '../aws/with-local-aws';
import { ENV, importedVpc } from '../node-group/_fixtures';

interface Releases {
  readonly version?: string;
  readonly nodes?: string;
  readonly more?: string;
  readonly isSelected?: (stack: string) => boolean;
}

const RELEASE = '20260714';

/** A cluster in one stack, and a node group in each of two others. */
const estate = ({ version = '1.35', nodes = RELEASE, more = RELEASE, isSelected = () => true }: Releases = {}) => (app: App): void => {
  const selected = ['ControlPlane', 'Nodes', 'More'].filter(isSelected);
  app.node.setContext('aws:cdk:bundling-stacks', selected);
  const own = new Stack(app, 'ControlPlane', { env: ENV });
  const cluster = new UpgradableCluster(own, 'Cluster', {
    version: KubernetesVersion.of(version),
    clusterName: 'shared',
    upgradeGuard: UpgradeGuard.enforce(),
    vpc: importedVpc(own, 'Vpc'),
    defaultCapacityType: DefaultCapacityType.NODEGROUP,
    defaultCapacity: 0,
    managedAddOns: [ManagedAddOn.vpcCni()],
  });
  for (const [id, release] of [['Nodes', nodes], ['More', more]]) {
    new ManagedNodeGroupWithAmiTracking(new Stack(app, id, { env: ENV }), 'Workers', {
      cluster,
      nodegroupName: id.toLowerCase(),
      eksAmiType: EksAmiType.AL2023_X86_64_STANDARD,
      amiTracking: AmiTracking.pinned(`${version}.2-${release}`),
    });
  }
};

let aws: LocalAws;

withLocalAws((local) => {
  aws = local;
  aws.publishAmis({ minors: ['1.35', '1.36', '1.37'], date: '2026-07-14' });
  const assembly = synthesize(estate());
  aws.eks.addCluster({
    name: 'shared',
    version: '1.35',
    nodegroups: ['nodes', 'more'].map((name) => ({ name, releaseVersion: `1.35.2-${RELEASE}` })),
    addons: [{ name: 'vpc-cni' }],
  });
  for (const name of ['ControlPlane', 'Nodes', 'More']) {
    const { template } = assembly.getStackByName(name);
    const physicalIds: Record<string, string> = {
      'AWS::EKS::Cluster': 'shared', 'AWS::EKS::Nodegroup': `shared/${name.toLowerCase()}`, 'AWS::EKS::Addon': 'shared|vpc-cni',
    };
    aws.cloudFormation.putStack({
      name,
      status: 'UPDATE_COMPLETE',
      template,
      resources: Object.entries<{ Type: string }>(template.Resources).map(([logicalId, { Type: type }]) => (
        { logicalId, type, physicalId: physicalIds[type] ?? logicalId })),
    });
  }
}, new Date());

/** What is said of the constructs of each stack, which the CLI shows where it selects that stack. */
async function saidIn(changes: Releases, options?: PreviewOptions): Promise<Record<string, string>> {
  const { assembly } = await previewOf(estate(changes), options);
  return Object.fromEntries(assembly.stacks.map(({ stackName, messages }) => [stackName, messages
    .map(({ level, entry: { data } }) => `${level} ${String(data)}`).filter((text) => /cdk-eks-upgrades:preview/.test(text)).join('\n')]));
}

test('strict: a finding about a part is an error in its stack, too, and in no other', async () => {
  const { ControlPlane: own, Nodes: nodes, More: more } = await saidIn({ nodes: '20260601' }, { mode: 'strict' });

  expect(own).toMatch(/^error .*\brelease-published:nodes\b/m);
  expect(nodes).toMatch(/^error .*\bshared\b.*\brelease-published:nodes\b.*ControlPlane\/Cluster.*\[cdk-eks-upgrades:previewRefused\]$/);
  expect(more).toBe('');
});

test('strict: a finding about the whole cluster is an error in each stack with a part of it', async () => {
  const { Nodes: nodes, More: more } = await saidIn({ version: '1.37' }, { mode: 'strict' });

  [nodes, more].forEach((said) => expect(said).toMatch(/^error .*\bminor-step\b/));
});

test('not strict: where all stacks are selected, all stands at the cluster', async () => {
  const { ControlPlane: own, Nodes: nodes, More: more } = await saidIn({ nodes: '20260601' });

  expect(own).toContain(headingOf('shared'));
  expect([nodes, more]).toEqual(['', '']);
});

test("where the cluster's stack is not selected, those with parts say where the preview is", async () => {
  const { Nodes: nodes } = await saidIn({ version: '1.36', isSelected: (stack) => stack === 'Nodes' });

  expect(nodes).toMatch(/^info .*\bshared\b.*ControlPlane\/Cluster/);
  expect(nodes).not.toContain(headingOf('shared'));
  expect((await saidIn({ isSelected: (stack) => stack === 'Nodes' })).Nodes).toBe(''); // nothing changes
});
