/**
 * What EKS refuses of a launch template, or of a node group beside one, is refused when the app is synthesised.
 */
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { CfnNodegroup } from 'aws-cdk-lib/aws-eks';
import * as iam from 'aws-cdk-lib/aws-iam';
import { App, Aws, CfnCondition, CfnParameter, Fn, Lazy, Stack } from 'aws-cdk-lib/core';
import { instanceTypes, World } from './_fixtures';
import { goldenImage } from './_golden';
import { EksAmiType, ManagedNodeGroupOptions, ManagedNodeGroupWithAmiTracking } from '../../src';
import { Said } from '../../src/engine/messages/message';
import { sentence } from '../../src/engine/messages/sentence';
import { says } from '../../src/node-group/messages';
import { newStack } from '../cluster/_fixtures';

type Data = ec2.CfnLaunchTemplate.LaunchTemplateDataProperty;
type Version = (template: ec2.CfnLaunchTemplate) => string | undefined;

const PINNED: ManagedNodeGroupOptions = { releaseVersion: '1.36.2-20260714' };
const BOTTLEROCKET: ManagedNodeGroupOptions = { eksAmiType: EksAmiType.BOTTLEROCKET_X86_64, releaseVersion: '1.34.0-18d04e52' };
const LATEST: Version = ({ attrLatestVersionNumber }) => attrLatestVersionNumber;

/** An app with a node group that has a launch template with some data. */
function app(
  data: Data | ((stack: Stack) => Data),
  options: ManagedNodeGroupOptions = PINNED,
  version = LATEST,
  change: (group: CfnNodegroup) => void = () => undefined,
): () => Template {
  return () => {
    const world = new World();
    const { stack } = world;
    const template = new ec2.CfnLaunchTemplate(stack, 'Own', { launchTemplateData: typeof data === 'function' ? data(stack) : data });
    const group = world.group({ ...options, launchTemplateSpec: { id: template.ref, version: version(template) } });
    change(group.node.defaultChild as CfnNodegroup);
    return Template.fromStack(stack);
  };
}

const at = (said: Said) => `${sentence(said)} [Stack/Group]`;
const profile = (stack: Stack) => new iam.CfnInstanceProfile(stack, 'Profile', { roles: ['nodes'] });
const chosen = (stack: Stack, value: unknown): any =>
  Fn.conditionIf(new CfnCondition(stack, 'Chosen').logicalId, value, Aws.NO_VALUE);

const PROHIBITED: [string, Data | ((stack: Stack) => Data), string][] = [
  ['an instance profile', { iamInstanceProfile: { name: 'nodes' } }, 'IamInstanceProfile'],
  ['an instance profile of the app', (stack) => ({ iamInstanceProfile: { arn: profile(stack).attrArn } }), 'IamInstanceProfile'],
  [
    'a subnet', { networkInterfaces: [{ deviceIndex: 0 }, { deviceIndex: 1, subnetId: 'subnet-0123456789abcdef0' }] }, 'NetworkInterfaces.SubnetId',
  ],
  ['spot instances', { instanceMarketOptions: { marketType: 'spot' } }, 'InstanceMarketOptions (spot)'],
  ['hibernation', { hibernationOptions: { configured: true } }, 'HibernationOptions'],
  ['a shutdown behaviour', { instanceInitiatedShutdownBehavior: 'terminate' }, 'InstanceInitiatedShutdownBehavior'],
];

describe('a launch template fails', () => {
  test.each(PROHIBITED)('with %s, whatever the image', (_, data, setting) => {
    const refused = says.prohibitedInTemplate({ setting, instead: '' }).message;
    expect(app(data)).toThrow(refused);
    expect(app(data, { goldenImage: goldenImage() })).toThrow(refused);
    expect(app(data, BOTTLEROCKET)).toThrow(refused);
  });

  test('by what the L2 makes of a role', () => {
    const { stack, cluster } = new World();
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') });
    const template = new ec2.LaunchTemplate(stack, 'Own', { role });
    new ManagedNodeGroupWithAmiTracking(stack, 'Group', {
      cluster, ...PINNED, launchTemplateSpec: { id: template.launchTemplateId!, version: template.latestVersionNumber },
    });
    expect(() => Template.fromStack(stack)).toThrow('the launch template has IamInstanceProfile');
  });

  test('in another stack, and by data that are asked for at the end', () => {
    const { stack, cluster } = new World();
    const other = newStack({ app: stack.node.root as App, id: 'Other' });
    const launchTemplateData = Lazy.any({ produce: () => ({ instanceMarketOptions: { marketType: 'spot' } }) });
    const template = new ec2.CfnLaunchTemplate(other, 'Own', { launchTemplateData });
    new ManagedNodeGroupWithAmiTracking(stack, 'Group', {
      cluster, ...PINNED, launchTemplateSpec: { id: template.ref, version: template.attrLatestVersionNumber },
    });
    expect(() => Template.fromStack(stack)).toThrow('InstanceMarketOptions (spot)');
  });

  test('in its default version, as in the latest; not where the group names another by its number', () => {
    const spot: Data = { instanceMarketOptions: { marketType: 'spot' } };
    expect(app(spot, PINNED, ({ attrDefaultVersionNumber }) => attrDefaultVersionNumber)).toThrow('InstanceMarketOptions (spot)');
    expect(app(spot, PINNED, () => undefined)).toThrow('InstanceMarketOptions (spot)');
    expect(app(spot, PINNED, () => '3')).not.toThrow();
  });

  test('with an instance type beside those of the node group', () => {
    const options = { ...PINNED, instanceTypes: instanceTypes('m7i.large', 'm7a.large') };
    expect(app({ instanceType: 'm7i.large' }, options)).toThrow(
      at(says.twoInstanceTypes({ instanceTypes: ['m7i.large', 'm7a.large'], instanceType: 'm7i.large' })),
    );
    expect(app({ instanceType: 'm7i.large' })).not.toThrow();
    expect(app({}, options)).not.toThrow();
  });
});

test.each<[string, Data | ((stack: Stack) => Data)]>([
  ['an instance profile that a condition chooses', (stack) => ({ iamInstanceProfile: chosen(stack, { Name: 'nodes' }) })],
  ['no value of one', { iamInstanceProfile: { arn: Aws.NO_VALUE } }],
  ['network interfaces without subnets', { networkInterfaces: [{ deviceIndex: 0, groups: ['sg-0123456789abcdef0'] }] }],
  ['network interfaces that a condition chooses', (stack) => ({ networkInterfaces: chosen(stack, [{ SubnetId: 'subnet-0123456789abcdef0' }]) })],
  ['a capacity block', { instanceMarketOptions: { marketType: 'capacity-block' } }],
  ['a market that a parameter names', (stack) => ({ instanceMarketOptions: { marketType: new CfnParameter(stack, 'Market').valueAsString } })],
  ['hibernation that is off', { hibernationOptions: { configured: false } }],
  ['what EKS takes', { keyName: 'key', ebsOptimized: true, metadataOptions: { httpTokens: 'required' } }],
])('a launch template passes with %s', (_, data) => {
  expect(app(data)).not.toThrow();
});

describe('beside a launch template, whoever makes it', () => {
  const foreign = { ...PINNED, launchTemplateSpec: { id: 'lt-0123456789abcdef0', version: '3' } };
  const remoteAccess = { sshKeyName: 'key' };

  test('fails remote access', () => {
    expect(app({}, { ...PINNED, remoteAccess })).toThrow(at(says.remoteAccess({ isOwn: true })));
    const world = new World();
    world.group({ ...foreign, remoteAccess });
    expect(() => Template.fromStack(world.stack)).toThrow(at(says.remoteAccess({ isOwn: true })));
  });

  test('fails a disk size by an escape hatch', () => {
    expect(app({}, PINNED, LATEST, (group) => { group.diskSize = 50; })).toThrow(at(says.diskSize({ diskSize: 50, isOwn: true })));
    expect(app({}, PINNED, LATEST, (group) => group.addPropertyOverride('DiskSize', 50))).toThrow(at(says.diskSize({ diskSize: 50, isOwn: true })));
  });

  test('both pass without one, and where a condition chooses', () => {
    const world = new World();
    world.group({ ...PINNED, remoteAccess, diskSize: 50 });
    expect(() => Template.fromStack(world.stack)).not.toThrow();
    expect(app({}, PINNED, LATEST, (group) => { group.remoteAccess = chosen(group.stack, { Ec2SshKey: 'key' }); })).not.toThrow();
  });
});

describe('user data', () => {
  const MULTIPART = 'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="//"\n\n--//\nContent-Type: text/x-shellscript\n\n#!/bin/bash\n--//--\n';
  const NODE_CONFIG = '---\napiVersion: node.eks.aws/v1alpha1\nkind: NodeConfig\n';
  const TOML = '# as the others\n[settings.kubernetes]\nmax-pods = 58\n';
  const WINDOWS = { eksAmiType: EksAmiType.WINDOWS_CORE_2025_X86_64 };

  const notMultipart = (firstLine: string) => at(says.userDataNotMultipart({ firstLine }));

  test.each([
    ['a script', Fn.base64('#!/bin/bash\nyum install -y jq'), '#!/bin/bash'],
    ['a script that is encoded before', Buffer.from('#!/bin/sh\n').toString('base64'), '#!/bin/sh'],
    ['a script with a value of the deployment', Fn.base64(`#!/bin/bash\necho ${Aws.REGION}`), '#!/bin/bash'],
    ['a script of the deployment', Fn.base64(`#!/bin/bash\n${Fn.importValue('script')}`), '#!/bin/bash'],
    ['a cloud-config of the deployment', Fn.base64(`#cloud-config\n${Fn.importValue('config')}`), '#cloud-config'],
    ['a comment before a script', Fn.base64('# as the others\n#!/bin/bash\n'), '# as the others'],
    ['a cloud-config', Fn.base64('#cloud-config\npackages: [jq]'), '#cloud-config'],
    ['what the CDK makes by itself', Fn.base64(ec2.UserData.forLinux().render()), '#!/bin/bash'],
  ])('of Amazon Linux fails as %s', (_, userData, firstLine) => {
    expect(app({ userData })).toThrow(notMultipart(firstLine));
    expect(app({ userData }, { ...PINNED, eksAmiType: EksAmiType.AL2023_X86_64_STANDARD })).toThrow(notMultipart(firstLine));
  });

  test.each<[string, string, ManagedNodeGroupOptions]>([
    ['a MIME multi-part archive', Fn.base64(MULTIPART), PINNED],
    ['one that the CDK makes', Fn.base64(new ec2.MultipartUserData().render()), PINNED],
    ['a NodeConfig by itself', Fn.base64(NODE_CONFIG), PINNED],
    ['a NodeConfig with a comment', Fn.base64(`# as the others\n${NODE_CONFIG}`), PINNED],
    ['what only the deployment knows', Fn.base64(Aws.REGION), PINNED],
    ['a value of the deployment before a comment', Fn.base64(`${Fn.importValue('head')}\n# as the others\n`), PINNED],
    ['a value of the deployment before a script', Fn.base64(`${Fn.importValue('head')}#!/bin/bash\n`), PINNED],
    ['a value of the deployment after white space', Fn.base64(`\n ${Fn.importValue('head')}\n# as the others\n`), PINNED],
    ['a value of the deployment before MIME, for Bottlerocket', Fn.base64(`${Fn.importValue('head')}\n${MULTIPART}`), BOTTLEROCKET],
    ['a comment before a value of the deployment', Fn.base64(`# as the others\n${Fn.importValue('config')}`), PINNED],
    ['a comment before a NodeConfig with a value', Fn.base64(`# as the others\n${Fn.importValue('head')}${NODE_CONFIG.slice(4)}`), PINNED],
    ['nothing', Fn.base64(''), PINNED],
    ['a script with an image of its own', Fn.base64('#!/bin/bash'), { goldenImage: goldenImage() }],
    ['TOML of Bottlerocket', Fn.base64(TOML), BOTTLEROCKET],
    ['PowerShell of Windows', Fn.base64('<powershell>\nWrite-Host "ready"\n</powershell>'), WINDOWS],
  ])('passes as %s', (_, userData, options) => {
    expect(app({ userData }, options)).not.toThrow();
  });

  test('of Bottlerocket fails as a MIME multi-part archive', () => {
    expect(app({ userData: Fn.base64(MULTIPART) }, BOTTLEROCKET)).toThrow(at(says.userDataNotToml({ firstLine: 'MIME-Version: 1.0' })));
  });
});
