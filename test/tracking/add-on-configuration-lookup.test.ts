import { CfnAddon } from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { App, Fn, Stack } from 'aws-cdk-lib/core';
import { AddOnVersion, ManagedAddOn, ManagedAddOnOptions, UpgradableCluster } from '../../src';
import { ADD_ON_VARIABLE } from '../../src/engine/eks/add-on-look-up';
import { Said } from '../../src/engine/messages/message';
import { PREVIEW_VARIABLE } from '../../src/preview/question';
import { notes, warnings } from '../../src/tracking/messages';
import { newStack, saidOn, upgradableCluster, warningsOn } from '../cluster/_fixtures';
import { acknowledgeable } from '../diagnostics/_said';

const VERSION = 'v1.21.1-eksbuild.1';
const VALUES = { env: { ENABLE_PREFIX_DELEGATON: 'true' } };
const KEY = /^cdk-eks-upgrades:add-on-configuration:account=111122223333:addOn=vpc-cni:configuration=[0-9a-f]{12}:region=us-west-2:version=v1\.21\.1-eksbuild\.1$/;

beforeEach(() => { process.env[ADD_ON_VARIABLE] = 'on'; });
afterEach(() => {
  delete process.env[ADD_ON_VARIABLE];
  delete process.env[PREVIEW_VARIABLE];
});

interface Configured {
  readonly stack: Stack;
  readonly addon: eks.Addon;
}

function configured(
  options: ManagedAddOnOptions = {}, { context, env }: { context?: Record<string, unknown>; env?: null } = {},
): Configured {
  const stack = newStack({ context, env });
  const cluster = upgradableCluster(stack);
  const addOn = ManagedAddOn.vpcCni({ version: AddOnVersion.pinned(VERSION), configurationValues: VALUES, ...options });
  return { stack, addon: cluster.addManagedAddOn(addOn) as eks.Addon };
}

/** What the app asks for, by key. */
function asked({ stack }: Configured): Record<string, any> {
  const { missing = [] } = (stack.node.root as App).synth().manifest;
  return Object.fromEntries(missing.map(({ key, props }) => [key, props]));
}

function keyOf(options?: ManagedAddOnOptions): string {
  const [key] = Object.keys(asked(configured(options)));
  return key;
}

test('the plugin is asked once for each configuration and version that the app names, and nothing is said before it has answered', () => {
  const it = configured();
  const [[key, props]] = Object.entries(asked(it));
  expect(key).toMatch(KEY);
  expect(props).toMatchObject({
    pluginName: 'cdk-eks-upgrades-add-on-configuration',
    account: '111122223333',
    region: 'us-west-2',
    configured: { name: 'vpc-cni', version: VERSION, values: JSON.stringify(VALUES) },
    lookupRoleArn: expect.stringContaining('lookup-role'),
  });
  expect(warningsOn(it.addon)).toEqual([]);
});

test('another configuration and another version have entries of their own, the order of keys none', () => {
  const keys = [
    keyOf(), keyOf({ configurationValues: { env: {} } }), keyOf({ version: AddOnVersion.pinned('v1.20.4-eksbuild.2') }),
    keyOf({ configurationValues: { b: 1, a: 2 } }), keyOf({ configurationValues: { a: 2, b: 1 } }),
  ];
  expect(new Set(keys).size).toBe(4);
  expect(keys[3]).toBe(keys[4]);
});

describe('what EKS would refuse', () => {
  const objection = 'env.ENABLE_PREFIX_DELEGATON is not known to it; ENABLE_PREFIX_DELEGATION is';

  test('is an acknowledgeable warning on the add-on, with place and remedy, and is not asked for again', () => {
    const it = configured({}, { context: { [keyOf()]: { objections: [objection] } } });
    expect(warningsOn(it.addon)).toEqual([
      acknowledgeable(warnings.addOnConfiguration({ name: 'vpc-cni', version: VERSION, objections: [objection] })),
    ]);
    expect(asked(it)).toEqual({});
  });

  test('nothing: nothing', () => {
    expect(warningsOn(configured({}, { context: { [keyOf()]: { objections: [] } } }).addon)).toEqual([]);
  });

  test('of a plain add-on of the cluster, and of service accounts', () => {
    const add = (cluster: UpgradableCluster) => new CfnAddon(cluster.stack, 'Plain', {
      clusterName: cluster.clusterName,
      addonName: 'vpc-cni',
      addonVersion: VERSION,
      podIdentityAssociations: [
        { serviceAccount: 'aws-nod', roleArn: 'arn:aws:iam::111122223333:role/cni' },
      ],
    });
    const stack = newStack();
    add(upgradableCluster(stack));
    const [[key, { configured: question }]] = Object.entries(asked({ stack } as Configured));
    expect(question).toEqual({ name: 'vpc-cni', version: VERSION, serviceAccounts: ['aws-nod'] });

    const again = newStack({ context: { [key]: { objections: ['the service account aws-nod cannot get a role'] } } });
    const addon = add(upgradableCluster(again));
    expect(saidOn(addon.node.scope!, 'warning')).toContainEqual(expect.stringContaining('the service account aws-nod cannot get a role'));
  });
});

test.each<[string, unknown, (key: string) => Said]>([
  [
    'a failure of the look-up', { $providerError: 'AccessDenied: not allowed' },
    () => notes.addOnConfigurationUnread({ name: 'vpc-cni', version: VERSION, failure: 'AccessDenied: not allowed' }),
  ],
  [
    'an entry of another form', { objections: 'x' },
    (key) => notes['addOnConfigurationUnread:malformed']({ name: 'vpc-cni', version: VERSION, value: '{"objections":"x"}', key }),
  ],
])('%s is a note', (_, value, said) => {
  const { addon } = configured({}, { context: { [keyOf()]: value } });
  expect(saidOn(addon, 'info')).toEqual([acknowledgeable(said(keyOf()))]);
  expect(warningsOn(addon)).toEqual([]);
});

describe('nothing is asked', () => {
  test.each<[string, ManagedAddOnOptions]>([
    ['of an add-on without configuration', { configurationValues: undefined }],
    ['of values that only the deployment knows', { configurationValues: { region: Fn.ref('AWS::Region') } }],
    ['of a version that the deployment chooses', { version: AddOnVersion.recommended() }],
  ])('%s', (_, options) => {
    expect(asked(configured(options))).toEqual({});
  });

  test('while the version is looked up', () => {
    expect(Object.keys(asked(configured({ version: AddOnVersion.tracked() })))).toEqual([
      expect.stringMatching(/^cdk-eks-upgrades:add-on:/),
    ]);
  });

  test('without account and Region', () => {
    expect(asked(configured({}, { env: null }))).toEqual({});
  });

  test('without the plugin', () => {
    delete process.env[ADD_ON_VARIABLE];
    expect(asked(configured())).toEqual({});
  });

  test('beside the preview, which holds the whole deployment against what is live', () => {
    process.env[PREVIEW_VARIABLE] = 'on';
    expect(Object.keys(asked(configured())).filter((key) => KEY.test(key))).toEqual([]);
  });
});

test('of a service account with a role', () => {
  const stack = newStack();
  const role = iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111122223333:role/cni');
  upgradableCluster(stack).addManagedAddOn(ManagedAddOn.vpcCni({
    version: AddOnVersion.pinned(VERSION), podIdentities: [{ serviceAccount: 'aws-node', role }],
  }));
  expect(Object.values(asked({ stack } as Configured))).toMatchObject([{ configured: { serviceAccounts: ['aws-node'] } }]);
});
