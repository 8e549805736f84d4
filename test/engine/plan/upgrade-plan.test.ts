import * as fc from 'fast-check';
import { AddOnIntent, NodeGroupIntent, UpgradeIntent } from '../../../src/engine/change/upgrade-intent';
import { noVersion } from '../../../src/engine/eks/add-on-version-choice';
import { sentence } from '../../../src/engine/messages/sentence';
import { leavesOpen, says as saysOfPath } from '../../../src/engine/plan/messages';
import { describePlanStep, PlanStep } from '../../../src/engine/plan/plan-step';
import { planUpgrade, PlanOptions, UpgradePlan } from '../../../src/engine/plan/upgrade-plan';
import { ClusterState } from '../../../src/engine/state/cluster-state';
import { InsightState } from '../../../src/engine/state/insight-state';
import { known, notKnown } from '../../../src/engine/state/known';
import { AddOnOffer, RegionCatalog } from '../../../src/engine/state/region-catalog';
import { Schedule } from '../../../src/engine/state/schedule';
import {
  EksCluster, isAddonCompatible, isWithinSkew, refuseAddonVersion, refuseClusterVersion, refuseNewNodegroup,
  refuseNodegroupVersion, Refusal,
} from '../../aws/eks-rules';
import { aCatalog, aCluster, anAddOn, anInsight, aNodeGroup, anUpgradedCluster } from '../a-cluster';
import { catalogOf, eksWorld, EksWorld, minorAfter, observe, RUNS } from '../eks-world';

function stepsOf({ deployments }: UpgradePlan): PlanStep[] {
  return deployments.flatMap(({ steps }) => steps);
}

function linesOf(plan: UpgradePlan): string[] {
  return stepsOf(plan).map(describePlanStep);
}

function deploymentsOf({ deployments }: UpgradePlan): string[][] {
  return deployments.map(({ from, to, steps }) => [from, to, ...steps.map(describePlanStep)]);
}

function publishing(amiType: string, published: Record<string, boolean>): RegionCatalog {
  const offers = Object.entries(published).map(([kubernetesVersion, isPublished]) => ({ kubernetesVersion, published: isPublished }));
  return aCatalog({ amiOffers: { [amiType]: known(offers) } });
}

function offering(name: string, ...offers: AddOnOffer[]): RegionCatalog {
  return aCatalog({ addOnOffers: { [name]: known(offers) } });
}

const climb = (from: string, to: string) => describePlanStep({ kind: 'control-plane', from, to });
const roll = (name: string, from: string, to: string, releaseVersion?: string) => describePlanStep(
  { kind: 'node-group', name, from, to, releaseVersion, by: 'version' },
);
const move = (name: string, from: string, to: string, isPinned?: boolean) => describePlanStep({ kind: 'add-on', name, from, to, isPinned });

describe('the way up', () => {
  test('is one minor: control plane, then nodes', () => {
    expect(planUpgrade(aCluster(), aCatalog(), { version: '1.36' })).toEqual({
      deployments: [{
        from: '1.35',
        to: '1.36',
        steps: [
          { kind: 'control-plane', from: '1.35', to: '1.36' },
          { kind: 'node-group', name: 'workers', from: '1.35', to: '1.36', releaseVersion: '1.36.2-20261104', by: 'version' },
        ],
        verdict: expect.objectContaining({ passed: true, currentVersion: '1.35', targetVersion: '1.36' }),
      }],
      open: [],
    });
  });

  test('rolls nodes in between only where the skew would else be exceeded', () => {
    const catalog = publishing('AL2023_x86_64_STANDARD', { 1.32: true, 1.33: true, 1.34: true, 1.35: true, 1.36: true });
    const nodeGroups = known([
      aNodeGroup({ name: 'lagging', version: known('1.32') }), aNodeGroup({ name: 'workers', version: known('1.34') }),
    ]);
    expect(linesOf(planUpgrade(aCluster({ version: '1.34', nodeGroups, addOns: known([]) }), catalog, { version: '1.36' }))).toEqual([
      climb('1.34', '1.35'),
      roll('lagging', '1.32', '1.35'),
      climb('1.35', '1.36'),
      roll('lagging', '1.35', '1.36'),
      roll('workers', '1.34', '1.36'),
    ]);
  });

  test('moves an add-on right after the control plane where its version is not meant for it', () => {
    const catalog = offering('coredns', { kubernetesVersion: '1.36', versions: ['v1.13.0-eksbuild.1', 'v1.13.1-eksbuild.1'] });
    expect(linesOf(planUpgrade(aCluster({ nodeGroups: known([]) }), catalog, { version: '1.36' }))).toEqual([
      climb('1.35', '1.36'),
      move('coredns', 'v1.12.4-eksbuild.1', 'v1.13.1-eksbuild.1'),
    ]);
  });

  test('takes vpc-cni minor by minor to its default version', () => {
    const versions = ['v1.18.5-eksbuild.1', 'v1.19.0-eksbuild.1', 'v1.19.2-eksbuild.1', 'v1.20.0-eksbuild.1'];
    const catalog = offering('vpc-cni', { kubernetesVersion: '1.36', versions, defaultVersion: 'v1.20.0-eksbuild.1' });
    const addOns = known([anAddOn({ name: 'vpc-cni', version: 'v1.18.5-eksbuild.1' })]);
    expect(linesOf(planUpgrade(aCluster({ addOns, nodeGroups: known([]) }), catalog, { version: '1.36' }))).toEqual([
      climb('1.35', '1.36'),
      move('vpc-cni', 'v1.18.5-eksbuild.1', 'v1.19.2-eksbuild.1'),
      move('vpc-cni', 'v1.19.2-eksbuild.1', 'v1.20.0-eksbuild.1'),
    ]);
  });

  test('moves vpc-cni by one minor in each deployment', () => {
    const versions = ['v1.18.5-eksbuild.1', 'v1.19.2-eksbuild.1', 'v1.20.0-eksbuild.1'];
    const catalog = offering('vpc-cni', { kubernetesVersion: '1.36', versions, defaultVersion: 'v1.20.0-eksbuild.1' });
    const addOns = known([anAddOn({ name: 'vpc-cni', version: 'v1.18.5-eksbuild.1' })]);
    expect(deploymentsOf(planUpgrade(aCluster({ addOns, nodeGroups: known([]) }), catalog, { version: '1.36' }))).toEqual([
      ['1.35', '1.36', climb('1.35', '1.36'), move('vpc-cni', 'v1.18.5-eksbuild.1', 'v1.19.2-eksbuild.1')],
      ['1.36', '1.36', move('vpc-cni', 'v1.19.2-eksbuild.1', 'v1.20.0-eksbuild.1')],
    ]);
  });

  test('moves a tracked add-on with every minor, as the deployments do', () => {
    const catalog = offering('coredns',
      { kubernetesVersion: '1.36', versions: ['v1.11.0-eksbuild.1', 'v1.12.0-eksbuild.1'], defaultVersion: 'v1.12.0-eksbuild.1' },
      {
        kubernetesVersion: '1.37',
        versions: ['v1.11.0-eksbuild.1', 'v1.12.0-eksbuild.1', 'v1.13.0-eksbuild.1'],
        defaultVersion: 'v1.13.0-eksbuild.1',
      },
    );
    const state = aCluster({ addOns: known([anAddOn({ version: 'v1.11.0-eksbuild.1' })]), nodeGroups: known([]) });
    expect(linesOf(planUpgrade(state, catalog, { version: '1.37', addOns: { coredns: { policy: 'recommended' } } }))).toEqual([
      climb('1.35', '1.36'),
      move('coredns', 'v1.11.0-eksbuild.1', 'v1.12.0-eksbuild.1'),
      climb('1.36', '1.37'),
      move('coredns', 'v1.12.0-eksbuild.1', 'v1.13.0-eksbuild.1'),
    ]);
    expect(linesOf(planUpgrade(state, catalog, { version: '1.37' }))).toEqual([
      climb('1.35', '1.36'),
      climb('1.36', '1.37'),
      move('coredns', 'v1.11.0-eksbuild.1', 'v1.13.0-eksbuild.1'),
    ]);
  });

  test.each([[undefined, undefined], [{ 'vpc-cni': { policy: 'recommended' as const } }, true]])(
    'prepares vpc-cni on the minor that the cluster has, where there is no other way (%#)', (addOns, isPinned) => {
      const catalog = offering('vpc-cni',
        { kubernetesVersion: '1.35', versions: ['v1.18.6-eksbuild.1', 'v1.20.4-eksbuild.1'], defaultVersion: 'v1.20.4-eksbuild.1' },
        { kubernetesVersion: '1.36', versions: ['v1.19.6-eksbuild.7'], defaultVersion: 'v1.19.6-eksbuild.7' },
      );
      const installed = known([anAddOn({ name: 'vpc-cni', version: 'v1.17.1-eksbuild.1' })]);
      const plan = planUpgrade(aCluster({ addOns: installed, nodeGroups: known([]) }), catalog, { version: '1.36', addOns });
      expect(deploymentsOf(plan)).toEqual([
        ['1.35', '1.35', `add-on vpc-cni from v1.17.1-eksbuild.1 to v1.18.6-eksbuild.1${isPinned ? ', pinned' : ''}`],
        ['1.35', '1.36', climb('1.35', '1.36'), move('vpc-cni', 'v1.18.6-eksbuild.1', 'v1.19.6-eksbuild.7')],
      ]);
      expect(plan.open).toEqual([]);
      expect(plan.deployments.map(({ verdict }) => verdict.passed)).toEqual([true, true]);
      expect(stepsOf(plan)[0]).toMatchObject(isPinned ? { isPinned } : { kind: 'add-on' });
      expect(stepsOf(plan)[2]).not.toHaveProperty('isPinned');
    });

  test('never moves an add-on down whose build EKS no longer lists: up to the nearest, or not at all', () => {
    const state = (installed: string) => aCluster({
      addOns: known([anAddOn({ name: 'vpc-cni', version: installed })]), nodeGroups: known([]),
    });
    const offers = (...versions: string[]) => offering('vpc-cni',
      { kubernetesVersion: '1.35', versions: ['v1.20.4-eksbuild.1'] }, {
        kubernetesVersion: '1.36', versions, defaultVersion: versions[0],
      });
    const stuck = planUpgrade(state('v1.20.4-eksbuild.2'), offers('v1.20.4-eksbuild.1', 'v1.22.0-eksbuild.1'), { version: '1.36' });
    expect(linesOf(stuck)).toEqual([climb('1.35', '1.36')]);
    expect(stuck.open).toEqual([sentence(leavesOpen.noVersionToFollowFrom({ addOn: 'vpc-cni', version: '1.35', next: '1.36' }))]);
    expect(stuck.deployments[0].verdict).toMatchObject({ passed: false });
    expect(linesOf(planUpgrade(
      state('v1.20.4-eksbuild.2'), offers('v1.20.4-eksbuild.1', 'v1.21.1-eksbuild.1', 'v1.21.0-eksbuild.1'), { version: '1.36' },
    ))).toEqual([
      climb('1.35', '1.36'), move('vpc-cni', 'v1.20.4-eksbuild.2', 'v1.21.0-eksbuild.1'),
    ]);
  });

  test('moves an unmanaged add-on before, where an insight in ERROR names it and a version suits both', () => {
    const named = (status: 'ERROR' | 'WARNING') => aCluster({
      nodeGroups: known([]),
      insights: known([anInsight({
        status,
        detail: known({
          resources: [], deprecations: [], addOns: [{ name: 'coredns', compatibleVersions: ['v1.13.0-eksbuild.1'] }],
        }),
      })]),
    });
    const catalog = offering('coredns',
      { kubernetesVersion: '1.35', versions: ['v1.12.4-eksbuild.1', 'v1.13.0-eksbuild.1'] }, {
        kubernetesVersion: '1.36', versions: ['v1.13.0-eksbuild.1'],
      });
    const [add, up] = [move('coredns', 'v1.12.4-eksbuild.1', 'v1.13.0-eksbuild.1'), climb('1.35', '1.36')];
    expect(deploymentsOf(planUpgrade(named('ERROR'), catalog, { version: '1.36' }))).toEqual([['1.35', '1.35', add], ['1.35', '1.36', up]]);
    expect(deploymentsOf(planUpgrade(named('WARNING'), catalog, { version: '1.36' }))).toEqual([['1.35', '1.36', up, add]]);
    expect(deploymentsOf(planUpgrade(named('ERROR'), catalog, { version: '1.36', addOns: { coredns: { policy: 'recommended' } } })))
      .toEqual([['1.35', '1.36', up, add]]);
  });

  test('leaves an add-on where it is that the app declares and the next deployment does not ask for anew', () => {
    expect(stepsOf(
      planUpgrade(aCluster({ addOns: known([anAddOn({ version: 'v1.11.0-eksbuild.1' })]) }), aCatalog(), { addOns: { coredns: {} } }),
    )).toEqual([]);
  });

  test('puts an add-on before the nodes where the app says that they need it', () => {
    const addOns = known([anAddOn({ version: 'v1.11.0-eksbuild.1' })]);
    const order = (isNeededByNodes?: boolean) => stepsOf(planUpgrade(aCluster({ addOns }), aCatalog(), {
      version: '1.36', addOns: { coredns: { policy: 'recommended', isNeededByNodes } },
    })).map(({ kind }) => kind);
    expect(order()).toEqual(['control-plane', 'node-group', 'add-on']);
    expect(order(true)).toEqual(['control-plane', 'add-on', 'node-group']);
  });

  test('takes the order of a template: add-ons that nodes need, nodes, other add-ons', () => {
    const offers = known([{ kubernetesVersion: '1.36', versions: ['v1.36.2-eksbuild.2'] }]);
    const addOns = known(['coredns', 'kube-proxy', 'aws-ebs-csi-driver', 'eks-pod-identity-agent'].map((name) => anAddOn({ name })));
    const addOnOffers = { 'coredns': offers, 'kube-proxy': offers, 'aws-ebs-csi-driver': offers, 'eks-pod-identity-agent': offers };
    const steps = stepsOf(planUpgrade(aCluster({ addOns }), aCatalog({ addOnOffers }), { version: '1.36' }));
    expect(steps.map((step) => 'name' in step ? step.name : step.kind)).toEqual([
      'control-plane', 'kube-proxy', 'eks-pod-identity-agent', 'workers', 'coredns', 'aws-ebs-csi-driver',
    ]);
  });

  test('is judged deployment by deployment, each on what the one before leaves behind', () => {
    const nodeGroups = known([aNodeGroup({ version: known('1.31') })]);
    const versions = ['1.31', '1.32', '1.33', '1.34', '1.35', '1.36'];
    const catalog = aCatalog({ ...publishing('AL2023_x86_64_STANDARD', Object.fromEntries(versions.map((version) => [version, true]))) });
    const { deployments } = planUpgrade(
      aCluster({ version: '1.34', nodeGroups, addOns: known([]), status: 'UPDATING' }), catalog, { version: '1.36' },
    );
    expect(deployments.map(({ steps, verdict }) => [verdict.currentVersion, verdict.targetVersion, verdict.passed, steps.length])).toEqual([
      ['1.34', '1.34', false, 1], // the cluster is busy
      ['1.34', '1.35', true, 1],
      ['1.35', '1.36', true, 2],
    ]);
    expect(deployments[2].verdict.findings).toContainEqual(expect.objectContaining({ id: 'upgrade-insights', severity: 'info' }));
  });

  test('holds back the node groups that are to be held, and leaves out those that are to go', () => {
    const nodeGroups = known([aNodeGroup({ name: 'held' }), aNodeGroup({ name: 'gone' }), aNodeGroup({ name: 'moving' })]);
    const wanted = { held: { version: '1.35' }, gone: { removed: true }, moving: { version: '1.36', releaseVersion: '1.36.1-20261001' } };
    expect(linesOf(planUpgrade(aCluster({ nodeGroups }), aCatalog(), { version: '1.36', nodeGroups: wanted }))).toEqual([
      climb('1.35', '1.36'),
      roll('moving', '1.35', '1.36', '1.36.1-20261001'),
    ]);
  });

  test('leaves to others what the app that makes the deployments does not have, last in each of them', () => {
    const nodeGroups = known([
      aNodeGroup({ name: 'foreign', version: known('1.32'), status: 'DEGRADED' }), aNodeGroup({ version: known('1.34') }),
    ]);
    const catalog = publishing('AL2023_x86_64_STANDARD', { 1.32: true, 1.33: true, 1.34: true, 1.35: true, 1.36: true });
    const state = aCluster({ version: '1.34', nodeGroups, addOns: known([]) });
    const planned = (isOfApp: boolean) => planUpgrade(state, catalog, { version: '1.36', nodeGroups: { workers: {} } }, { isOfApp });
    const external = (from: string, to: string) => describePlanStep(
      { kind: 'node-group', name: 'foreign', from, to, by: 'version', isExternal: true },
    );

    expect(deploymentsOf(planned(true))).toEqual([
      ['1.34', '1.35', climb('1.34', '1.35'), roll('workers', '1.34', '1.35'), external('1.32', '1.35')],
      ['1.35', '1.36', climb('1.35', '1.36'), roll('workers', '1.35', '1.36'), external('1.35', '1.36')],
    ]);
    const errors = (plan: UpgradePlan) => plan.deployments.map(
      ({ verdict }) => verdict.findings.filter(({ severity, id }) => severity === 'error' && id.endsWith(':foreign')).map(({ id }) => id),
    );
    expect(errors(planned(true))).toEqual([['node-group-health:foreign'], []]);
    expect(errors(planned(false))).toEqual([[], []]);
  });

  test.each([
    ['1.35', '1.36', '1.35', []], ['1.35', '1.37', '1.35', []], ['1.37', '1.37', '1.37', []], ['1.36', '1.36', '1.35', ['node-group-version:extra']],
  ])('a new node group of an app at %s, on the way to %s, follows the next deployment, unless held as here at %s', (appVersion, version, held, refused) => {
    const catalog = aCatalog({ offeredVersions: known(['1.35', '1.36', '1.37'].map((minor) => ({ version: minor, status: 'STANDARD_SUPPORT' as const }))) });
    const { deployments: [{ verdict }] } = planUpgrade(aCluster({ addOns: known([]) }), catalog, {
      version, nodeGroups: { extra: { isNew: true, version: held, releaseVersion: `${held}.2-20261104` } },
    }, { appVersion });
    expect(verdict.findings.filter(({ id }) => id.endsWith(':extra') && id !== 'ami-published:extra').map(({ id }) => id)).toEqual(refused);
  });

  test.each(['1.34', '1.36'])('a new node group is refused that an app, deployed as it is written at %s, gives another version than the cluster has', (version) => {
    const { deployments: [{ verdict }] } = planUpgrade(aCluster({ addOns: known([]), nodeGroups: known([]) }), aCatalog(), {
      version, previousVersion: version, nodeGroups: { extra: { isNew: true, version } },
    });
    expect(verdict.findings.map(({ id }) => id)).toContain('node-group-version:extra');
  });

  test('later deployments do not meet what the first one removes', () => {
    const MINORS = ['1.35', '1.36', '1.37'];
    const nodeGroups = known([
      aNodeGroup({ version: known('1.35') }), aNodeGroup({ name: 'old', version: known('1.33'), releaseVersion: '1.33.1-20260101' }),
    ]);
    const addOns = known([anAddOn(), anAddOn({ name: 'retired' })]);
    const catalog = aCatalog({
      offeredVersions: known(MINORS.map((version) => ({ version, status: 'STANDARD_SUPPORT' as const }))),
      addOnOffers: {
        coredns: known(MINORS.map((kubernetesVersion) => ({ kubernetesVersion, versions: ['v1.12.4-eksbuild.1'] }))),
        retired: known(MINORS.map((kubernetesVersion) => ({ kubernetesVersion, versions: [] }))),
      },
    });
    const findingsOn = (nodeGroup: NodeGroupIntent, addOn: AddOnIntent) => planUpgrade(aCluster({ nodeGroups, addOns }), catalog, {
      version: '1.37', previousVersion: '1.35', nodeGroups: { old: nodeGroup, workers: {} }, addOns: { retired: addOn, coredns: {} },
    }).deployments.map(({ verdict }) => verdict.findings.map(({ id }) => id).filter((id) => /:(old|retired)\b/.test(id)));

    expect(findingsOn({ removed: true }, { removed: true })).toEqual([['node-group-removed:old'], []]);
    expect(findingsOn({ version: '1.33' }, {}).flat()).toEqual(expect.arrayContaining(['add-on-compatibility:retired']));
  });

  test('rolls a node group to another release of its version', () => {
    const intent = { nodeGroups: { workers: { version: '1.35', releaseVersion: '1.35.4-20261118' } } };
    expect(linesOf(planUpgrade(aCluster(), aCatalog(), intent))).toEqual([roll('workers', '1.35', '1.35', '1.35.4-20261118')]);
  });

  test.each<[string, AddOnIntent, string[]]>([
    ['the default', {}, ['v1.13.0-eksbuild.1']],
    ['the newest', { policy: 'latest' }, ['v1.13.1-eksbuild.1']],
    ['the installed one while it is compatible', { policy: 'keep-while-compatible' }, []],
    ['the pinned one, older as it may be', { version: 'v1.11.0-eksbuild.1' }, ['v1.11.0-eksbuild.1']],
    ['none of an add-on that is to go', { removed: true }, []],
  ])('brings an add-on to %s', (_, coredns, reached) => {
    const versions = ['v1.13.0-eksbuild.1', 'v1.13.1-eksbuild.1', 'v1.12.4-eksbuild.1', 'v1.11.0-eksbuild.1'];
    const catalog = offering('coredns', { kubernetesVersion: '1.36', versions, defaultVersion: 'v1.13.0-eksbuild.1' });
    const plan = planUpgrade(aCluster(), catalog, { version: '1.36', addOns: { coredns } });
    expect(stepsOf(plan).flatMap((step) => step.kind === 'add-on' ? step.to : [])).toEqual(reached);
  });

  test('moves kube-proxy before a control plane would leave it too far behind', () => {
    const addOns = known([anAddOn({ name: 'kube-proxy', version: 'v1.32.9-eksbuild.2' })]);
    const catalog = offering('kube-proxy',
      { kubernetesVersion: '1.35', versions: ['v1.32.9-eksbuild.2', 'v1.35.3-eksbuild.2'], defaultVersion: 'v1.35.3-eksbuild.2' },
      { kubernetesVersion: '1.36', versions: ['v1.35.3-eksbuild.2', 'v1.36.2-eksbuild.2'], defaultVersion: 'v1.36.2-eksbuild.2' },
    );
    expect(deploymentsOf(planUpgrade(aCluster({ addOns, nodeGroups: known([]) }), catalog, { version: '1.36' }))).toEqual([
      ['1.35', '1.35', move('kube-proxy', 'v1.32.9-eksbuild.2', 'v1.35.3-eksbuild.2')],
      ['1.35', '1.36', climb('1.35', '1.36'), move('kube-proxy', 'v1.35.3-eksbuild.2', 'v1.36.2-eksbuild.2')],
    ]);
  });

  test('replaces a node group whose AMI type is no longer published', () => {
    const catalog = publishing('AL2_x86_64', { 1.33: false });
    const nodeGroups = known([aNodeGroup({ amiType: 'AL2_x86_64', version: known('1.32') })]);
    expect(linesOf(planUpgrade(aCluster({ version: '1.32', nodeGroups, addOns: known([]) }), catalog, { version: '1.33' }))).toEqual([
      climb('1.32', '1.33'),
      'node group workers replaced by one with another AMI type and 1.33: AL2_x86_64 is not published for it',
    ]);
  });

  test('leaves a custom AMI to its launch template', () => {
    const nodeGroups = known([aNodeGroup({ amiType: 'CUSTOM', version: notKnown('a custom AMI') })]);
    expect(linesOf(planUpgrade(aCluster({ nodeGroups }), aCatalog(), { version: '1.36' }))).toContain(
      'node group workers to 1.36, by a new version of its launch template',
    );
  });

  test('is empty for a cluster that has arrived', () => {
    expect(stepsOf(planUpgrade(aCluster(), aCatalog(), { version: '1.35' }))).toEqual([]);
  });
});

describe('nodes that are newer than the app wants them, under a control plane that stays', () => {
  const newer = (name: string) => aNodeGroup({ name, version: known('1.36'), releaseVersion: '1.36.2-20261104' });
  const live = aCluster({ version: '1.36', nodeGroups: known([newer('workers')]) });

  test('go back', () => {
    const wanted = { workers: { version: '1.35', releaseVersion: '1.35.6-20261104' } };
    expect(deploymentsOf(planUpgrade(live, aCatalog(), { version: '1.36', nodeGroups: wanted }))).toEqual(
      [['1.36', '1.36', roll('workers', '1.36', '1.35', '1.35.6-20261104')]],
    );
  });

  test('stay where the app says nothing of them', () => {
    expect(linesOf(planUpgrade(live, aCatalog(), { version: '1.36' }))).toEqual([]);
  });

  test('stay where the deployed template says the same: CloudFormation sends nothing', () => {
    const workers = { version: '1.35', releaseVersion: '1.35.6-20261104', previous: { version: '1.35', releaseVersion: '1.35.6-20261104' } };
    const plan = planUpgrade(live, aCatalog(), { version: '1.36', nodeGroups: { workers } });
    expect([linesOf(plan), plan.open]).toEqual(
      [[], [sentence(leavesOpen.nodeGroupAhead({ nodeGroup: 'workers', wanted: '1.35.6-20261104', live: '1.36.2-20261104' }))]],
    );
  });

  test('are in the way where EKS publishes no AMI for them', () => {
    const catalog = publishing('AL2023_x86_64_STANDARD', { 1.35: false });
    const plan = planUpgrade(live, catalog, { version: '1.36', nodeGroups: { workers: { version: '1.35' } } });
    expect([linesOf(plan), plan.open]).toEqual([
      [], [sentence(leavesOpen.noWayBackForNodeGroup({ nodeGroup: 'workers', amiType: 'AL2023_x86_64_STANDARD', version: '1.35' }))],
    ]);
  });
});

describe('a launch template that changes', () => {
  const changed = { version: '1.35', previous: { version: '1.35' }, otherChanges: ['LaunchTemplate'] };
  const relaunch = (name: string) => describePlanStep({ kind: 'node-group', name, from: '1.35', to: '1.35', by: 'launch template' });
  const planOf = (version: string, workers: NodeGroupIntent, options: PlanOptions = {}, changes: Partial<ClusterState> = {}) =>
    deploymentsOf(planUpgrade(aCluster({ addOns: known([]), ...changes }), aCatalog(), {
      version, previousVersion: '1.35', nodeGroups: { workers },
    }, { isOfApp: true, ...options }));

  test('exchanges nodes where nothing else moves', () => {
    expect(relaunch('workers')).toBe('node group workers at 1.35, nodes exchanged by a new version of its launch template');
    expect(planOf('1.35', changed)).toEqual([['1.35', '1.35', relaunch('workers')]]);
    expect(planOf('1.35', { ...changed, otherChanges: ['Labels'] })).toEqual([['1.35', '1.35']]);
    expect(planOf('1.35', { ...changed, removed: true })).toEqual([['1.35', '1.35']]);
    expect(planOf('1.35', { ...changed, replacedBy: ['InstanceTypes'] })).toEqual([['1.35', '1.35']]);
  });

  test('does so in the next deployment, also where an upgrade holds the nodes, or the app gives them no version', () => {
    const held = [['1.35', '1.36', climb('1.35', '1.36'), relaunch('workers')]];
    expect(planOf('1.36', changed)).toEqual(held);
    expect(planOf('1.36', { isUnversioned: true, previous: {}, otherChanges: ['LaunchTemplate'] })).toEqual(held);
  });

  test('does so once, and not beside a version', () => {
    expect(planOf('1.36', { ...changed, version: '1.36' })).toEqual([
      ['1.35', '1.36', climb('1.35', '1.36'), roll('workers', '1.35', '1.36', '1.36.2-20261104')],
    ]);
    const way = planOf('1.37', { ...changed, version: '1.37' }, { holdNodes: true });
    expect(way.map((lines) => lines.includes(relaunch('workers')))).toEqual([true, false]);
    expect(way[1][3]).toMatch(/^node group workers from 1.35 to 1.37/);
  });

  test('waits for what others move before', () => {
    const nodeGroups = known([aNodeGroup(), aNodeGroup({ name: 'foreign', version: known('1.32') })]);
    const [before, next] = planOf('1.36', changed, {}, { nodeGroups });
    expect(before.some((line) => line.startsWith('node group workers'))).toBe(false);
    expect(next).toContain(relaunch('workers'));
  });

  test('exchanges nodes with the image that they have, but for one that comes with its minor', () => {
    const own = { nodeGroups: known([aNodeGroup({ amiType: 'CUSTOM', releaseVersion: 'ami-0123456789abcde07' })]) };
    const of = (id: string) => planOf('1.35', { image: { id, kubernetesVersion: '1.35' }, otherChanges: ['LaunchTemplate'] }, {}, own)[0].slice(2);
    expect(of('ami-0123456789abcde07')).toEqual([relaunch('workers')]);
    expect(of('ami-0123456789abcde08')).toEqual([expect.stringMatching(/^node group workers from 1.35 to 1.35, image ami-0123456789abcde08/)]);
  });
});

describe('a node group to which the app gives no version', () => {
  const MINORS = ['1.33', '1.34', '1.35', '1.36', '1.37'];
  const catalog = publishing('AL2023_x86_64_STANDARD', Object.fromEntries(MINORS.map((minor) => [minor, true])));
  const plain = (controlPlane: string, nodes: string, changes: Partial<ReturnType<typeof aNodeGroup>> = {}) => aCluster({
    version: controlPlane, nodeGroups: known([aNodeGroup({ name: 'cfn', version: known(nodes), ...changes })]), addOns: known([]),
  });
  const planOf = (state: ClusterState, version: string, wanted: NodeGroupIntent = {}) => planUpgrade(state, catalog, {
    version, nodeGroups: { cfn: { isUnversioned: true, previous: {}, ...wanted } },
  }, { isOfApp: true });
  const stays = (live: string, version: string) => sentence(leavesOpen.nodeGroupStays({ cluster: 'prod', nodeGroup: 'cfn', live, version, region: 'us-east-1' }));

  test('stays where it is, and the plan says so, on every run', () => {
    const [before, after] = [planOf(plain('1.35', '1.35'), '1.36'), planOf(plain('1.36', '1.35'), '1.36')];
    expect([deploymentsOf(before), before.open]).toEqual([[['1.35', '1.36', climb('1.35', '1.36')]], [stays('1.35', '1.36')]]);
    expect([deploymentsOf(after), after.open]).toEqual([[['1.36', '1.36']], [stays('1.35', '1.36')]]);
    expect(planOf(plain('1.36', '1.36'), '1.36').open).toEqual([]);
  });

  test('counts for the skew, beyond which the deployment is refused', () => {
    const plan = planOf(plain('1.35', '1.33'), '1.37');
    expect(deploymentsOf(plan)).toEqual([['1.35', '1.36', climb('1.35', '1.36')], ['1.36', '1.37', climb('1.36', '1.37')]]);
    expect(plan.open).toEqual([stays('1.33', '1.36')]);
    const refused = plan.deployments.map(({ verdict }) => verdict.findings.map(({ id }) => id).includes('node-group-skew:cfn'));
    expect(refused).toEqual([false, true]);
  });

  test('is in the way of a rollback', () => {
    const plan = planOf(plain('1.36', '1.36'), '1.35');
    expect([deploymentsOf(plan), plan.open]).toEqual([[['1.36', '1.35', climb('1.36', '1.35')]], [stays('1.36', '1.35')]]);
  });

  test('rolls to a release of the minor that it has, unless the deployed template says the same', () => {
    const releaseVersion = '1.35.4-20261118';
    expect(linesOf(planOf(plain('1.36', '1.35'), '1.36', { releaseVersion }))).toEqual([roll('cfn', '1.35', '1.35', releaseVersion)]);
    expect(linesOf(planOf(plain('1.36', '1.35'), '1.36', { releaseVersion, previous: { releaseVersion } }))).toEqual([]);
  });

  test('moves with its launch template, where that has an image of its own', () => {
    const own = { amiType: 'CUSTOM', version: notKnown('a custom AMI') };
    expect(linesOf(planOf(plain('1.35', '1.35', own), '1.36'))).toContain('node group cfn to 1.36, by a new version of its launch template');
  });
});

describe('the way back', () => {
  test('takes nodes and add-ons first', () => {
    const catalog = aCatalog({
      addOnOffers: {
        coredns: known([
          { kubernetesVersion: '1.35', versions: ['v1.12.4-eksbuild.1', 'v1.11.0-eksbuild.1'] },
          { kubernetesVersion: '1.36', versions: ['v1.13.0-eksbuild.1', 'v1.12.4-eksbuild.1'] },
        ]),
      },
    });
    const state = anUpgradedCluster({
      nodeGroups: known([aNodeGroup({ version: known('1.36') })]),
      addOns: known([anAddOn({ version: 'v1.13.0-eksbuild.1' })]),
    });
    expect(deploymentsOf(planUpgrade(state, catalog, { version: '1.35' }))).toEqual([
      [
        '1.36', '1.36', roll('workers', '1.36', '1.35', '1.35.3-20261104'),
        move('coredns', 'v1.13.0-eksbuild.1', 'v1.12.4-eksbuild.1'),
      ],
      ['1.36', '1.35', climb('1.36', '1.35')],
    ]);
  });

  describe('with kube-proxy of the newer minor, and nodes held at the older one', () => {
    const [OLD, NEW] = ['v1.35.3-eksbuild.2', 'v1.36.2-eksbuild.2'];
    const state = anUpgradedCluster({ addOns: known([anAddOn({ name: 'kube-proxy', version: NEW })]) });
    const plan = (versionsFor136: string[]) => planUpgrade(state, offering('kube-proxy',
      { kubernetesVersion: '1.35', versions: [OLD], defaultVersion: OLD },
      { kubernetesVersion: '1.36', versions: versionsFor136, defaultVersion: NEW },
    ), { version: '1.35', nodeGroups: { workers: { version: '1.35' } } });

    test('goes back with kube-proxy first, where EKS offers older ones for the newer control plane', () => {
      const way = plan([OLD, NEW]);
      expect(deploymentsOf(way)).toEqual([
        ['1.36', '1.36', move('kube-proxy', NEW, OLD)],
        ['1.36', '1.35', climb('1.36', '1.35')],
      ]);
      expect(way.deployments.map(({ verdict }) => verdict.passed)).toEqual([true, true]);
      expect(way.open).toEqual([]);
    });

    test('goes back with kube-proxy right after, where EKS offers none for both', () => {
      const way = plan([NEW]);
      expect(deploymentsOf(way)).toEqual([['1.36', '1.35', climb('1.36', '1.35'), move('kube-proxy', NEW, OLD)]]);
      expect(way.deployments[0].verdict).toMatchObject({
        passed: true, findings: expect.arrayContaining([expect.objectContaining({ id: 'kube-proxy-skew:kube-proxy' })]),
      });
      expect(way.open).toEqual([
        sentence(leavesOpen.noVersionForBoth({ addOn: 'kube-proxy', version: '1.36', older: '1.35' })),
      ]);
    });
  });

  test('leaves an add-on alone of which nobody knows what EKS offers for both minors', () => {
    const offers = (...minors: string[]) => minors.map((kubernetesVersion) => ({ kubernetesVersion, versions: ['v1.12.4-eksbuild.1'] }));
    for (const known136 of [offers('1.36'), offers('1.35'), []]) {
      expect(linesOf(planUpgrade(anUpgradedCluster(), offering('coredns', ...known136), { version: '1.35' })))
        .toEqual([describePlanStep({ kind: 'control-plane', from: '1.36', to: '1.35' })]);
    }
  });

  test('fails for more than one minor', () => {
    expect(() => planUpgrade(anUpgradedCluster(), aCatalog(), { version: '1.34' }))
      .toThrow(
        sentence(saysOfPath.rollsBackOneMinor({ current: '1.36', target: '1.34', nearest: '1.35' })),
      );
  });

  test('leaves a node group open that EKS has no older AMI for', () => {
    const catalog = publishing('WINDOWS_CORE_2025_x86_64', { 1.34: false });
    const nodeGroups = known([aNodeGroup({ amiType: 'WINDOWS_CORE_2025_x86_64' })]);
    const plan = planUpgrade(aCluster({ nodeGroups }), catalog, { version: '1.34' });
    expect(linesOf(plan)).toEqual([climb('1.35', '1.34')]);
    expect(plan.open).toEqual([
      sentence(leavesOpen.noWayBackForNodeGroup({ nodeGroup: 'workers', amiType: 'WINDOWS_CORE_2025_x86_64', version: '1.34' })),
    ]);
  });

  test('leaves an add-on open that has no version for both', () => {
    const catalog = offering('coredns',
      { kubernetesVersion: '1.35', versions: ['v1.12.4-eksbuild.1'] },
      { kubernetesVersion: '1.36', versions: ['v1.13.0-eksbuild.1'] },
    );
    const addOns = known([anAddOn({ version: 'v1.13.0-eksbuild.1' })]);
    expect(planUpgrade(anUpgradedCluster({ addOns }), catalog, { version: '1.35' }).open)
      .toEqual([sentence(leavesOpen.noVersionForBoth({ addOn: 'coredns', version: '1.36', older: '1.35' }))]);
  });
});

describe('a plan with gaps', () => {
  test('says what could not be read', () => {
    const state = aCluster({
      nodeGroups: notKnown('not allowed to call eks:ListNodegroups'), addOns: notKnown('not allowed to call eks:ListAddons'),
    });
    expect(planUpgrade(state, aCatalog(), { version: '1.36' })).toMatchObject({
      deployments: [{ steps: [{ kind: 'control-plane', from: '1.35', to: '1.36' }], verdict: { passed: false } }],
      open: [
        'the node groups could not be read: not allowed to call eks:ListNodegroups',
        'the add-ons could not be read: not allowed to call eks:ListAddons',
      ],
    });
  });

  test.each([
    ['offers that are not known', notKnown('throttled'), sentence(leavesOpen.versionsNotKnown({ addOn: 'coredns', version: '1.36', why: 'throttled' }))],
    [
      'an add-on that is not offered', known([{ kubernetesVersion: '1.36', versions: [] }]),
      noVersion.noneOffered({ name: 'coredns', kubernetesVersion: '1.36' }).message,
    ],
  ])('says so of %s', (_, coredns, open) => {
    expect(planUpgrade(aCluster(), aCatalog({ addOnOffers: { coredns } }), { version: '1.36' }).open).toEqual([open]);
  });

  test('says so of AMIs that were not looked up, and of a minor of vpc-cni that EKS does not offer', () => {
    const catalog = aCatalog({
      amiOffers: { AL2023_x86_64_STANDARD: notKnown('throttled') },
      addOnOffers: {
        'vpc-cni': known([{ kubernetesVersion: '1.36', versions: ['v1.20.0-eksbuild.1'], defaultVersion: 'v1.20.0-eksbuild.1' }]),
      },
    });
    const state = aCluster({ addOns: known([anAddOn({ name: 'vpc-cni', version: 'v1.18.0-eksbuild.1' })]) });
    expect(planUpgrade(state, catalog, { version: '1.36' }).open).toEqual([
      'whether EKS publishes AL2023_x86_64_STANDARD AMIs for Kubernetes 1.36 is not known: throttled',
      sentence(leavesOpen.noVersionToFollowFrom({ addOn: 'vpc-cni', version: '1.35', next: '1.36' })),
    ]);
  });
});

describe('any plan', () => {
  const healthyWorld = eksWorld.map(({ service, cluster, now }): EksWorld => ({
    now,
    service: {
      ...service,
      versions: [...new Set(service.releases.map(({ version }) => version))].map((version) => ({ version, status: 'STANDARD_SUPPORT' })),
    },
    cluster: {
      ...cluster,
      status: 'ACTIVE',
      updateInProgress: undefined,
      lastUpgrade: { from: minorAfter(cluster.version, -1), completedAt: now },
      insights: [],
      nodegroups: cluster.nodegroups.map((group) => ({ ...group, status: 'ACTIVE' })),
      addons: cluster.addons.map((addon) => ({ ...addon, status: 'ACTIVE' })),
    },
  }));

  /** The checks of what a plan is there to see to. */
  const PLANNED: readonly string[] = [
    'minor-step', 'node-group-skew', 'node-group-version', 'node-group-release', 'vpc-cni-step', 'kube-proxy-skew',
  ];

  test('is accepted by EKS step for step and by the checks deployment for deployment, and arrives', () => {
    fc.assert(fc.property(healthyWorld, fc.integer({ min: -1, max: 4 }), (world, minors) => {
      const target = minorAfter(world.cluster.version, minors);
      fc.pre(Number(target.slice(2)) <= 37);
      const plan = planUpgrade(observe(world), catalogOf(world), { version: target });
      const [steps, { open }] = [stepsOf(plan), plan];
      const remaining = world.cluster.nodegroups.filter(
        ({ name }) => !open.some((line) => line.startsWith(`node group ${name} has to be deleted`)),
      );
      const start: EksCluster = { ...world.cluster, nodegroups: remaining };
      const objections = plan.deployments.flatMap(({ verdict }) => verdict.findings).filter(
        ({ severity, check }) => severity === 'error' && PLANNED.includes(check),
      );
      if (open.length === 0) expect(objections).toEqual([]);
      const end = steps.reduce((cluster, step) => take({ ...world, cluster }, step), start);
      expect(end.version).toBe(target);
      expect(end.nodegroups.filter(({ version }) => minors < 0 ? !isWithinSkew(target, version!) : version !== target)).toEqual([]);
      if (minors === 0 || open.length > 0) return;
      expect(end.addons.filter(({ name, version }) => !isAddonCompatible(world.service, name, version, target))).toEqual([]);
    }), RUNS);
  });
});

/** What EKS makes of a step; throws when it refuses. */
function take(world: EksWorld, step: PlanStep): EksCluster {
  const { service, cluster, now } = world;
  switch (step.kind) {
    case 'control-plane':
      insist(refuseClusterVersion(service, cluster, { version: step.to }, now), step);
      return { ...cluster, version: step.to };
    case 'node-group':
      if (step.by === 'version') {
        insist(refuseNodegroupVersion(service, cluster, {
          nodegroupName: step.name, version: step.to, releaseVersion: step.releaseVersion,
        }), step);
      }
      return {
        ...cluster, nodegroups: cluster.nodegroups.map((group) => group.name === step.name ? { ...group, version: step.to } : group),
      };
    case 'node-group-replacement': {
      const [rest, amiType] = [cluster.nodegroups.filter(({ name }) => name !== step.name), 'AL2023_x86_64_STANDARD'];
      insist(refuseNewNodegroup(service, { ...cluster, nodegroups: rest }, { nodegroupName: step.name, amiType, version: step.to }), step);
      return { ...cluster, nodegroups: [...rest, { name: step.name, status: 'ACTIVE', amiType, version: step.to }] };
    }
    case 'add-on':
      insist(refuseAddonVersion(service, cluster, { addonName: step.name, addonVersion: step.to }), step);
      return { ...cluster, addons: cluster.addons.map((addon) => addon.name === step.name ? { ...addon, version: step.to } : addon) };
  }
}

function insist(refusal: Refusal | undefined, step: PlanStep): void {
  if (refusal) throw new Error(`${describePlanStep(step)} is refused: ${refusal.message}`);
}

describe('what the deployed template says already, CloudFormation does not send', () => {
  const OLD = 'v1.11.3-eksbuild.1';
  const PIN = 'v1.11.4-eksbuild.3';
  const drifted = (version: string, releaseVersion: string) => aCluster({
    version: '1.35', nodeGroups: known([aNodeGroup({ version: known(version), releaseVersion })]),
  });
  const app = { version: '1.35', releaseVersion: '1.35.4-20261104' };
  const planOf = (state: ClusterState, previous: object, wanted: string = '1.35') =>
    planUpgrade(state, aCatalog(), { version: wanted, nodeGroups: { workers: { ...app, previous } } });

  test.each([['1.34', '1.34.6-20261104'], ['1.35', '1.35.2-20260714']])('a node group whose nodes run %s %s', (version, release) => {
    const plan = planOf(drifted(version, release), app);
    expect(linesOf(plan)).toEqual([]);
    expect(plan.open).toEqual([sentence(leavesOpen.nodeGroupNotSent({
      cluster: 'prod',
      nodeGroup: 'workers',
      wanted: app.releaseVersion,
      live: release,
      version: app.version,
      release: app.releaseVersion,
      region: 'us-east-1',
    }))]);
  });

  test('a node group with a newer release than the template: nobody is told to take it back', () => {
    const plan = planOf(drifted('1.35', '1.35.4-20261118'), app);
    expect(linesOf(plan)).toEqual([]);
    expect(plan.open).toEqual([sentence(leavesOpen.nodeGroupAhead({
      nodeGroup: 'workers', wanted: app.releaseVersion, live: '1.35.4-20261118',
    }))]);
  });

  test('a node group without a release in the template is rolled to the newest of its version', () => {
    const plan = planUpgrade(drifted('1.34', '1.34.6-20261104'), aCatalog(), {
      version: '1.35', nodeGroups: { workers: { version: '1.35', previous: { version: '1.35' } } },
    });
    expect(plan.open).toEqual([sentence(leavesOpen.nodeGroupNotSent({
      cluster: 'prod', nodeGroup: 'workers', wanted: '1.35', live: '1.34.6-20261104', version: '1.35', region: 'us-east-1',
    }))]);
  });

  test('but what differs from it', () => {
    const before = { version: '1.35', releaseVersion: '1.35.2-20260714' };
    expect(planOf(drifted('1.34', '1.34.6-20261104'), before)).toMatchObject({ open: [], deployments: [{ steps: [{ kind: 'node-group', to: '1.35' }] }] });
    expect(planOf(drifted('1.35', before.releaseVersion), before)).toMatchObject({ open: [], deployments: [{ steps: [{ kind: 'node-group' }] }] });
    expect(planUpgrade(drifted('1.35', app.releaseVersion), aCatalog(), {
      version: '1.36', nodeGroups: { workers: { version: '1.36', previous: app } },
    })).toMatchObject({ open: [], deployments: [{ steps: [{ kind: 'control-plane' }, { kind: 'node-group', to: '1.36' }] }] });
  });

  test('a pin beside which another version is installed', () => {
    const state = aCluster({ version: '1.35', nodeGroups: known([]), addOns: known([anAddOn({ name: 'coredns', version: OLD })]) });
    const catalog = offering('coredns', { kubernetesVersion: '1.35', versions: [PIN, OLD], defaultVersion: PIN });
    const pinned = (previousVersion?: string) => planUpgrade(
      state, catalog, { version: '1.35', addOns: { coredns: { version: PIN, previousVersion } } },
    );
    expect(linesOf(pinned(PIN))).toEqual([]);
    expect(pinned(PIN).open).toEqual([sentence(leavesOpen.pinNotSent({
      cluster: 'prod', addOn: 'coredns', pinned: PIN, live: OLD, next: PIN, region: 'us-east-1',
    }))]);
    expect(planUpgrade(state, catalog, {
      version: '1.35', addOns: { coredns: { version: PIN, previousVersion: PIN, isResent: true } },
    })).toMatchObject({ open: [], deployments: [{ steps: [{ kind: 'add-on', to: PIN }] }] });
    expect(pinned(OLD)).toMatchObject({ open: [], deployments: [{ steps: [{ kind: 'add-on', to: PIN }] }] });
  });

  test('a pin beside which a newer version is installed: nobody is told to take it back, unless EKS offers that no more', () => {
    const state = aCluster({ version: '1.35', nodeGroups: known([]), addOns: known([anAddOn({ name: 'coredns', version: PIN })]) });
    const open = (versions: string[]) => planUpgrade(
      state, offering('coredns', { kubernetesVersion: '1.35', versions, defaultVersion: OLD }),
      { version: '1.35', addOns: { coredns: { version: OLD, previousVersion: OLD } } },
    ).open;
    expect(open([PIN, OLD])).toEqual([sentence(leavesOpen.pinAhead({ addOn: 'coredns', pinned: OLD, live: PIN }))]);
    expect(open([OLD])).toEqual([sentence(leavesOpen.pinNotSent({
      cluster: 'prod', addOn: 'coredns', pinned: OLD, live: PIN, next: OLD, region: 'us-east-1',
    }))]);
  });

  test('a pin of vpc-cni several minors away is approached minor by minor', () => {
    const [live, next, pinned] = ['v1.18.5-eksbuild.1', 'v1.19.2-eksbuild.1', 'v1.20.0-eksbuild.1'];
    const state = aCluster({ nodeGroups: known([]), addOns: known([anAddOn({ name: 'vpc-cni', version: live })]) });
    const catalog = offering('vpc-cni', { kubernetesVersion: '1.35', versions: [live, next, pinned], defaultVersion: pinned });
    expect(planUpgrade(state, catalog, { version: '1.35', addOns: { 'vpc-cni': { version: pinned, previousVersion: pinned } } }).open)
      .toEqual([sentence(leavesOpen.pinNotSent({ cluster: 'prod', addOn: 'vpc-cni', pinned, live, next, further: pinned, region: 'us-east-1' }))]);
  });

  test.each(Object.entries(leavesOpen))('what a plan offers to run has all that the AWS CLI requires: %s', (_, { remedy }) => {
    const required: Record<string, string[]> = {
      'update-cluster-version': ['--name'],
      'update-nodegroup-version': ['--cluster-name', '--nodegroup-name'],
      'update-addon': ['--cluster-name', '--addon-name'],
    };
    for (const [, command, options] of remedy.matchAll(/'aws eks (\S+)([^']*)'/g)) {
      expect(options.split(' ')).toEqual(expect.arrayContaining(required[command]));
      expect(options).toContain('{region? --region #}');
    }
  });
});

describe('each deployment is judged as what it is', () => {
  const two = (intent: UpgradeIntent, state: Partial<ClusterState> = {}, options: PlanOptions = {}) => planUpgrade(
    aCluster({ version: '1.34', nodeGroups: known([]), addOns: known([]), ...state }), aCatalog(), { version: '1.36', ...intent }, options,
  ).deployments.map(({ verdict }) => verdict.findings);

  test('the next one by all that it changes, those after it by their steps', () => {
    const nodeGroups = { workers: { previous: { version: '1.34' }, version: '1.36', otherChanges: ['ScalingConfig'] } };
    const [next, later] = two({ nodeGroups }, { nodeGroups: known([aNodeGroup({ version: known('1.34') })]) });
    expect(next.map(({ id }) => id)).toContain('node-group-combined-update:workers');
    expect(later.map(({ id }) => id)).not.toContain('node-group-combined-update:workers');
  });

  test('the next one by the age of what EKS says of the cluster now', () => {
    const [next, later] = two({}, { insights: known([anInsight({ kubernetesVersion: '1.35', lastRefreshedAt: '2026-11-20T12:00:00Z' })]) });
    expect(next).toContainEqual(expect.objectContaining({ id: 'insight-age' }));
    expect(later.map(({ id }) => id)).not.toContain('insight-age');
  });

  test('by whether a stack has an add-on that is left behind, or fails: each in the way that its owner can take', () => {
    const offer = (kubernetesVersion: string, version: string) => ({ kubernetesVersion, versions: [version], defaultVersion: version });
    const reasons = (addOn: Parameters<typeof anAddOn>[0], addOns: UpgradeIntent['addOns'], isOfApp: boolean) => planUpgrade(
      aCluster({ version: '1.34', nodeGroups: known([]), addOns: known([anAddOn({ name: 'vpc-cni', ...addOn })]) }),
      offering('vpc-cni', offer('1.34', 'v1.20.0-eksbuild.1'), offer('1.35', 'v1.20.0-eksbuild.1'), offer('1.36', 'v1.21.0-eksbuild.1')),
      { version: '1.36', previousVersion: isOfApp ? '1.34' : undefined, addOns },
      { isOfApp },
    ).deployments.map(({ verdict }) => verdict.findings.filter(({ id }) => id === 'add-on-compatibility:vpc-cni' || id === 'add-on-health:vpc-cni')
      .map(({ reason }) => reason));
    const old = { version: 'v1.12.0-eksbuild.1' };
    expect(reasons(old, { 'vpc-cni': { policy: 'recommended', isTracked: true, isNew: false } }, true)).toEqual([['leftBehind'], ['leftBehind']]);
    expect(reasons(old, {}, true)).toEqual([['leftBehindByOthers'], ['leftBehindByOthers']]);
    const broken = { status: 'DELETE_FAILED', version: 'v1.20.0-eksbuild.1' };
    expect(reasons(broken, undefined, false).flat()).toContain('failedOfOthers');
    expect(reasons(broken, undefined, false).flat()).not.toContain('failed');
  });

  const CALLS = anInsight({
    name: 'Deprecated APIs removed in Kubernetes v1.36',
    status: 'ERROR',
    detail: known({ resources: [], deprecations: [{ usage: '/apis/example.com/v1beta1/things', stopServingVersion: '1.36', clients: [] }] }),
  });
  const SKEW = anInsight({ name: 'Kubelet version skew', status: 'ERROR' });
  const ofInsights = ({ verdict }: UpgradePlan['deployments'][number]) => verdict.findings
    .filter(({ check }) => check === 'upgrade-insights').map(({ id, severity, reason }) => [id, severity, reason]);

  describe.each([
    ['others move a node group', { workers: { version: '1.36', previous: { version: '1.35' } } }],
    ['the app moves a node group', { workers: { version: '1.36', previous: { version: '1.35' } }, old: {} }],
  ])('by what EKS says of the next minor, where %s before', (_, nodeGroups) => {
    const plan = (insights: InsightState[], version = '1.36') => planUpgrade(
      aCluster({
        insights: known(insights), addOns: known([]), nodeGroups: known([aNodeGroup({ name: 'old', version: known('1.32') }), aNodeGroup()]),
      }),
      aCatalog({ offeredVersions: known(['1.35', '1.36', '1.37'].map((minor) => ({ version: minor, status: 'STANDARD_SUPPORT' as const }))) }),
      { version, previousVersion: '1.35', nodeGroups, addOns: {} },
      { isOfApp: true, appVersion: '1.36' },
    ).deployments;

    test('refused is what clients call, and what could not be looked at', () => {
      const [before, next] = plan([CALLS]);
      expect([before.from, before.to, before.verdict.passed]).toEqual(['1.35', '1.35', true]);
      expect([next.from, next.to, next.verdict.passed]).toEqual(['1.35', '1.36', false]);
      expect(ofInsights(next)).toEqual([['insight-deprecated-apis-removed-in-kubernetes-v1-36', 'error', 'callsCounted']]);
      const unread = plan([{ ...CALLS, detail: notKnown('not allowed') }])[1];
      expect(unread.verdict.passed).toBe(false);
      expect(plan([{ ...SKEW, status: 'UNKNOWN' }])[1].verdict.passed).toBe(false);
    });

    test('a warning is what may be mended by then', () => {
      const next = plan([SKEW, anInsight({ name: 'Amazon Linux 2 compatibility' })])[1];
      expect(next.verdict.passed).toBe(true);
      expect(ofInsights(next)).toEqual([
        ['insight-kubelet-version-skew', 'warning', 'raisedUnexplained'], ['upgrade-insights', 'info', 'movedBefore'],
      ]);
    });

    test('of a later minor, EKS tells in full only when the cluster is next to it', () => {
      const last = plan([{ ...CALLS, kubernetesVersion: '1.37' }], '1.37').at(-1)!;
      expect([last.from, last.to]).toEqual(['1.36', '1.37']);
      expect(ofInsights(last)).toEqual([
        ['insight-deprecated-apis-removed-in-kubernetes-v1-36', 'warning', 'callsCounted'], ['upgrade-insights', 'info', 'ahead'],
      ]);
    });
  });

  test('what others move before the next one is not judged as all that the app does', () => {
    const gone = aNodeGroup({ name: 'gone', version: known('1.35') });
    const [before, next] = planUpgrade(
      aCluster({ addOns: known([]), nodeGroups: known([aNodeGroup({ name: 'foreign', version: known('1.32') }), gone]) }), aCatalog(),
      { version: '1.36', previousVersion: '1.35', nodeGroups: { gone: { removed: true } } }, { isOfApp: true },
    ).deployments.map(({ verdict }) => verdict.findings.map(({ id }) => id).filter((id) => id.endsWith(':gone')));
    expect([before, next]).toEqual([[], ['node-group-removed:gone']]);
  });

  test('with add-ons in the place in the order that the app gives them', () => {
    const schedule: Schedule = {
      windows: [{ days: ['SUN'], start: '12:00', minutes: 300, timeZone: 'UTC', exclude: [] }], isDeployment: true,
    };
    const names = ['coredns', 'kube-proxy'];
    const offers = ['1.34', '1.35', '1.36'].map((kubernetesVersion, index) => (
      { kubernetesVersion, versions: [`v1.${index + 1}.0-eksbuild.1`, `v1.${index}.0-eksbuild.1`], defaultVersion: `v1.${index + 1}.0-eksbuild.1` }
    ));
    const endOfLast = (isNeededByNodes?: boolean) => planUpgrade(
      aCluster({ version: '1.34', nodeGroups: known([]), addOns: known(names.map((name) => anAddOn({ name, version: 'v1.1.0-eksbuild.1' }))) }),
      aCatalog({ addOnOffers: Object.fromEntries(names.map((name) => [name, known(offers)])) }),
      { version: '1.36', addOns: { 'coredns': { policy: 'recommended', isNeededByNodes }, 'kube-proxy': { policy: 'recommended' } } },
      { schedule },
    ).deployments.at(-1)!.verdict.findings.find(({ id }) => id === 'outside-window')!.data.end;
    expect(endOfLast()).toBe('Sunday, 2026-11-29, 13:00 UTC');
    expect(endOfLast(true)).toBe('Sunday, 2026-11-29, 12:50 UTC');
  });
});
