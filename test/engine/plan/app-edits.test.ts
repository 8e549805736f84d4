import { UpgradeIntent } from '../../../src/engine/change/upgrade-intent';
import { ClusterDeclaration } from '../../../src/engine/declaration/cluster-declaration';
import { appEditsOf, describeAppEdit } from '../../../src/engine/plan/app-edits';
import { intentWithVersion } from '../../../src/engine/plan/app-on-the-way';
import { describePlanStep } from '../../../src/engine/plan/plan-step';
import { planUpgrade } from '../../../src/engine/plan/upgrade-plan';
import { ClusterState } from '../../../src/engine/state/cluster-state';
import { known } from '../../../src/engine/state/known';
import { AddOnOffer } from '../../../src/engine/state/region-catalog';
import { aCatalog, aCluster, anAddOn, aNodeGroup } from '../a-cluster';

const MINORS = ['1.31', '1.32', '1.33', '1.34', '1.35', '1.36', '1.37', '1.38'];
const RELEASES = MINORS.map(
  (kubernetesVersion) => ({ kubernetesVersion, published: true, recommendedRelease: `${kubernetesVersion}.2-20261104` }),
);

function aGroup(id: string, version: string, rest: Partial<ClusterDeclaration['nodeGroups'][number]> = {}) {
  return {
    path: `Prod/Cluster/Nodegroup${id}`,
    stackName: 'Prod',
    logicalId: id,
    name: id,
    amiType: 'AL2023_x86_64_STANDARD',
    tracking: 'recommended' as const,
    kubernetesVersion: version,
    ...rest,
  };
}

function anAddOnOf(name: string, policy: ClusterDeclaration['addOns'][number]['policy'], rest: object = {}) {
  return { path: `Prod/Cluster/AddOn${name}`, stackName: 'Prod', logicalId: name, name, policy, ...rest };
}

interface Planned {
  readonly state?: Partial<ClusterState>;
  readonly version?: string;
  readonly nodeGroups?: ClusterDeclaration['nodeGroups'];
  /** Node groups of the app that are not declared. */
  readonly plain?: UpgradeIntent['nodeGroups'];
  readonly addOns?: ClusterDeclaration['addOns'];
  readonly offers?: Record<string, AddOnOffer[]>;
  readonly to?: string;
  readonly holdNodes?: boolean;
  /** The version in the deployed template. */
  readonly deployed?: string;
}

/** By deployment: what to write into the app, and then what moves. */
function planned({
  state: changes, version = '1.35', nodeGroups = [], plain = {}, addOns = [], offers = {}, to, holdNodes, deployed,
}: Planned): string[][] {
  const declaration: ClusterDeclaration = {
    path: 'Prod/Cluster',
    stackName: 'Prod',
    logicalId: 'Cluster',
    version,
    nodeGroups,
    addOns,
    bakes: [],
    guard: { mode: 'enforce', ignore: [], maxInsightAgeMinutes: 60 },
  };
  const names = [...nodeGroups.map(({ name }) => name!), ...Object.keys(plain)];
  const state = aCluster({ nodeGroups: known(names.map((name) => aNodeGroup({ name }))), addOns: known([]), ...changes });
  const asWritten: UpgradeIntent = {
    version,
    previousVersion: deployed,
    nodeGroups: {
      ...plain,
      ...Object.fromEntries(nodeGroups.map(({ name, kubernetesVersion, releaseVersion, amiType }) => {
        const isNew = state.nodeGroups.known && !state.nodeGroups.value.some((group) => group.name === name);
        return [name!, { version: kubernetesVersion, releaseVersion, amiType, ...isNew && { isNew } }];
      })),
    },
    addOns: Object.fromEntries(
      addOns.map(({ name, version: pinned, movesWithoutNodes }) => [name, { version: pinned, movesWithoutNodes }]),
    ),
  };
  const intent = to === undefined ? asWritten : intentWithVersion(asWritten, declaration, to);
  const catalog = aCatalog({
    amiOffers: {
      AL2023_x86_64_STANDARD: known(RELEASES),
      AL2_x86_64: known(RELEASES.map((offer) => ({ ...offer, published: offer.kubernetesVersion <= '1.32' }))),
    },
    addOnOffers: Object.fromEntries(Object.entries(offers).map(([name, offered]) => [name, known(offered)])),
  });
  const { deployments } = planUpgrade(state, catalog, intent, { appVersion: version, holdNodes });
  const edits = appEditsOf({ declaration, state, catalog, deployed: {}, intent: asWritten }, deployments);
  return deployments.map(({ steps }, index) => [...edits[index].map(describeAppEdit), ...steps.map(describePlanStep)]);
}

const roll = (name: string, from: string, to: string) => describePlanStep(
  { kind: 'node-group', name, from, to, releaseVersion: `${to}.2-20261104`, by: 'version' },
);
const climb = (from: string, to: string) => describePlanStep({ kind: 'control-plane', from, to });
const move = (name: string, from: string, to: string, isPinned?: boolean) => describePlanStep({ kind: 'add-on', name, from, to, isPinned });

test('the way of the app as it is written, and the way to a version, are one way: nodes follow, step by step', () => {
  const nodeGroups = [aGroup('Workers', '1.36')];
  const first = [climb('1.35', '1.36'), roll('Workers', '1.35', '1.36')];
  expect(planned({ version: '1.36', nodeGroups })).toEqual([first]);
  expect(planned({ version: '1.36', nodeGroups, to: '1.37' })).toEqual([
    first,
    ["Prod/Cluster: version: eks.KubernetesVersion.of('1.37')", climb('1.36', '1.37'), roll('Workers', '1.36', '1.37')],
  ]);
});

test('an app that wants two minors at once goes one after the other', () => {
  expect(planned({ version: '1.37', nodeGroups: [aGroup('Workers', '1.37')] })).toEqual([
    ["Prod/Cluster: version: eks.KubernetesVersion.of('1.36')", climb('1.35', '1.36'), roll('Workers', '1.35', '1.36')],
    ["Prod/Cluster: version: eks.KubernetesVersion.of('1.37')", climb('1.36', '1.37'), roll('Workers', '1.36', '1.37')],
  ]);
});

test('held by the other way, all node groups wait by one line of the cluster, which goes in the end', () => {
  const nodeGroups = [aGroup('Workers', '1.35'), aGroup('Batch', '1.35')];
  expect(planned({ nodeGroups, to: '1.37', holdNodes: true })).toEqual([
    [
      "Prod/Cluster: version: eks.KubernetesVersion.of('1.36')", "Prod/Cluster: nodeKubernetesVersion: eks.KubernetesVersion.of('1.35')",
      climb('1.35', '1.36'),
    ],
    [
      "Prod/Cluster: version: eks.KubernetesVersion.of('1.37')", 'Prod/Cluster: remove nodeKubernetesVersion',
      climb('1.36', '1.37'), roll('Workers', '1.35', '1.37'), roll('Batch', '1.35', '1.37'),
    ],
  ]);
});

test('a node group that the app holds stays, and is moved by its own line where it would fall too far behind', () => {
  const nodeGroups = [aGroup('Workers', '1.35'), aGroup('Held', '1.33')];
  const state = { nodeGroups: known([aNodeGroup({ name: 'Workers' }), aNodeGroup({ name: 'Held', version: known('1.33') })]) };
  expect(planned({ nodeGroups, state, to: '1.36' })).toEqual([
    ["Prod/Cluster: version: eks.KubernetesVersion.of('1.36')", climb('1.35', '1.36'), roll('Workers', '1.35', '1.36')],
  ]);
  expect(planned({ nodeGroups, state, to: '1.37' }).map((lines) => lines.filter((line) => line.includes('Held')))).toEqual([
    ["Prod/Cluster/NodegroupHeld: kubernetesVersion: eks.KubernetesVersion.of('1.36')", roll('Held', '1.33', '1.36')],
    [],
  ]);
});

test('node groups that wait at minors of their own each get a line, which goes when they roll', () => {
  const nodeGroups = [aGroup('Workers', '1.35'), aGroup('Batch', '1.35')];
  const state = { nodeGroups: known([aNodeGroup({ name: 'Workers' }), aNodeGroup({ name: 'Batch', version: known('1.34') })]) };
  const group = (name: string) => `Prod/Cluster/Nodegroup${name}`;
  expect(planned({ nodeGroups, state, to: '1.37', holdNodes: true })).toEqual([
    [
      "Prod/Cluster: version: eks.KubernetesVersion.of('1.36')",
      `${group('Workers')}: kubernetesVersion: eks.KubernetesVersion.of('1.35')`,
      `${group('Batch')}: kubernetesVersion: eks.KubernetesVersion.of('1.34')`,
      climb('1.35', '1.36'),
    ],
    [
      "Prod/Cluster: version: eks.KubernetesVersion.of('1.37')",
      `${group('Workers')}: remove kubernetesVersion`, `${group('Batch')}: remove kubernetesVersion`,
      climb('1.36', '1.37'), roll('Workers', '1.35', '1.37'), roll('Batch', '1.34', '1.37'),
    ],
  ]);
});

test('each pinned release is pinned anew by its own line', () => {
  const pinned = (name: string) => aGroup(name, '1.35', { tracking: 'pinned' as const, releaseVersion: '1.35.3-20261104' });
  expect(planned({ nodeGroups: [pinned('Workers'), pinned('Batch')], to: '1.36' })[0].filter((line) => line.includes('amiTracking'))).toEqual(
    ['Workers', 'Batch'].map((name) => `Prod/Cluster/Nodegroup${name}: amiTracking: AmiTracking.pinned('1.36.2-20261104')`),
  );
});

test('a pinned release is pinned anew for each minor', () => {
  const nodeGroups = [aGroup('Workers', '1.35', { tracking: 'pinned' as const, releaseVersion: '1.35.3-20261104' })];
  expect(planned({ nodeGroups, to: '1.36' })[0]).toContain(
    "Prod/Cluster/NodegroupWorkers: amiTracking: AmiTracking.pinned('1.36.2-20261104')",
  );
});

test.each([false, true])('a node group whose AMI type ends on the way stays at its minor, and a second one takes its place (held: %s)', (holdNodes) => {
  const group = (name: string, amiType: string) => aNodeGroup({ name, amiType, version: known('1.31') });
  const lines = planned({
    version: '1.31',
    nodeGroups: [aGroup('Old', '1.31', { amiType: 'AL2_x86_64' }), aGroup('Workers', '1.31')],
    state: { version: '1.31', nodeGroups: known([group('Old', 'AL2_x86_64'), group('Workers', 'AL2023_x86_64_STANDARD')]) },
    to: '1.34',
    holdNodes,
  }).map((ofOne) => ofOne.filter((line) => line.startsWith('Prod/') && !line.includes('Cluster: version')));
  const second = 'Prod/Cluster/NodegroupOld: add a second node group with another eksAmiType beside it, and remove it later, as docs/leave.md shows';
  const hold = (minor: string) => `Prod/Cluster/NodegroupOld: kubernetesVersion: eks.KubernetesVersion.of('${minor}')`;
  const nodes = 'nodeKubernetesVersion';
  expect(lines).toEqual(holdNodes
    ? [[`Prod/Cluster: ${nodes}: eks.KubernetesVersion.of('1.31')`], [], [second, `Prod/Cluster: remove ${nodes}`, hold('1.31')]]
    : [[], [second, hold('1.32')], []]);
});

describe('a node group that is still to be created', () => {
  const state = { nodeGroups: known([aNodeGroup({ name: 'Workers' })]) };
  const pinned = { tracking: 'pinned' as const, releaseVersion: '1.35.2-20261104' };
  const name = (version: string) => `Prod/Cluster: version: eks.KubernetesVersion.of('${version}')`;

  test('comes with the version of the deployment, and is not held with the others', () => {
    const nodeGroups = [aGroup('Workers', '1.35'), aGroup('Extra', '1.35')];
    expect(planned({ nodeGroups, state, to: '1.36' })).toEqual([[name('1.36'), climb('1.35', '1.36'), roll('Workers', '1.35', '1.36')]]);
    const held = planned({ nodeGroups, state, to: '1.37', holdNodes: true });
    expect(held.flat().filter((line) => line.includes('nodeKubernetesVersion') || line.includes('Extra'))).toEqual([]);
    expect(held[0]).toContain("Prod/Cluster/NodegroupWorkers: kubernetesVersion: eks.KubernetesVersion.of('1.35')");
  });

  test('gets a release of that version where it is pinned', () => {
    const releases = (version: string, to?: string) => planned({
      version, nodeGroups: [aGroup('Workers', version), aGroup('Extra', version, pinned)], state, to,
    }).map((lines) => lines.filter((line) => line.includes('Extra')));
    const edit = (release: string) => [`Prod/Cluster/NodegroupExtra: amiTracking: AmiTracking.pinned('${release}')`];
    expect(releases('1.35')).toEqual([[]]);
    expect(releases('1.35', '1.37')).toEqual([edit('1.36.2-20261104'), edit('1.37.2-20261104')]);
  });
});

test('what an add-on would not do by its policy it does by a pin, which is taken back when the policy takes over', () => {
  const offers = {
    'vpc-cni': [
      { kubernetesVersion: '1.35', versions: ['v1.18.6-eksbuild.1'], defaultVersion: 'v1.18.6-eksbuild.1' },
      { kubernetesVersion: '1.36', versions: ['v1.19.6-eksbuild.7', 'v1.20.0-eksbuild.1'], defaultVersion: 'v1.20.0-eksbuild.1' },
    ],
  };
  const state = { addOns: known([anAddOn({ name: 'vpc-cni', version: 'v1.17.1-eksbuild.1' })]) };
  expect(planned({ addOns: [anAddOnOf('vpc-cni', 'recommended')], offers, state, to: '1.36' })).toEqual([
    [
      "Prod/Cluster/AddOnvpc-cni: version: AddOnVersion.pinned('v1.18.6-eksbuild.1')",
      move('vpc-cni', 'v1.17.1-eksbuild.1', 'v1.18.6-eksbuild.1', true),
    ],
    [
      "Prod/Cluster: version: eks.KubernetesVersion.of('1.36')", 'Prod/Cluster/AddOnvpc-cni: version: AddOnVersion.recommended()',
      climb('1.35', '1.36'), move('vpc-cni', 'v1.18.6-eksbuild.1', 'v1.19.6-eksbuild.7'),
    ],
    [
      "Prod/Cluster/AddOnvpc-cni: version: AddOnVersion.pinned('v1.20.0-eksbuild.1')",
      move('vpc-cni', 'v1.19.6-eksbuild.7', 'v1.20.0-eksbuild.1', true),
    ],
  ]);
});

test('held nodes keep the kube-proxy that goes with them, as the constructs do', () => {
  const [OLD, NEW, NEWEST] = ['v1.35.3-eksbuild.2', 'v1.36.2-eksbuild.2', 'v1.37.1-eksbuild.2'];
  const offers = {
    'kube-proxy': [
      { kubernetesVersion: '1.36', versions: [OLD, NEW], defaultVersion: NEW }, {
        kubernetesVersion: '1.37', versions: [OLD, NEW, NEWEST], defaultVersion: NEWEST,
      },
    ],
  };
  const proxies = (holdNodes: boolean, more: object = {}) => planned({
    nodeGroups: [aGroup('Workers', '1.35')],
    addOns: [anAddOnOf('kube-proxy', 'recommended', more)],
    offers,
    holdNodes,
    to: '1.37',
    state: { addOns: known([anAddOn({ name: 'kube-proxy', version: OLD })]) },
  }).map((lines) => lines.filter((line) => line.includes('kube-proxy')));
  expect(proxies(false)).toEqual([[move('kube-proxy', OLD, NEW)], [move('kube-proxy', NEW, NEWEST)]]);
  expect(proxies(true)).toEqual([[], [move('kube-proxy', OLD, NEWEST)]]);
  expect(proxies(true, { movesWithoutNodes: true })).toEqual(proxies(false)); // its author has chosen the version
});

test('a tracked add-on is looked up anew for each minor, a pinned one stays', () => {
  const offer = (kubernetesVersion: string, defaultVersion: string) => ({
    kubernetesVersion, versions: ['v1.12.4-eksbuild.1', defaultVersion], defaultVersion,
  });
  const offers = { coredns: [offer('1.36', 'v1.13.0-eksbuild.1'), offer('1.37', 'v1.14.0-eksbuild.1')] };
  const moves = (addOn: ClusterDeclaration['addOns'][number]) => planned({
    addOns: [addOn], offers, state: { addOns: known([anAddOn()]) }, to: '1.37',
  }).flatMap((lines) => lines.filter((line) => line.includes('coredns')));
  expect(moves(anAddOnOf('coredns', 'tracked', { choice: 'recommended', version: 'v1.12.4-eksbuild.1' }))).toEqual([
    move('coredns', 'v1.12.4-eksbuild.1', 'v1.13.0-eksbuild.1'), move('coredns', 'v1.13.0-eksbuild.1', 'v1.14.0-eksbuild.1'),
  ]);
  expect(moves(anAddOnOf('coredns', 'pinned', { version: 'v1.12.4-eksbuild.1' }))).toEqual([]);
});

test('after an upgrade whose stack was rolled back, nothing goes back by itself', () => {
  const rolledBack = { version: '1.36', nodeGroups: known([aNodeGroup({ name: 'Workers', version: known('1.35') })]) };
  expect(planned({ version: '1.36', nodeGroups: [aGroup('Workers', '1.36')], state: rolledBack })).toEqual([
    [roll('Workers', '1.35', '1.36')],
  ]);
});

describe('an app that is deployed as it is written', () => {
  const live = (version: string, nodes: string) => ({ version, nodeGroups: known([aNodeGroup({ name: 'Workers', version: known(nodes) })]) });
  const hold = (version: string) => `Prod/Cluster: nodeKubernetesVersion: eks.KubernetesVersion.of('${version}')`;
  const name = (version: string) => `Prod/Cluster: version: eks.KubernetesVersion.of('${version}')`;

  test('holds its nodes at the older minor before the control plane goes back', () => {
    const app = { version: '1.36', deployed: '1.36', nodeGroups: [aGroup('Workers', '1.36')], to: '1.35' };
    expect(planned({ ...app, state: live('1.36', '1.36') })).toEqual([
      [hold('1.35'), roll('Workers', '1.36', '1.35')],
      [name('1.35'), 'Prod/Cluster: remove nodeKubernetesVersion', climb('1.36', '1.35')],
    ]);
    expect(planned({ ...app, state: live('1.36', '1.35') })).toEqual([[name('1.35'), climb('1.36', '1.35')]]);
  });

  test('behind its control plane, takes its nodes there only by that version', () => {
    const app = { version: '1.35', deployed: '1.35', nodeGroups: [aGroup('Workers', '1.35')], state: live('1.36', '1.35') };
    expect(planned(app)).toEqual([[]]);
    expect(planned({ ...app, to: '1.36' })).toEqual([[name('1.36'), roll('Workers', '1.35', '1.36')]]);
    expect(planned({ ...app, to: '1.37' })).toEqual([[name('1.37'), climb('1.36', '1.37'), roll('Workers', '1.35', '1.37')]]);
    expect(planned({ ...app, state: live('1.36', '1.34') })).toEqual([[roll('Workers', '1.34', '1.35')]]);
    expect(planned({ ...app, state: live('1.36', '1.36') })).toEqual([[]]); // nothing goes back
  });

  test('behind its control plane, takes its add-ons there only by that version', () => {
    const [OLD, NEW] = ['v1.35.3-eksbuild.2', 'v1.36.2-eksbuild.2'];
    const app = {
      version: '1.35',
      deployed: '1.35',
      addOns: [anAddOnOf('kube-proxy', 'recommended')],
      offers: { 'kube-proxy': [{ kubernetesVersion: '1.36', versions: [OLD, NEW], defaultVersion: NEW }] },
      state: { version: '1.36', addOns: known([anAddOn({ name: 'kube-proxy', version: OLD })]) },
    };
    expect(planned(app)).toEqual([[]]);
    expect(planned({ ...app, to: '1.36' })).toEqual([[name('1.36'), move('kube-proxy', OLD, NEW)]]);
    const tracked = [anAddOnOf('kube-proxy', 'tracked', { choice: 'recommended', version: NEW })];
    expect(planned({ ...app, addOns: tracked })).toEqual([[move('kube-proxy', OLD, NEW)]]); // refreshed
  });

  test('ahead of its control plane, does not go back to it', () => {
    const app = { version: '1.36', deployed: '1.36', nodeGroups: [aGroup('Workers', '1.36')], state: live('1.35', '1.34') };
    expect(planned(app)).toEqual([[roll('Workers', '1.34', '1.35')]]);
  });

  test('lets go of a group that it holds too far behind', () => {
    const nodeGroups = [aGroup('Workers', '1.35'), aGroup('Held', '1.32')];
    const state = { nodeGroups: known([aNodeGroup({ name: 'Workers' }), aNodeGroup({ name: 'Held', version: known('1.32') })]) };
    expect(planned({ version: '1.35', deployed: '1.35', nodeGroups, state, to: '1.36' })[0]).toEqual([
      "Prod/Cluster/NodegroupHeld: kubernetesVersion: eks.KubernetesVersion.of('1.35')", roll('Held', '1.32', '1.35'),
    ]);
  });
});

test('a pin that the way has not got to yet is not deployed before', () => {
  const [OLD, NEW] = ['v1.12.4-eksbuild.1', 'v1.14.0-eksbuild.1'];
  const offers = {
    coredns: [
      { kubernetesVersion: '1.35', versions: [OLD] }, { kubernetesVersion: '1.36', versions: [OLD] }, {
        kubernetesVersion: '1.37', versions: [OLD, NEW], defaultVersion: NEW,
      },
    ],
  };
  const state = { addOns: known([anAddOn({ version: OLD })]) };
  expect(planned({ addOns: [anAddOnOf('coredns', 'pinned', { version: NEW })], offers, state, to: '1.37' })).toEqual([
    [
      "Prod/Cluster: version: eks.KubernetesVersion.of('1.36')", `Prod/Cluster/AddOncoredns: version: AddOnVersion.pinned('${OLD}')`,
      climb('1.35', '1.36'),
    ],
    [
      "Prod/Cluster: version: eks.KubernetesVersion.of('1.37')", `Prod/Cluster/AddOncoredns: version: AddOnVersion.pinned('${NEW}')`,
      climb('1.36', '1.37'), move('coredns', OLD, NEW),
    ],
  ]);
});

test('a pin for which EKS offers nothing any more stops the deployment of that minor, however far ahead it is', () => {
  const OLD = 'v1.12.4-eksbuild.1';
  const catalog = aCatalog({
    addOnOffers: {
      coredns: known([
        { kubernetesVersion: '1.35', versions: [OLD] }, { kubernetesVersion: '1.36', versions: [OLD] }, {
          kubernetesVersion: '1.37', versions: [],
        },
      ]),
    },
  });
  const state = aCluster({ nodeGroups: known([]), addOns: known([anAddOn({ version: OLD })]) });
  const refused = (intent: UpgradeIntent) => planUpgrade(state, catalog, intent).deployments.map(({ verdict }) =>
    verdict.findings.filter(({ severity, check }) => severity === 'error' && check === 'add-on-compatibility').map(({ id }) => id));

  expect(refused({ version: '1.37', addOns: { coredns: { version: OLD, previousVersion: OLD } } })).toEqual([
    [], ['add-on-compatibility:coredns'],
  ]);
  expect(refused({ version: '1.37', addOns: { coredns: {} } })).toEqual([[], []]);
});

describe('a node group of the app that is not declared and names its version itself', () => {
  const version = (minor: string) => `Prod/Cluster: version: eks.KubernetesVersion.of('${minor}')`;

  test('is given another one, and another release, where it moves', () => {
    const cfn = { constructPath: 'Cfn', version: '1.35', previous: { version: '1.35' } };
    const pinned = { version: '1.35', releaseVersion: '1.35.3-20261104', previous: { version: '1.35', releaseVersion: '1.35.3-20261104' } };
    expect(planned({ plain: { cfn, pinned }, to: '1.36' })).toEqual([[
      version('1.36'), "Cfn: version: '1.36'",
      "node group pinned: version: '1.36'", "node group pinned: releaseVersion: '1.36.2-20261104'",
      climb('1.35', '1.36'), roll('cfn', '1.35', '1.36'), roll('pinned', '1.35', '1.36'),
    ]]);
  });

  test('keeps that of its nodes until its turn, and needs no edit where the app has what is wanted', () => {
    const cfn = { constructPath: 'Cfn', version: '1.37', previous: { version: '1.35' } };
    expect(planned({ version: '1.37', plain: { cfn }, holdNodes: true })).toEqual([
      [version('1.36'), "Cfn: version: '1.35'", climb('1.35', '1.36')],
      [version('1.37'), "Cfn: version: '1.37'", climb('1.36', '1.37'), roll('cfn', '1.35', '1.37')],
    ]);
    expect(planned({ version: '1.36', plain: { cfn: { ...cfn, version: '1.36' } } })).toEqual(
      [[climb('1.35', '1.36'), roll('cfn', '1.35', '1.36')]],
    );
  });

  test('is not edited where only its launch template changes', () => {
    const cfn = { version: '1.34', previous: { version: '1.34' }, otherChanges: ['LaunchTemplate'] };
    const relaunch = describePlanStep({ kind: 'node-group', name: 'cfn', from: '1.35', to: '1.35', by: 'launch template' });
    expect(planned({ plain: { cfn }, to: '1.36' })).toEqual([[version('1.36'), climb('1.35', '1.36'), relaunch]]);
  });

  test('is not edited where no deployment sends it', () => {
    const cfn = { version: '1.34', previous: { version: '1.34' } };
    expect(planned({ plain: { cfn, free: { isUnversioned: true, previous: {} } }, to: '1.36' })).toEqual(
      [[version('1.36'), climb('1.35', '1.36')]],
    );
  });
});
