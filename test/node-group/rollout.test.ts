import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Lazy, Stack, Tags } from 'aws-cdk-lib/core';
import { newStack, ofType, resourcesOf, upgradableCluster } from '../cluster/_fixtures';

interface Rolling {
  readonly stack?: Stack;
  readonly id?: string;
  readonly template?: ec2.LaunchTemplate;
  readonly version?: string;
}

function rolling(rollout: string, { stack = newStack(), id = 'Workers', ...given }: Rolling = {}) {
  const template = given.template ?? new ec2.LaunchTemplate(stack, `${id}Template`);
  const version = given.version ?? template.latestVersionNumber;
  const cluster = stack.node.tryFindChild('Cluster') as ReturnType<typeof upgradableCluster> | undefined ?? upgradableCluster(stack);
  cluster.addManagedNodeGroup(id, { releaseVersion: '1.36.2-20260714', launchTemplateSpec: { id: template.launchTemplateId!, version }, rollout });
  return { stack, template };
}

const templateData = (stack: Stack) => Object.values(ofType(resourcesOf(stack), 'AWS::EC2::LaunchTemplate'))[0].Properties.LaunchTemplateData;
const instanceTags = (stack: Stack) => templateData(stack).TagSpecifications.filter(({ ResourceType }: { ResourceType: string }) => ResourceType === 'instance');

test('another text is another launch template, and nothing else of the stack changes', () => {
  const [before, after] = ['ca-2026', 'ca-2028'].map((rollout) => resourcesOf(rolling(rollout).stack));
  const changed = Object.keys(after).filter((id) => JSON.stringify(before[id]) !== JSON.stringify(after[id]) && after[id].Type !== 'Custom::EksUpgradeGuard');
  expect(changed.map((id) => after[id].Type)).toEqual(['AWS::EC2::LaunchTemplate']);
  expect(Object.keys(after)).toEqual(Object.keys(before));
});

test('it stands beside the tags that instances have already, in one specification', () => {
  const stack = newStack();
  const template = new ec2.LaunchTemplate(stack, 'Own', { userData: ec2.UserData.forLinux() });
  Tags.of(template).add('team', 'platform');
  rolling('ca-2028', { stack, template });
  expect(instanceTags(stack)).toEqual([{ ResourceType: 'instance', Tags: expect.arrayContaining([{ Key: 'team', Value: 'platform' }, { Key: 'cdk-eks-upgrades:rollout', Value: 'ca-2028' }]) }]);
  expect(templateData(stack).TagSpecifications).toHaveLength(2); // volumes keep theirs
  expect(templateData(stack).UserData).toBeDefined();
});

test('the guard sees that nodes roll for it', () => {
  const digest = (rollout: string) => Object.values(ofType(resourcesOf(rolling(rollout).stack), 'Custom::EksUpgradeGuard'))[0].Properties.Judged;
  expect(digest('ca-2026')).not.toBe(digest('ca-2028'));
});

test('what only the deployment knows is let through', () => {
  const { stack } = rolling(Lazy.string({ produce: () => 'late' }));
  expect(instanceTags(stack)[0].Tags).toContainEqual({ Key: 'cdk-eks-upgrades:rollout', Value: 'late' });
});

describe('fails', () => {
  test('without a launch template, and says what EKS can do', () => {
    expect(() => upgradableCluster(newStack()).addManagedNodeGroup('Workers', { releaseVersion: '1.36.2-20260714', rollout: 'ca-2028' }))
      .toThrow(/rollout is 'ca-2028', but the node group has no launch template: .* roll an existing node group by a new release, .*\[Stack\/Cluster\/NodegroupWorkers\]/);
  });

  test('with a launch template of somebody else', () => {
    const stack = newStack();
    expect(() => upgradableCluster(stack).addManagedNodeGroup('Workers', { releaseVersion: '1.36.2-20260714', launchTemplateSpec: { id: 'lt-0123', version: '3' }, rollout: 'x' }))
      .toThrow('the launch template is not of this app');
  });

  test.each(['3', 'default'])('with version %s of it, which does not follow', (version) => {
    const stack = newStack();
    const template = new ec2.LaunchTemplate(stack, 'Own');
    expect(() => rolling('x', { stack, template, version: version === 'default' ? template.defaultVersionNumber : version })).toThrow('give launchTemplateSpec.version the latestVersionNumber');
  });

  test('with a launch template that rolls another node group by another text', () => {
    const { stack, template } = rolling('ca-2028');
    expect(() => rolling('ca-2030', { stack, template, id: 'Others' })).toThrow("another node group of the same launch template has 'ca-2028'");
    expect(() => rolling('ca-2028', { stack, template, id: 'Same' })).not.toThrow();
  });

  test.each(['', 'a'.repeat(257), 'ca#2028'])("with '%s', which cannot be a tag", (rollout) => {
    expect(() => rolling(rollout)).toThrow('write 1 to 256 letters');
  });
});
