import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { CfnNodegroup } from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Annotations, App, Aspects, CfnCondition, Fn, IAspect, Lazy, Stack, Tags } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { goldenImage, IMAGE } from './_golden';
import { AmiFamily, GoldenImage, ManagedNodeGroupOptions, ManagedNodeGroupWithAmiTracking } from '../../src';
import { sentence } from '../../src/engine/messages/sentence';
import { says as saysOfNodeGroup, warnings } from '../../src/node-group/messages';
import { newStack, ofType, resourcesOf, theOnly, upgradableCluster, warningsOn } from '../cluster/_fixtures';
import { DependencyGraph } from '../cluster/dependency-graph';
import { acknowledgeable } from '../diagnostics/_said';

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
  cluster.addManagedNodeGroup(id, {
    releaseVersion: '1.36.2-20260714', launchTemplateSpec: { id: template.launchTemplateId!, version }, rollout,
  });
  return { stack, template };
}

const templateData = (stack: Stack) => Object.values(
  ofType(resourcesOf(stack), 'AWS::EC2::LaunchTemplate'),
)[0].Properties.LaunchTemplateData;
const instanceTags = (stack: Stack) => templateData(stack).TagSpecifications.filter(
  ({ ResourceType }: { ResourceType: string }) => ResourceType === 'instance',
);

test('another text is another launch template, and nothing else of the stack changes', () => {
  const [before, after] = ['ca-2026', 'ca-2028'].map((rollout) => resourcesOf(rolling(rollout).stack));
  const changed = Object.keys(after).filter(
    (id) => JSON.stringify(before[id]) !== JSON.stringify(after[id]) && after[id].Type !== 'Custom::EksUpgradeGuard',
  );
  expect(changed.map((id) => after[id].Type)).toEqual(['AWS::EC2::LaunchTemplate']);
  expect(Object.keys(after)).toEqual(Object.keys(before));
});

test('it stands beside the tags that instances have already, in one specification', () => {
  const stack = newStack();
  const template = new ec2.LaunchTemplate(stack, 'Own', { userData: new ec2.MultipartUserData() });
  Tags.of(template).add('team', 'platform');
  rolling('ca-2028', { stack, template });
  expect(instanceTags(stack)).toEqual([{
    ResourceType: 'instance',
    Tags: expect.arrayContaining([{ Key: 'team', Value: 'platform' }, { Key: 'cdk-eks-upgrades:rollout', Value: 'ca-2028' }]),
  }]);
  expect(templateData(stack).TagSpecifications).toHaveLength(2); // volumes keep theirs
  expect(templateData(stack).UserData).toBeDefined();
});

describe('the launch template stays as the app has given it, for escape hatches and Aspects', () => {
  type Data = ec2.CfnLaunchTemplate.LaunchTemplateDataProperty;
  const own = (stack: Stack, launchTemplateData: ec2.CfnLaunchTemplate['launchTemplateData'] = { keyName: 'ops' }) =>
    new ec2.CfnLaunchTemplate(stack, 'Own', { launchTemplateData });
  const roll = (stack: Stack, { ref: id, attrLatestVersionNumber: version }: ec2.CfnLaunchTemplate) =>
    upgradableCluster(stack).addManagedNodeGroup('Workers', {
      releaseVersion: '1.36.2-20260714', launchTemplateSpec: { id, version }, rollout: 'ca-2028',
    });
  const ROLLED = { ResourceType: 'instance', Tags: [{ Key: 'cdk-eks-upgrades:rollout', Value: 'ca-2028' }] };
  const TEAM = { key: 'team', value: 'platform' };

  test("the CDK's own Aspect for IMDSv2 reaches it", () => {
    const stack = newStack();
    rolling('ca-2028', { stack });
    Aspects.of(stack).add(new ec2.LaunchTemplateRequireImdsv2Aspect());
    expect(templateData(stack).MetadataOptions).toEqual({ HttpTokens: 'required' });
    expect(instanceTags(stack)[0].Tags).toContainEqual(ROLLED.Tags[0]);
  });

  const changes: [string, (template: ec2.CfnLaunchTemplate) => void, object][] = [
    ['adds to the data', (template) => {
      template.launchTemplateData = { ...template.launchTemplateData as Data, ebsOptimized: true };
    }, { KeyName: 'ops', EbsOptimized: true, TagSpecifications: [ROLLED] }],
    ['replaces the data', (template) => {
      template.launchTemplateData = { keyName: 'other' };
    }, { KeyName: 'other', TagSpecifications: [ROLLED] }],
    ['sets tags', (template) => {
      template.launchTemplateData = {
        ...template.launchTemplateData as Data, tagSpecifications: [{ resourceType: 'instance', tags: [TEAM] }],
      };
    }, { KeyName: 'ops', TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'team', Value: 'platform' }, ...ROLLED.Tags] }] }],
    ['overrides tags', (template) => {
      template.addPropertyOverride('LaunchTemplateData.TagSpecifications', [{ ResourceType: 'volume', Tags: [] }]);
    }, { KeyName: 'ops', TagSpecifications: [{ ResourceType: 'volume', Tags: [] }, ROLLED] }],
  ];

  test.each(changes)('whoever %s before, after or by an Aspect', (_, change, expected) => {
    const aspect: IAspect = { visit: (node) => { if (node instanceof ec2.CfnLaunchTemplate) change(node); } };
    const rendered = (given: { before?: typeof change; after?: typeof change; aspect?: IAspect }) => {
      const stack = newStack();
      const template = own(stack);
      given.before?.(template);
      roll(stack, template);
      given.after?.(template);
      if (given.aspect) Aspects.of(stack).add(given.aspect);
      return templateData(stack);
    };
    expect([{ before: change }, { after: change }, { aspect }].map(rendered)).toEqual([expected, expected, expected]);
  });

  test('of what a condition chooses, each gets the tag', () => {
    const stack = newStack();
    const condition = new CfnCondition(stack, 'IsBlue', { expression: Fn.conditionEquals('a', 'b') }).logicalId;
    const ofBlue = Fn.conditionIf(condition, [{ ResourceType: 'volume', Tags: [] }], Fn.ref('AWS::NoValue'));
    roll(stack, own(stack, Fn.conditionIf(condition, { TagSpecifications: ofBlue }, { KeyName: 'green' })));
    expect(templateData(stack)).toEqual({
      'Fn::If': [
        'IsBlue',
        { TagSpecifications: { 'Fn::If': ['IsBlue', [{ ResourceType: 'volume', Tags: [] }, ROLLED], [ROLLED]] } },
        { KeyName: 'green', TagSpecifications: [ROLLED] },
      ],
    });
  });
});

test('the guard sees that nodes roll for it', () => {
  const digest = (rollout: string) => Object.values(
    ofType(resourcesOf(rolling(rollout).stack), 'Custom::EksUpgradeGuard'),
  )[0].Properties.Judged;
  expect(digest('ca-2026')).not.toBe(digest('ca-2028'));
});

describe('of a golden image', () => {
  const golden = (rollout: string, given: Partial<ManagedNodeGroupOptions> = {}) => {
    const stack = newStack();
    upgradableCluster(stack).addManagedNodeGroup('Workers', {
      goldenImage: goldenImage(),
      rollout,
      nodeLaunch: { serviceCidr: '10.100.0.0/16', instanceTags: { team: 'platform' } },
      ...given,
    });
    return stack;
  };

  test('it is a tag in the launch template that the construct makes, and nothing else of that changes', () => {
    const [before, after] = ['ca-2026', 'ca-2028'].map((rollout) => templateData(golden(rollout)));
    expect(after.TagSpecifications).toEqual([
      { ResourceType: 'volume', Tags: [{ Key: 'team', Value: 'platform' }] },
      { ResourceType: 'instance', Tags: [{ Key: 'team', Value: 'platform' }, { Key: 'cdk-eks-upgrades:rollout', Value: 'ca-2028' }] },
    ]);
    expect(after).toEqual({ ...before, TagSpecifications: after.TagSpecifications });
    expect(after).toMatchObject({ UserData: expect.anything(), MetadataOptions: { HttpTokens: 'required' } });
  });

  test('it stands in a launch template of the app beside the image', () => {
    const stack = newStack();
    const template = new ec2.LaunchTemplate(stack, 'Own');
    const launchTemplateSpec = { id: template.launchTemplateId!, version: template.latestVersionNumber };
    upgradableCluster(stack).addManagedNodeGroup('Workers', {
      goldenImage: GoldenImage.pinned(IMAGE, { family: AmiFamily.AMAZON_LINUX_2023 }), rollout: 'ca-2028', launchTemplateSpec,
    });
    expect(templateData(stack).ImageId).toBe(IMAGE);
    expect(instanceTags(stack)[0].Tags).toContainEqual({ Key: 'cdk-eks-upgrades:rollout', Value: 'ca-2028' });
  });

  test.each(['', 'ca#2028'])("fails with '%s', too", (rollout) => {
    expect(() => golden(rollout)).toThrow(sentence(saysOfNodeGroup.rolloutNotATag({ rollout })));
  });
});

describe('its launch template waits for what guards the nodes, so that a refusal leaves no version of it behind', () => {
  const idOf = (stack: Stack, type: string) => theOnly(resourcesOf(stack), type).logicalId;
  const waitsOf = (stack: Stack) => theOnly(resourcesOf(stack), 'AWS::EC2::LaunchTemplate').DependsOn ?? [];

  test('beside its cluster', () => {
    const { stack } = rolling('ca-2028');
    expect(waitsOf(stack)).toEqual([idOf(stack, 'AWS::EKS::Cluster')]);
    expect(theOnly(resourcesOf(stack), 'AWS::EKS::Cluster').DependsOn).toContain(idOf(stack, 'Custom::EksUpgradeGuard'));
  });

  test('in a stack of its own', () => {
    const stack = newStack();
    const nodes = newStack({ id: 'Nodes', app: stack.node.root as App });
    const template = new ec2.LaunchTemplate(nodes, 'Own');
    const launchTemplateSpec = { id: template.launchTemplateId!, version: template.latestVersionNumber };
    new ManagedNodeGroupWithAmiTracking(nodes, 'Workers', {
      cluster: upgradableCluster(stack), releaseVersion: '1.36.2-20260714', launchTemplateSpec, rollout: 'ca-2028',
    });
    expect(waitsOf(nodes)).toEqual([idOf(nodes, 'Custom::EksUpgradeGuard')]);
  });

  test('whatever becomes of it, with or without rollout; but not where new versions do not reach the nodes', () => {
    const waits = (version: (template: ec2.LaunchTemplate) => string) => {
      const stack = newStack();
      const template = new ec2.LaunchTemplate(stack, 'Own');
      upgradableCluster(stack).addManagedNodeGroup('Workers', {
        releaseVersion: '1.36.2-20260714', launchTemplateSpec: { id: template.launchTemplateId!, version: version(template) },
      });
      return waitsOf(stack).length;
    };
    expect([
      waits((template) => template.latestVersionNumber), waits((template) => template.defaultVersionNumber), waits(() => '3'),
    ]).toEqual([1, 0, 0]);
  });

  test('unless the cluster waits for a construct that holds it', () => {
    const stack = newStack();
    const base = new Construct(stack, 'Base');
    const cluster = upgradableCluster(stack);
    cluster.node.addDependency(base);
    const template = new ec2.LaunchTemplate(base, 'Own');
    cluster.addManagedNodeGroup('Workers', {
      releaseVersion: '1.36.2-20260714',
      launchTemplateSpec: {
        id: template.launchTemplateId!, version: template.latestVersionNumber,
      },
      rollout: 'ca-2028',
    });
    expect(DependencyGraph.of(stack).findCycle()).toBeUndefined();
    expect(waitsOf(stack)).toEqual([]);
  });
});

test('what only the deployment knows is let through', () => {
  const { stack } = rolling(Lazy.string({ produce: () => 'late' }));
  expect(instanceTags(stack)[0].Tags).toContainEqual({ Key: 'cdk-eks-upgrades:rollout', Value: 'late' });
});

describe('a node group without it that follows the same launch template rolls as well, and a warning says so', () => {
  type Other = (stack: Stack, spec: eks.LaunchTemplateSpec, template: ec2.LaunchTemplate) => void;

  function warned(add: Other, addBefore?: Other): string[] {
    const stack = newStack();
    const template = new ec2.LaunchTemplate(stack, 'Own');
    const spec = { id: template.launchTemplateId!, version: template.latestVersionNumber };
    upgradableCluster(stack);
    addBefore?.(stack, spec, template);
    rolling('ca-2028', { stack, template });
    add(stack, spec, template);
    return warningsOn(stack.node.findChild('Cluster').node.findChild('NodegroupWorkers') as Construct)
      .filter((text) => text.includes('rolloutShared'));
  }

  const clusterIn = (stack: Stack) => stack.node.findChild('Cluster') as ReturnType<typeof upgradableCluster>;
  const of = (nodeGroup: string) => acknowledgeable(warnings.rolloutShared({ rollout: 'ca-2028', nodeGroup, template: 'Stack/Own' }));
  const PINNED = { releaseVersion: '1.36.2-20260714' };
  const tracked: Other = (stack, launchTemplateSpec) => { clusterIn(stack).addManagedNodeGroup('Other', { ...PINNED, launchTemplateSpec }); };
  const plain: Other = (stack, launchTemplateSpec) => { new eks.Nodegroup(stack, 'Plain', { cluster: clusterIn(stack), launchTemplateSpec }); };
  const nowhere: Other = () => undefined;

  test.each<[string, Other, Other | undefined, string[]]>([
    ['a tracked one', tracked, undefined, ['Stack/Cluster/NodegroupOther']],
    ['one that is made before', nowhere, tracked, ['Stack/Cluster/NodegroupOther']],
    ['one of the plain L2', plain, undefined, ['Stack/Plain']],
    ['both', plain, tracked, ['Stack/Cluster/NodegroupOther', 'Stack/Plain']],
    ['a resource in another stack', (stack, { id, version }) => {
      const other = newStack({ id: 'Other', app: stack.node.root as App });
      new CfnNodegroup(other, 'L1', { clusterName: 'prod', nodeRole: 'role', subnets: [], launchTemplate: { id, version } });
    }, undefined, ['Other/L1']],
  ])('%s', (_, add, addBefore, paths) => {
    expect(warned(add, addBefore).sort()).toEqual(paths.map(of).sort());
  });

  test.each<[string, Other]>([
    ['no other', nowhere],
    ['the same rollout', (stack, launchTemplateSpec) => {
      clusterIn(stack).addManagedNodeGroup('Other', { ...PINNED, launchTemplateSpec, rollout: 'ca-2028' });
    }],
    ['the default version, which stays the first', (stack, { id }, { defaultVersionNumber: version }) => plain(stack, { id, version }, undefined!)],
    ['a version by its number', (stack, { id }) => tracked(stack, { id, version: '3' }, undefined!)],
    ['no version', (stack, { id }) => plain(stack, { id }, undefined!)],
    ['another launch template', (stack) => {
      const { launchTemplateId: id, latestVersionNumber: version } = new ec2.LaunchTemplate(stack, 'Another');
      tracked(stack, { id: id!, version }, undefined!);
    }],
    ['a launch template of another app', (stack) => tracked(stack, { id: 'lt-0123456789abcdef0', version: '3' }, undefined!)],
  ])('not with %s', (_, add) => {
    expect(warned(add)).toEqual([]);
  });

  test('it can be acknowledged, and stops nothing', () => {
    const { stack, template } = rolling('ca-2028');
    const group = stack.node.findChild('Cluster').node.findChild('NodegroupWorkers');
    Annotations.of(group).acknowledgeWarning('cdk-eks-upgrades:rolloutShared');
    tracked(stack, { id: template.launchTemplateId!, version: template.latestVersionNumber }, template);
    expect(() => Template.fromStack(stack)).not.toThrow();
    expect(warningsOn(group as Construct).filter((text) => text.includes('rolloutShared'))).toEqual([]);
  });
});

describe('fails', () => {
  test('without a launch template, and says what EKS can do', () => {
    expect(() => upgradableCluster(newStack()).addManagedNodeGroup('Workers', { releaseVersion: '1.36.2-20260714', rollout: 'ca-2028' }))
      .toThrow(
        `${sentence(saysOfNodeGroup.rolloutWithoutTemplate({ rollout: 'ca-2028' }))} [Stack/Cluster/NodegroupWorkers]`,
      );
  });

  test('with a launch template of somebody else', () => {
    const stack = newStack();
    expect(() => upgradableCluster(stack).addManagedNodeGroup('Workers', {
      releaseVersion: '1.36.2-20260714', launchTemplateSpec: { id: 'lt-0123', version: '3' }, rollout: 'x',
    }))
      .toThrow(sentence(saysOfNodeGroup.rolloutOfForeignTemplate({ rollout: 'x' })));
  });

  test.each(['3', 'default'])('with version %s of it, which does not follow', (version) => {
    const stack = newStack();
    const template = new ec2.LaunchTemplate(stack, 'Own');
    expect(() => rolling('x', {
      stack, template, version: version === 'default' ? template.defaultVersionNumber : version,
    })).toThrow(sentence(saysOfNodeGroup.rolloutOfFixedVersion({ rollout: 'x' })));
  });

  test('with a launch template that rolls another node group by another text', () => {
    const { stack, template } = rolling('ca-2028');
    expect(() => rolling('ca-2030', { stack, template, id: 'Others' })).toThrow(sentence(saysOfNodeGroup.rolloutDiffers({ rollout: 'ca-2030', other: 'ca-2028' })));
    expect(() => rolling('ca-2028', { stack, template, id: 'Same' })).not.toThrow();
  });

  test.each(['', 'a'.repeat(257), 'ca#2028'])("with '%s', which cannot be a tag", (rollout) => {
    expect(() => rolling(rollout)).toThrow(sentence(saysOfNodeGroup.rolloutNotATag({ rollout })));
  });
});
