import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Lazy, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { newStack, ofType, resourcesOf, theOnly, upgradableCluster } from './_fixtures';
import {
  AddOnVersion, AmiTracking, EksAmiType, ManagedAddOn, ManagedNodeGroupOptions, UpgradableClusterProps, UpgradePath,
} from '../../src';
import { says, warnings } from '../../src/cluster/messages';
import { sentence } from '../../src/engine/messages/sentence';
import { PathStep, stepKey, upgradePathFile } from '../../src/engine/plan/upgrade-path-file';
import { says as saysOfNodeGroups } from '../../src/node-group/messages';

const PLACE = { account: '111122223333', region: 'us-west-2', cluster: 'Stack/Cluster' };
const [WORKERS, OWN] = ['Stack/Cluster/NodegroupWorkers', 'Stack/Cluster/NodegroupOwn'];

const step = (version: string, rest: Partial<PathStep> = {}): PathStep => ({
  does: [], version, nodesHeldAt: {}, releases: {}, addOns: {}, ...rest,
});
const STEPS = [
  step('1.33', { nodesHeldAt: { [OWN]: '1.32' } }),
  step('1.34', { nodesHeldAt: { [WORKERS]: '1.33', [OWN]: '1.32' }, addOns: { 'kube-proxy': 'v1.33.0-eksbuild.2' } }),
  step('1.35', { nodesHeldAt: { [WORKERS]: '1.33' }, releases: { [OWN]: '1.35.4-20260714' } }),
  step('1.36', { releases: { [WORKERS]: '1.36.4-20260714', [OWN]: '1.36.4-20260714' } }),
];

let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'path-')); });
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Given {
  readonly pinned?: unknown;
  readonly version?: string;
  readonly file?: unknown;
  readonly appVersion?: string;
}

/** An app that names 1.33, with a path to 1.36 in a file. */
function appWith({ pinned, version = '1.33', file, appVersion = '1.33' }: Given) {
  const path = join(folder, 'way.json');
  if (file !== null) {
    writeFileSync(
      path, typeof file === 'string' ? file : JSON.stringify(file ?? upgradePathFile([{ ...PLACE, appVersion, steps: STEPS }])),
    );
  }
  const stack = newStack({ context: pinned === undefined ? undefined : { [stepKey(PLACE)]: pinned } });
  const cluster = upgradableCluster(stack, {
    version: eks.KubernetesVersion.of(version),
    upgradePath: UpgradePath.fromFile(path),
    managedAddOns: [ManagedAddOn.coreDns(), ManagedAddOn.kubeProxy({ version: AddOnVersion.pinned('v1.33.9-eksbuild.2') })],
  });
  cluster.addManagedNodeGroup('Workers', { amiTracking: AmiTracking.pinned('1.33.9-20260714') });
  cluster.addManagedNodeGroup('Own', {
    kubernetesVersion: eks.KubernetesVersion.of('1.32'), amiTracking: AmiTracking.pinned('1.32.9-20260714'),
  });
  return stack;
}

function versionsIn(stack: Stack) {
  const resources = resourcesOf(stack);
  const groups = Object.fromEntries(Object.entries(ofType(resources, 'AWS::EKS::Nodegroup'))
    .map(([id, { Properties: { Version, ReleaseVersion } }]) => [/Workers|Own/.exec(id)![0], [Version, ReleaseVersion]]));
  const kubeProxy = Object.values(ofType(resources, 'AWS::EKS::Addon')).find(
    ({ Properties }) => Properties.AddonName === 'kube-proxy',
  )!.Properties.AddonVersion;
  return { controlPlane: theOnly(resources, 'AWS::EKS::Cluster').Properties.Version, ...groups, kubeProxy };
}

const pin = (number: number) => ({ step: number, version: STEPS[number]?.version });

test.each([
  [
    'the cluster as it was', 0,
    { controlPlane: '1.33', Workers: ['1.33', '1.33.9-20260714'], Own: ['1.32', '1.32.9-20260714'], kubeProxy: 'v1.33.9-eksbuild.2' },
  ],
  [
    'the control plane alone', 1,
    { controlPlane: '1.34', Workers: ['1.33', '1.33.9-20260714'], Own: ['1.32', '1.32.9-20260714'], kubeProxy: 'v1.33.0-eksbuild.2' },
  ],
  [
    'nodes that the skew makes roll', 2,
    { controlPlane: '1.35', Workers: ['1.33', '1.33.9-20260714'], Own: ['1.35', '1.35.4-20260714'], kubeProxy: 'v1.33.9-eksbuild.2' },
  ],
  [
    'all nodes in the end', 3,
    { controlPlane: '1.36', Workers: ['1.36', '1.36.4-20260714'], Own: ['1.36', '1.36.4-20260714'], kubeProxy: 'v1.33.9-eksbuild.2' },
  ],
])('the template is what the pinned step wants: %s', (_, number, versions) => {
  const stack = appWith({ pinned: pin(number) });
  expect(versionsIn(stack)).toEqual(versions);
  Annotations.fromStack(stack).hasInfo(
    '/Stack/Cluster', Match.stringLikeRegexp(
      `the app is at step ${number} of 3 \\(${versions.controlPlane}.*${number === 3 ? 'remove upgradePath' : "refresh --step'"} `,
    ),
  );
});

test('cluster and node group are found by their paths, whatever is in their IDs', () => {
  const place = { ...PLACE, cluster: 'Stack/eu--prod' };
  const path = join(folder, 'way.json');
  const only = step('1.34', {
    nodesHeldAt: { 'Stack/eu--prod/Nodegroupteam--workers': '1.33' }, releases: { 'Stack/eu--prod/Nodegroupother--ones': '1.34.4-20260714' },
  });
  writeFileSync(path, JSON.stringify(upgradePathFile([{ ...place, appVersion: '1.33', steps: [step('1.33'), only] }])));
  const stack = newStack({ context: { [stepKey(place)]: { step: 1, version: '1.34' } } });
  const cluster = upgradableCluster(stack, {
    id: 'eu/prod', version: eks.KubernetesVersion.of('1.33'), upgradePath: UpgradePath.fromFile(path),
  });
  const groups = ['team/workers', 'other/ones'].map((id) =>
    cluster.addManagedNodeGroup(id, { amiTracking: AmiTracking.pinned('1.33.9-20260714') }));
  expect(groups.map(({ kubernetesVersion, releaseVersion }) => [kubernetesVersion, releaseVersion])).toEqual([
    ['1.33', '1.33.9-20260714'], ['1.34', '1.34.4-20260714'],
  ]);
});

describe('a pinned release of Bottlerocket, which tells no minor', () => {
  const [PIN, NEWER] = ['1.50.0-64a91eb3', '1.61.0-0badcafe'];
  const GROUP = 'Stack/Cluster/NodegroupBottles';

  function bottles(
    number: number, releases: Record<string, string>, options: ManagedNodeGroupOptions = {}, props: Partial<UpgradableClusterProps> = {},
  ) {
    const steps = [
      step('1.33', { nodesHeldAt: { [GROUP]: '1.32' }, releases }), step('1.33', { releases }),
      step('1.34', { nodesHeldAt: { [GROUP]: '1.33' }, releases }), step('1.34', { releases }),
    ];
    const path = join(folder, 'way.json');
    writeFileSync(path, JSON.stringify(upgradePathFile([{ ...PLACE, appVersion: '1.33', steps }])));
    const stack = newStack({ context: { [stepKey(PLACE)]: { step: number, version: steps[number].version } } });
    const cluster = upgradableCluster(stack, {
      version: eks.KubernetesVersion.of('1.33'), upgradePath: UpgradePath.fromFile(path), ...props,
    });
    const { kubernetesVersion, releaseVersion } = cluster.addManagedNodeGroup('Bottles', {
      eksAmiType: EksAmiType.BOTTLEROCKET_X86_64, amiTracking: AmiTracking.pinned(PIN), ...options,
    });
    return [kubernetesVersion, releaseVersion];
  }

  test('is for the version of the app; for any other minor, the release of the step counts', () => {
    expect([0, 1, 2, 3].map((number) => bottles(number, { [GROUP]: NEWER }))).toEqual([
      ['1.32', NEWER], ['1.33', PIN], ['1.33', PIN], ['1.34', NEWER],
    ]);
  });

  test('is for the version that the app gives its nodes', () => {
    const held = [{ nodeKubernetesVersion: eks.KubernetesVersion.of('1.32') }, { kubernetesVersion: eks.KubernetesVersion.of('1.32') }];
    expect([0, 1].map((number) => bottles(number, { [GROUP]: NEWER }, {}, held[0]))).toEqual([['1.32', PIN], ['1.33', NEWER]]);
    expect([0, 1].map((number) => bottles(number, { [GROUP]: NEWER }, held[1]))).toEqual([['1.32', PIN], ['1.33', NEWER]]);
  });

  test('stays where the step has none, and where only the deployment knows it', () => {
    expect(bottles(3, {})).toEqual(['1.34', PIN]);
    const later = Lazy.string({ produce: () => PIN });
    expect(bottles(3, { [GROUP]: NEWER }, { amiTracking: AmiTracking.pinned(later) })).toEqual(['1.34', later]);
  });
});

describe('a line that holds nodes back', () => {
  const withLines = (...paths: string[]) => {
    const [first, second] = STEPS;
    const nodesHeldAt = { ...second.nodesHeldAt, ...Object.fromEntries(paths.map((path) => [path, '1.33'])) };
    return appWith({ pinned: pin(1), file: upgradePathFile([{ ...PLACE, appVersion: '1.33', steps: [first, { ...second, nodesHeldAt }] }]) });
  };

  test('is told where no node group of the cluster has its path', () => {
    const said = sentence(warnings.heldOnPathUnknown({ paths: ['Stack/Cluster/Workers', 'Stack/Other/NodegroupWorkers'], example: WORKERS }));
    Annotations.fromStack(withLines('Stack/Cluster/Workers', 'Stack/Other/NodegroupWorkers')).hasWarning(
      '/Stack/Cluster', Match.stringLikeRegexp(said),
    );
  });

  test('is right by the construct path of the node group', () => {
    const told = Annotations.fromStack(withLines()).findWarning('/Stack/Cluster', Match.anyValue());
    expect(told.map(({ entry }) => String(entry.data)).join()).not.toContain('holds nodes back');
  });
});

test('a path changes no construct', () => {
  expect(Object.keys(resourcesOf(appWith({ pinned: pin(3) })))).toEqual(Object.keys(resourcesOf(appWith({ file: null }))));
});

const APP = { controlPlane: '1.33', Workers: ['1.33', '1.33.9-20260714'], Own: ['1.32', '1.32.9-20260714'] };

test('without a pinned step the version in the app counts, with a warning', () => {
  const stack = appWith({});
  expect(versionsIn(stack)).toMatchObject(APP);
  Annotations.fromStack(stack).hasWarning('/Stack/Cluster', Match.stringLikeRegexp('the context pins no step of .*refresh --step'));
});

test('a byte order mark is no part of the file', () => {
  const file = `\uFEFF${JSON.stringify(upgradePathFile([{ ...PLACE, appVersion: '1.33', steps: STEPS }]))}`;
  expect(versionsIn(appWith({ pinned: pin(3), file }))).toEqual(versionsIn(appWith({ pinned: pin(3) })));
});

test('without a file the version in the app counts', () => {
  const stack = appWith({ file: null });
  expect(versionsIn(stack)).toMatchObject(APP);
  Annotations.fromStack(stack).hasInfo('/Stack/Cluster', Match.stringLikeRegexp('holds no path of this cluster.*plan --to'));
});

test('once the app names another version, that one counts', () => {
  const stack = appWith({ pinned: pin(2), appVersion: '1.32' });
  expect(versionsIn(stack)).toMatchObject(APP);
  Annotations.fromStack(stack).hasInfo(
    '/Stack/Cluster', Match.stringLikeRegexp('was written while the app named Kubernetes 1.32; it names 1.33 now, which counts'),
  );
});

describe('refuses', () => {
  test.each<[string, Given, RegExp]>([
    [
      'a pinned step of a file that is gone', { pinned: pin(2), file: null },
      /pins step \{"step":2,"version":"1.35"\} of .*way\.json, which does not exist: restore it.*\[Stack\/Cluster\]$/,
    ],
    ['a pinned step beyond the last', { pinned: { step: 4, version: '1.37' } }, /pins step .* is none of .*way\.json: restore both/],
    ['a pinned step with another version', { pinned: { step: 2, version: '1.34' } }, /pins step .* is none of/],
    ['a pinned step that is none', { pinned: 'two' }, /pins step "two"/],
    ['what is no JSON', { file: '{' }, /way\.json cannot be read: .*restore it from version control/],
    ['what holds no paths', { file: {} }, /way\.json holds no upgrade path: restore it .*, or remove it, then write one/],
    ['a path without steps', { file: upgradePathFile([{ ...PLACE, appVersion: '1.33', steps: [] }]) }, /a path without cluster, account/],
    [
      'two minors at once', { file: fileOf(step('1.33'), step('1.35')) },
      /step 1 of Stack\/Cluster: the control plane goes from 1.33 to 1.35/,
    ],
    ['a way down', { file: fileOf(step('1.33'), step('1.32')) }, /the control plane goes from 1.33 to 1.32/],
    [
      'nodes ahead', { file: fileOf(step('1.33', { nodesHeldAt: { [WORKERS]: '1.34' } })) },
      /are at 1.34, newer than the control plane's 1.33/,
    ],
    [
      'nodes too far behind', { file: fileOf(step('1.36', { nodesHeldAt: { [WORKERS]: '1.32' } })) },
      /are at 1.32, too far behind the control plane's 1.36/,
    ],
    [
      'nodes that go back', { file: fileOf(step('1.33'), step('1.34', { nodesHeldAt: { [WORKERS]: '1.32' } })) },
      /go back from 1.33 to 1.32; remove their line/,
    ],
    ['a version that is none', { file: fileOf(step('latest')) }, /'latest' is not a Kubernetes version/],
  ])('%s', (_, given, message) => {
    expect(() => appWith(given)).toThrow(message);
  });

  test.each<[string, Record<string, string>]>([
    ['none', {}], ['one of another minor', { [WORKERS]: '1.33.4-20260714' }],
  ])('a release that the app pins to another minor, where the step has %s', (_, releases) => {
    const steps = [step('1.33'), step('1.34', { releases: { [OWN]: '1.34.4-20260714', ...releases } })];
    const file = upgradePathFile([{ ...PLACE, appVersion: '1.33', steps }]);
    expect(() => appWith({ pinned: { step: 1, version: '1.34' }, file }))
      .toThrow(sentence(saysOfNodeGroups.noReleaseInStep({ nodeGroup: WORKERS, kubernetesVersion: '1.34' })));
  });

  test('a stack without account and Region', () => {
    const stack = new Stack(new App(), 'Stack');
    expect(() => upgradableCluster(stack, { upgradePath: UpgradePath.fromFile() })).toThrow(`${sentence(says.pathWithoutEnvironment({}))} [Stack/Cluster]`);
  });

  test('an empty file name', () => {
    expect(() => UpgradePath.fromFile(' ')).toThrow(sentence(says.emptyFileName({ file: 'upgrade-path.json' })));
  });
});

test('a version that only the deployment knows is let through', () => {
  const stack = newStack();
  const version = { version: Lazy.string({ produce: () => '1.36' }) } as eks.KubernetesVersion;
  expect(() => upgradableCluster(stack, {
    version, upgradePath: UpgradePath.fromFile(join(folder, 'way.json')),
  })).not.toThrow(/upgradePath/);
});

function fileOf(...steps: PathStep[]): object {
  return upgradePathFile([{ ...PLACE, appVersion: '1.33', steps }]);
}
