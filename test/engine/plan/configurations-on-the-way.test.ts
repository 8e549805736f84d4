import { AddOnDeclaration, ClusterDeclaration } from '../../../src/engine/declaration/cluster-declaration';
import { configurationsOnTheWay } from '../../../src/engine/plan/configurations-on-the-way';
import { known } from '../../../src/engine/state/known';
import { aCatalog, aCluster, anAddOn, aNodeGroup } from '../a-cluster';

const CONFIGURATION = { values: '{"replicaCount":3}' };

/** EKS recommends for each minor the older of two versions, and offers none of the minor before any more. */
const CATALOG = aCatalog({
  addOnOffers: {
    coredns: known(['1.34', '1.35', '1.36'].map((kubernetesVersion, index) => ({
      kubernetesVersion,
      versions: [`v1.${12 + index}.9-eksbuild.1`, `v1.${12 + index}.1-eksbuild.1`],
      defaultVersion: `v1.${12 + index}.1-eksbuild.1`,
    }))),
  },
});

const CLUSTER = aCluster({ version: '1.34', addOns: known([anAddOn({ version: 'v1.12.1-eksbuild.1' })]), nodeGroups: known([]) });

/** The versions with which the configuration is met on the way to a minor. */
function versions(addOn: Partial<AddOnDeclaration> | undefined, { written, version = '1.36' }: { written?: string; version?: string } = {}) {
  const addOns = addOn ? [{ path: 'S/Cluster/CoreDns', stackName: 'S', logicalId: 'CoreDns', name: 'coredns', ...addOn }] : [];
  const asked = configurationsOnTheWay(
    { version, addOns } as unknown as ClusterDeclaration, CLUSTER, CATALOG, [{ name: 'coredns', version: written, configuration: CONFIGURATION }]);
  expect(asked.every(({ name, values }) => name === 'coredns' && values === CONFIGURATION.values)).toBe(true);
  return [...new Set(asked.map((one) => one.version))];
}

test.each<[string, Partial<AddOnDeclaration> | undefined, string[]]>([
  ['the default one', { policy: 'recommended' }, ['v1.13.1-eksbuild.1', 'v1.14.1-eksbuild.1']],
  ['the newest one', { policy: 'latest' }, ['v1.13.9-eksbuild.1', 'v1.14.9-eksbuild.1']],
  ['what the app tracks', { policy: 'tracked', choice: 'latest' }, ['v1.13.9-eksbuild.1', 'v1.14.9-eksbuild.1']],
  ['what the app tracks, by default', { policy: 'tracked', choice: 'recommended' }, ['v1.13.1-eksbuild.1', 'v1.14.1-eksbuild.1']],
])('of a version that only the deployment knows, each minor has %s', (_, declared, met) => {
  expect(versions(declared)).toEqual(met);
});

test.each<[string, Partial<AddOnDeclaration> | undefined]>([
  ['is pinned to a version that only the deployment knows', { policy: 'pinned' }],
  ['nothing declares', undefined],
])('an add-on that %s is moved as EKS recommends, where it has to move', (_, declared) => {
  expect(versions(declared)).toEqual(versions({ policy: 'recommended' }));
});

test('a version that is written, or declared, is met itself', () => {
  expect(versions({ policy: 'latest' }, { written: 'v1.14.1-eksbuild.1' })).toContain('v1.14.1-eksbuild.1');
  expect(versions({ policy: 'tracked', choice: 'latest', version: 'v1.14.1-eksbuild.1' })).not.toContain('v1.14.9-eksbuild.1');
});

test('both ways are met: nodes that roll with each minor, and nodes that are held', () => {
  const [OLD, NEXT, LAST] = ['v1.34.1-eksbuild.2', 'v1.35.1-eksbuild.2', 'v1.36.1-eksbuild.2'];
  const offers = [['1.34', [OLD]], ['1.35', [OLD, NEXT]], ['1.36', [OLD, NEXT, LAST]]] as const;
  const catalog = aCatalog({
    addOnOffers: {
      'kube-proxy': known(offers.map(([kubernetesVersion, offered]) => ({ kubernetesVersion, versions: [...offered], defaultVersion: offered.at(-1)! }))),
    },
  });
  const cluster = aCluster({
    version: '1.34', addOns: known([anAddOn({ name: 'kube-proxy', version: OLD })]), nodeGroups: known([aNodeGroup({ version: known('1.34') })]),
  });
  const declaration = {
    version: '1.36', addOns: [{ path: 'S/Cluster/KubeProxy', stackName: 'S', logicalId: 'KubeProxy', name: 'kube-proxy', policy: 'recommended' }],
  } as unknown as ClusterDeclaration;
  const met = configurationsOnTheWay(declaration, cluster, catalog, [{ name: 'kube-proxy', configuration: CONFIGURATION }]);
  expect(met.map(({ version }) => version)).toEqual([NEXT, LAST, LAST]);
});

test('nothing is asked about a way to a version that only the deployment knows', () => {
  const declaration = { addOns: [] } as unknown as ClusterDeclaration;
  expect(configurationsOnTheWay(declaration, CLUSTER, CATALOG, [{ name: 'coredns', configuration: CONFIGURATION }])).toEqual([]);
});

test('a way of one minor is asked about as a deployment, not here', () => {
  expect(versions({ policy: 'recommended' }, { version: '1.35' })).toEqual([]);
});
