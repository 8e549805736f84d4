import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as core from 'aws-cdk-lib/core';
import { newStack, Resources, resourcesOf, theOnly, upgradableCluster } from '../cluster/_fixtures';
import { goldenImage, launchTemplateIn } from '../node-group/_golden';

/*
 * An app whose elements come from another copy of the CDK than the library's, as in a workspace with a linked package.
 */

const other = {} as Pick<typeof core, 'CfnParameter' | 'CfnCondition' | 'CfnMapping' | 'Fn'> & Pick<typeof ec2, 'CfnLaunchTemplate'>;

beforeAll(() => {
  jest.isolateModules(() => {
    const { CfnParameter, CfnCondition, CfnMapping, Fn } = jest.requireActual('aws-cdk-lib/core');
    const { CfnLaunchTemplate } = jest.requireActual('aws-cdk-lib/aws-ec2');
    Object.assign(other, { CfnParameter, CfnCondition, CfnMapping, Fn, CfnLaunchTemplate }); // loaded by being named
  });
});

const guardOf = (resources: Resources) => theOnly(resources, 'Custom::EksUpgradeGuard').Properties;

/** What the guard is told of a cluster whose add-on has something from the app. */
function told(make: (stack: core.Stack) => { readonly value: unknown; readonly condition?: core.CfnCondition }) {
  const stack = newStack();
  const cluster = upgradableCluster(stack);
  const { value, condition } = make(stack);
  const resource = cluster.node.defaultChild as core.CfnResource;
  resource.addPropertyOverride('DeletionProtection', value);
  if (condition) resource.cfnOptions.condition = condition;
  return guardOf(resourcesOf(stack));
}

test('it is another copy', () => {
  expect(new other.CfnParameter(newStack(), 'Size')).not.toBeInstanceOf(jest.requireActual('aws-cdk-lib/core').CfnParameter);
});

test('a parameter is told to the guard, which is called when it changes', () => {
  const { Values } = told((stack) => ({ value: new other.CfnParameter(stack, 'Size').valueAsString }));
  expect(Object.values(Values)).toContainEqual({ Ref: 'Size' });
});

test('so is what a mapping holds', () => {
  const judgedWith = (size: string) => told((stack) => {
    new other.CfnMapping(stack, 'Sizes', { mapping: { us: { size } } });
    return { value: other.Fn.findInMap('Sizes', 'us', 'size') };
  }).Judged;
  expect(judgedWith('1')).toBe(judgedWith('1'));
  expect(judgedWith('1')).not.toBe(judgedWith('2'));
});

test('so is a condition', () => {
  const judgedWith = (value: string) => told((stack) => ({
    value: 'x', condition: new other.CfnCondition(stack, 'Wanted', { expression: other.Fn.conditionEquals('a', value) }),
  })).Judged;
  expect(judgedWith('a')).toBe(judgedWith('a'));
  expect(judgedWith('a')).not.toBe(judgedWith('b'));
});

test('a launch template gets the golden image', () => {
  const stack = newStack();
  const template = new other.CfnLaunchTemplate(stack, 'Template', { launchTemplateData: {} });
  upgradableCluster(stack).addManagedNodeGroup('Workers', {
    goldenImage: goldenImage(),
    launchTemplateSpec: { id: template.ref, version: template.attrLatestVersionNumber },
  });
  expect(launchTemplateIn(stack)).toHaveProperty('ImageId');
});
