/**
 * An app whose parts are not all there when the first of them asks.
 */
import { App, Aspects, CfnResource, Stack, Stage } from 'aws-cdk-lib';
import { Cluster, DefaultCapacityType, KubernetesVersion } from 'aws-cdk-lib/aws-eks-v2';
import { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { previewOf, synthesize } from './_in-this-process';
import {
  AmiTracking, ClusterUpgrades, EksAmiType, ManagedAddOn, ManagedNodeGroupWithAmiTracking, TrackedAmiRelease, UpgradableCluster,
} from '../../src';
import { MANIFEST_TYPE } from '../../src/engine/change/applied-objects';
import { dummyFor } from '../../src/engine/state/placeholder';
import { headingOf } from '../../src/preview/preview-text';
import { PREVIEW_CONTEXT_KEY } from '../../src/preview/question';
import { LocalAws } from '../aws/aws-server';
import { withLocalAws } from '../aws/with-local-aws';
import { ENV, importedVpc } from '../node-group/_fixtures';

let aws: LocalAws;

withLocalAws((local) => {
  aws = local;
  aws.publishAmis({ minors: ['1.35', '1.36'], date: '2026-07-14' });
}, new Date());

const clusterOf = (scope: Stack, name: string, version: string) => new UpgradableCluster(scope, 'Cluster', {
  version: KubernetesVersion.of(version),
  clusterName: name,
  vpc: importedVpc(scope, 'Vpc'),
  defaultCapacityType: DefaultCapacityType.NODEGROUP,
  defaultCapacity: 0,
});

function live(...names: string[]): void {
  names.forEach((name) => aws.eks.addCluster({ name, version: '1.35' }));
}

const askedFor = () => aws.requests.filter(({ action }) => action === 'DescribeCluster').map(({ input }) => input.name).sort();

const headings = (said: readonly string[]) => said.join('\n').match(new RegExp(`${headingOf('')}\\w+`, 'g'));

describe('a pipeline, which synthesises each stage as soon as it is added', () => {
  const stages = (app: App) => ['one', 'two', 'three'].forEach((name) => {
    const stage = new Stage(app, name);
    const stack = new Stack(stage, 'Stack', { env: ENV });
    clusterOf(stack, name, '1.36');
    new TrackedAmiRelease(stack, 'Karpenter', {
      eksAmiType: name === 'two' ? EksAmiType.BOTTLEROCKET_ARM_64 : EksAmiType.AL2023_ARM_64_STANDARD,
      kubernetesVersion: KubernetesVersion.of('1.36'),
      amiTracking: AmiTracking.pinned(name === 'two' ? '1.50.0-00000000' : '1.36.1-20260601'),
    });
    stage.synth();
  });

  test('each stage has its preview, and each cluster is read once', async () => {
    live('one', 'two', 'three');

    const { said, questions } = await previewOf(stages);

    expect(headings(said)?.sort()).toEqual(['one', 'three', 'two'].map(headingOf));
    expect(said.join()).not.toContain('previewIncomplete');
    expect(questions.map(({ clusters }) => clusters.map(({ path }) => path))).toEqual(
      ['one', 'two', 'three'].map((name) => [`${name}/Stack/Cluster`]));
    expect(askedFor()).toEqual(['one', 'three', 'two']);
    expect(said.join('\n').match(/is tracked at/g)).toHaveLength(3);
  });

  test('a stage of which a release was there when the first asked, and a cluster was not, is read in full', async () => {
    live('one', 'two');

    const { said } = await previewOf((app) => {
      const [one, two] = ['one', 'two'].map((name) => new Stack(new Stage(app, name), 'Stack', { env: ENV }));
      clusterOf(one, 'one', '1.36');
      new TrackedAmiRelease(two, 'Karpenter', {
        eksAmiType: EksAmiType.BOTTLEROCKET_X86_64, kubernetesVersion: KubernetesVersion.of('1.36'), amiTracking: AmiTracking.pinned('1.50.0-00000000'),
      });
      Stage.of(one)!.synth();
      clusterOf(two, 'two', '1.36');
    });

    expect(headings(said)?.sort()).toEqual(['one', 'two'].map(headingOf));
    expect(said.join()).not.toContain('previewIncomplete');
    expect(said.join()).toContain('is tracked at');
  });

  test('stages that are there from the start are one question', async () => {
    live('one', 'two');

    const { said, questions } = await previewOf((app) => ['one', 'two'].forEach((name) =>
      clusterOf(new Stack(new Stage(app, name), 'Stack', { env: ENV }), name, '1.36')));

    expect(headings(said)).toEqual(['one', 'two'].map(headingOf));
    expect(questions).toHaveLength(1);
  });
});

test('a cluster that only an answer brings is asked for, and previewed', async () => {
  live('first', 'second');

  const { said, questions } = await previewOf((app) => {
    clusterOf(new Stack(app, 'First', { env: ENV }), 'first', '1.36');
    if (app.node.tryGetContext(PREVIEW_CONTEXT_KEY)) clusterOf(new Stack(app, 'Second', { env: ENV }), 'second', '1.36');
  });

  expect(headings(said)).toEqual(['first', 'second'].map(headingOf));
  expect(questions).toHaveLength(2);
  expect(askedFor()).toEqual(['first', 'second']);
});

describe('an imported cluster whose name is looked up in the same run', () => {
  const imported = (app: App) => {
    const clusterName = app.node.tryGetContext(PREVIEW_CONTEXT_KEY) ? 'prod' : dummyFor('/platform/eks/name');
    ClusterUpgrades.ofImported(new Stack(app, 'Nodes', { env: ENV }), 'Upgrades', {
      clusterName, version: KubernetesVersion.of('1.36'), managedAddOns: [ManagedAddOn.coreDns()],
    });
  };

  test('is asked for again, by its name, and previewed', async () => {
    live('prod');

    const { said, questions } = await previewOf(imported);

    expect(questions.map(({ clusters: [{ clusterName }] }) => clusterName)).toEqual([undefined, 'prod']);
    expect(askedFor()).toEqual(['prod']);
    expect(said.join()).toContain(headingOf('prod'));
    expect(said.join()).not.toContain('EKS has no cluster');
  });

  test('is named where EKS does not have it', async () => {
    const { said } = await previewOf(imported);
    expect(said).toEqual([expect.stringMatching(/^warning previewIncomplete: .*EKS has no cluster prod in /)]);
  });
});

test('one that comes later still is named: the command has to be run again', async () => {
  live('first', 'second', 'third');

  const { said } = await previewOf((app) => {
    const answers = [PREVIEW_CONTEXT_KEY, `${PREVIEW_CONTEXT_KEY}/`].filter((key) => app.node.tryGetContext(key));
    ['first', 'second', 'third'].slice(0, answers.length + 1).forEach((name) => clusterOf(new Stack(app, name, { env: ENV }), name, '1.36'));
  });

  expect(headings(said)).toEqual(['first', 'second'].map(headingOf));
  expect(said).toContainEqual(expect.stringMatching(/^warning previewIncomplete: .*third\/Cluster/));
});

test('a template is what it is without a preview, also where an Aspect adds a manifest to a later stage', async () => {
  live('one', 'two');
  const build = (app: App) => ['one', 'two'].forEach((name) => {
    const stack = new Stack(new Stage(app, name), 'Stack', { env: ENV });
    const cluster = clusterOf(stack, name, '1.36');
    Aspects.of(stack).add({
      visit: (node) => {
        if (node !== cluster) return;
        new CfnResource(new Stack(Stage.of(stack)!, 'Apps', { env: ENV }), 'Budget', {
          type: MANIFEST_TYPE,
          properties: { ClusterName: name, Manifest: JSON.stringify([{ apiVersion: 'policy/v1beta1', kind: 'PodDisruptionBudget', metadata: { name: 'web' } }]) },
        });
      },
    });
  });
  const templateOf = (assembly: CloudAssembly) => assembly.getNestedAssembly('assembly-two').stacks.map(({ template }) => template);

  expect(templateOf((await previewOf(build)).assembly)).toEqual(templateOf(synthesize(build)));
});

test('stacks of one name in two Regions are two: the canary moves, and the other stays', async () => {
  live('canary', 'rest');

  const { said, questions: [{ environments }] } = await previewOf((app) => {
    const regions = { canary: ['us-west-2', '1.36'], rest: ['eu-west-1', '1.35'] };
    Object.entries(regions).forEach(([name, [region, version]]) =>
      clusterOf(new Stack(app, name, { env: { ...ENV, region }, stackName: 'platform' }), name, version));
  });

  expect(headings(said)).toEqual([headingOf('canary')]);
  expect(Object.values(environments).map(({ clusterIds }) => Object.keys(clusterIds!))).toEqual([['platform'], ['platform']]);
});

test('an imported cluster that EKS does not have is named', async () => {
  const { said } = await previewOf((app) => {
    const stack = new Stack(app, 'Nodes', { env: ENV });
    new ManagedNodeGroupWithAmiTracking(stack, 'Workers', {
      cluster: Cluster.fromClusterAttributes(stack, 'Imported', { clusterName: 'prdo', vpc: importedVpc(stack, 'Vpc') }),
      eksAmiType: EksAmiType.AL2023_X86_64_STANDARD,
      kubernetesVersion: KubernetesVersion.of('1.36'),
      amiTracking: AmiTracking.pinned('1.36.2-20260714'),
    });
  });

  expect(said).toEqual([expect.stringMatching(/^warning previewIncomplete: .*\bprdo\b.*111122223333\/us-west-2/)]);
});
