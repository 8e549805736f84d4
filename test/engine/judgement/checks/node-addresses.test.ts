import { nodeAddresses } from '../../../../src/engine/judgement/checks/node-addresses';
import { evaluate } from '../../../../src/engine/judgement/verdict';
import { known, notKnown } from '../../../../src/engine/state/known';
import { mapValues } from '../../../../src/engine/state/map-values';
import { aCatalog, aCluster, anAddOn, findings } from '../../a-cluster';
import { A_ROLL, aGroupRoom, aNodeRoom, aRoomyCluster, aSizedNodeGroup } from '../../a-node-room';

const VPC_CNI = anAddOn({ name: 'vpc-cni', version: 'v1.20.4-eksbuild.2' });

/** Free addresses in two zones. */
const free = (a: number, b: number) => ({
  subnets: known([{ id: 'subnet-a', zone: 'use1-az1', freeAddresses: a }, { id: 'subnet-b', zone: 'use1-az2', freeAddresses: b }]),
});

const withCni = (configurationValues?: string) => ({ addOns: known([{ ...VPC_CNI, configurationValues }]) });

test('passes with room for the surge: four nodes in two zones, two interfaces each', () => {
  expect(findings(nodeAddresses, aRoomyCluster(free(40, 40), withCni()), A_ROLL)).toEqual([]);
  expect(findings(nodeAddresses, aRoomyCluster(free(80, 0), withCni()), A_ROLL)).toEqual([]);
});

test('passes for what is not rolled, was not asked for, is unknown or is still ahead', () => {
  expect(findings(nodeAddresses, aRoomyCluster(free(0, 0)), {})).toEqual([]);
  expect(findings(nodeAddresses, aCluster(), A_ROLL)).toEqual([]);
  expect(findings(nodeAddresses, aRoomyCluster({ subnets: notKnown('throttled') }), A_ROLL)).toEqual([]);
  expect(findings(nodeAddresses, aRoomyCluster(free(0, 0)), { nodeGroups: { workers: { removed: true } } })).toEqual([]);
  const elsewhere = { releaseVersion: '1.35.4-20261118', replacedBy: ['Subnets'] };
  expect(findings(nodeAddresses, aRoomyCluster(free(0, 0)), { nodeGroups: { workers: elsewhere } })).toEqual([]);
  expect(evaluate(aRoomyCluster(free(0, 0)), aCatalog(), A_ROLL, { isAhead: true, checks: [nodeAddresses] }).findings).toEqual([]);
});

test('fails where no subnet has room for a node and a pod, zone by zone', () => {
  expect(findings(nodeAddresses, aRoomyCluster(free(1, 0), withCni()), A_ROLL)).toMatchObject([{
    id: 'node-addresses:workers',
    severity: 'error',
    reason: 'none',
    data: { least: 2 },
    details: ['use1-az1: 1 free in subnet-a', 'use1-az2: 0 free in subnet-b'],
  }]);
  expect(findings(nodeAddresses, aRoomyCluster(free(2, 0), withCni()), A_ROLL)).toMatchObject([{ severity: 'warning' }]);
});

test('the settings of a plugin that EKS does not manage are not known: the address of the node itself is what it needs', () => {
  expect(findings(nodeAddresses, aRoomyCluster(free(1, 0)), A_ROLL)).toMatchObject([{ severity: 'warning' }]);
  expect(findings(nodeAddresses, aRoomyCluster(free(0, 0)), A_ROLL)).toMatchObject([
    { severity: 'error', reason: 'none', data: { least: 1 } },
  ]);
});

test('warns where the surge does not fit, and counts how many nodes do', () => {
  expect(findings(nodeAddresses, aRoomyCluster(free(39, 40), withCni()), A_ROLL)).toMatchObject([{
    severity: 'warning',
    reason: 'short',
    data: { surge: 4, placed: 3, usual: 20 },
  }]);
});

test('says so where none fits', () => {
  expect(findings(nodeAddresses, aRoomyCluster(free(19, 19), withCni()), A_ROLL)).toMatchObject([{
    severity: 'warning',
    reason: 'short',
    data: { surge: 4, placed: 'none', usual: 20 },
    message: expect.stringContaining('its subnets have room for none of them'),
  }]);
  expect(findings(nodeAddresses, aRoomyCluster(free(20, 19), withCni()), A_ROLL)).toMatchObject([{ data: { placed: 1 } }]);
});

test('a launch template alone exchanges nodes, too', () => {
  expect(findings(
    nodeAddresses, aRoomyCluster(free(0, 0)), { nodeGroups: { workers: { otherChanges: ['LaunchTemplate', 'Tags'] } } },
  )).toHaveLength(1);
  expect(findings(nodeAddresses, aRoomyCluster(free(0, 0)), { nodeGroups: { workers: { otherChanges: ['Tags'] } } })).toEqual([]);
});

test('more than twice the zones is launched where so many nodes are exchanged at once', () => {
  const group = { scaling: { minSize: 1, maxSize: 20, desiredSize: 10 }, update: { maxUnavailablePercentage: 60 } };
  expect(findings(nodeAddresses, aRoomyCluster(free(50, 50), { ...withCni(), group }), A_ROLL)).toMatchObject([
    { reason: 'short', data: { surge: 6, placed: 4 } },
  ]);
});

test('launches nothing with MINIMAL, and without nodes', () => {
  expect(findings(nodeAddresses, aRoomyCluster(free(0, 0), { group: { update: { strategy: 'MINIMAL' } } }), A_ROLL)).toEqual([]);
  expect(findings(
    nodeAddresses, aRoomyCluster(free(0, 0), { group: { scaling: { minSize: 0, maxSize: 4, desiredSize: 0 } } }), A_ROLL,
  )).toEqual([]);
});

test('node groups are rolled side by side: the second has what the first leaves', () => {
  const state = aRoomyCluster({ ...free(60, 60), nodeGroups: { workers: aGroupRoom(), more: aGroupRoom() } }, {
    ...withCni(), nodeGroups: known([aSizedNodeGroup(), aSizedNodeGroup({ name: 'more' })]),
  });
  const both = { nodeGroups: { ...A_ROLL.nodeGroups, more: { releaseVersion: '1.35.4-20261118' } } };
  expect(findings(nodeAddresses, state, A_ROLL)).toEqual([]);
  expect(findings(nodeAddresses, state, both)).toMatchObject([
    { id: 'node-addresses:more', severity: 'warning', reason: 'short', data: { placed: 2 } },
  ]);
});

test('a node group that waits for another has what is free before: the other runs as many nodes after its roll', () => {
  const names = ['a', 'b', 'c'];
  const state = aRoomyCluster({ ...free(45, 45), nodeGroups: Object.fromEntries(names.map((name) => [name, aGroupRoom()])) }, {
    ...withCni(), nodeGroups: known(names.map((name) => aSizedNodeGroup({ name }))),
  });
  const rolled = (...groups: string[]) => ({ nodeGroups: Object.fromEntries(groups.map((name) => [name, A_ROLL.nodeGroups!.workers])) });
  const found = (after: Record<string, string[]>, ...groups: string[]) => findings(nodeAddresses, state, rolled(...groups), undefined, {
    order: mapValues(after, (earlier) => ({ after: earlier, bakeSeconds: 0 })),
  }).map(({ id }) => id);

  expect(found({}, 'a', 'b')).toEqual(['node-addresses:b']);
  expect(found({ b: ['a'] }, 'a', 'b')).toEqual([]);
  expect(found({ a: ['b'] }, 'a', 'b')).toEqual([]);
  expect(found({ b: ['a'], c: ['b'] }, 'a', 'b', 'c')).toEqual([]);
  expect(found({ b: ['a'], c: ['b'] }, 'a', 'c')).toEqual([]); // also where the one between them stays
  expect(found({ b: ['a'], c: ['a'] }, 'a', 'b', 'c')).toEqual(['node-addresses:c']); // side by side, after it
  expect(found({ a: ['c'], b: ['c'] }, 'a', 'b')).toEqual(['node-addresses:b']); // what they wait for stays
});

test('with prefix delegation nothing is known, but that none can start where nothing is free', () => {
  const prefixes = withCni('{"env":{"ENABLE_PREFIX_DELEGATION":"true"}}');
  expect(findings(nodeAddresses, aRoomyCluster(free(100, 100), prefixes), A_ROLL)).toMatchObject([
    { id: 'node-addresses:workers:unknown', severity: 'info', unknown: true, reason: 'prefixes' },
  ]);
  expect(findings(nodeAddresses, aRoomyCluster(free(0, 0), prefixes), A_ROLL)).toMatchObject([{ severity: 'error' }]);
});

test.each([
  ['custom networking', withCni('env:\n  AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG: "true"\n')],
  ['a warm target', withCni('{"env":{"WARM_IP_TARGET":"1"}}')],
])('with %s, a node takes few addresses', (_, cni) => {
  expect(findings(nodeAddresses, aRoomyCluster(free(4, 4), cni), A_ROLL)).toEqual([]);
});

test('with a minimum target, a node takes as many, and its own', () => {
  const cni = withCni('{"env":{"MINIMUM_IP_TARGET":"3","WARM_IP_TARGET":"1"}}');
  expect(findings(nodeAddresses, aRoomyCluster(free(8, 8), cni), A_ROLL)).toEqual([]);
  expect(findings(nodeAddresses, aRoomyCluster(free(8, 7), cni), A_ROLL)).toMatchObject([{ severity: 'warning' }]);
});

test.each([
  ['no', '"0"', 10], ['as usual, one', '1', 20], ['another', '"2"', 30], ['no more than the instance has', '"9"', 30],
  ['what is no number, and so one', '"many"', 20],
])('with %s network interface kept warm, a node takes those of as many and its first', (_, target, usual) => {
  const cni = withCni(`{"env":{"WARM_ENI_TARGET":${target}}}`);
  expect(findings(nodeAddresses, aRoomyCluster(free(2 * usual, 2 * usual), cni), A_ROLL)).toEqual([]);
  expect(findings(nodeAddresses, aRoomyCluster(free(2 * usual, 2 * usual - 1), cni), A_ROLL)).toMatchObject([
    { data: { usual, placed: 3 } },
  ]);
});

test('a warm target of addresses overrides one of network interfaces', () => {
  const cni = withCni('{"env":{"WARM_ENI_TARGET":"2","WARM_IP_TARGET":"1"}}');
  expect(findings(nodeAddresses, aRoomyCluster(free(4, 4), cni), A_ROLL)).toEqual([]);
});

describe('Windows, where the plugin does not run', () => {
  const group = { amiType: 'WINDOWS_CORE_2022_x86_64' };

  test.each([
    ['nothing', undefined],
    ['prefix delegation', '{"env":{"ENABLE_PREFIX_DELEGATION":"true"}}'],
    ['custom networking', '{"env":{"AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG":"true"}}'],
    ['a warm target', '{"env":{"WARM_IP_TARGET":"1"}}'],
    ['interfaces kept warm', '{"env":{"WARM_ENI_TARGET":"2"}}'],
  ])('a node takes its own address and three for pods, with %s set for Linux', (_, configuration) => {
    const cluster = { ...withCni(configuration), group };
    expect(findings(nodeAddresses, aRoomyCluster(free(8, 8), cluster), A_ROLL)).toEqual([]);
    expect(findings(nodeAddresses, aRoomyCluster(free(8, 7), cluster), A_ROLL)).toMatchObject([{ reason: 'short', data: { usual: 4 } }]);
    expect(findings(nodeAddresses, aRoomyCluster(free(0, 0), cluster), A_ROLL)).toMatchObject([{ reason: 'none', data: { least: 1 } }]);
  });

  test.each([
    ['as many as are to be warm', '{"warmWindowsIPTarget":5}', 6], ['as many as there shall be', '{"minimumWindowsIPTarget":"7"}', 8],
    ['the more of both', '{"warmWindowsIPTarget":5,"minimumWindowsIPTarget":2}', 6], ['no more than its interface has', '{"warmWindowsIPTarget":50}', 10],
    ['as usual', '{"enableWindowsIpam":"true","warmWindowsIPTarget":0}', 4],
  ])('a node takes %s', (_, configuration, usual) => {
    const cluster = { ...withCni(configuration), group };
    expect(findings(nodeAddresses, aRoomyCluster(free(2 * usual, 2 * usual), cluster), A_ROLL)).toEqual([]);
    expect(findings(nodeAddresses, aRoomyCluster(free(2 * usual, 2 * usual - 1), cluster), A_ROLL)).toMatchObject([{ data: { usual } }]);
  });

  test('a node of types that could not be read takes as many as usual', () => {
    expect(findings(nodeAddresses, aRoomyCluster({ ...free(8, 7), instanceTypes: notKnown('denied') }, { ...withCni(), group }), A_ROLL))
      .toMatchObject([{ data: { usual: 4 } }]);
  });

  test('a node takes blocks if the plugin is told so for Windows', () => {
    const cluster = { ...withCni('{"enableWindowsIpam":"true","enableWindowsPrefixDelegation":"true"}'), group };
    expect(findings(nodeAddresses, aRoomyCluster(free(1, 0), cluster), A_ROLL)).toMatchObject([{ severity: 'info', reason: 'prefixes' }]);
  });
});

test('with IPv6, a node takes one', () => {
  expect(findings(nodeAddresses, aRoomyCluster({ ...free(2, 2), ipFamily: 'ipv6' }, withCni()), A_ROLL)).toEqual([]);
  expect(findings(nodeAddresses, aRoomyCluster({ ...free(2, 1), ipFamily: 'ipv6' }, withCni()), A_ROLL)).toMatchObject([
    { severity: 'warning' },
  ]);
});

test('the largest of several instance types counts; of those that could not be read, none', () => {
  const group = { instanceTypes: ['m7i.large', 'm7i.8xlarge'] };
  const instanceTypes = known([
    { name: 'm7i.large', vcpus: 2, addressesPerInterface: 10, interfaces: 3 }, { name: 'm7i.8xlarge', vcpus: 32, addressesPerInterface: 30, interfaces: 8 },
  ]);
  expect(findings(nodeAddresses, aRoomyCluster({ ...free(100, 100), instanceTypes }, { ...withCni(), group }), A_ROLL))
    .toMatchObject([{ reason: 'short', data: { usual: 60 } }]);
  expect(findings(nodeAddresses, aRoomyCluster({ ...free(10, 10), instanceTypes: notKnown('denied') }, withCni()), A_ROLL)).toEqual([]);
});

test('a launch template may name the instance type', () => {
  const groupRoom = { launchTemplate: known({ instanceType: 'm7i.large' }) };
  expect(findings(
    nodeAddresses, aRoomyCluster(free(10, 10), { ...withCni(), group: { instanceTypes: [] }, groupRoom }), A_ROLL,
  )).toMatchObject([{ severity: 'warning' }]);
});

test('says nothing of groups whose subnets are not among those that were read', () => {
  expect(findings(nodeAddresses, aRoomyCluster({ subnets: known([]) }), A_ROLL)).toEqual([]);
  expect(aNodeRoom().subnets.known).toBe(true);
});
