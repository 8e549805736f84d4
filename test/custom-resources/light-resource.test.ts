import { App, Stack, Tags } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { ManagedAddOn, UpgradeHandler, type UpgradeHandlerOptions } from '../../src';
import { hasLoaded, LightResource } from '../../src/custom-resources/light-resource';
import { ENV, upgradableCluster } from '../cluster/_fixtures';

jest.mock('../../src/custom-resources/light-resource', () => ({
  ...jest.requireActual('../../src/custom-resources/light-resource'), hasLoaded: jest.fn(),
}));

type Options = (stack: Stack) => UpgradeHandlerOptions;

/** The template as it is written, letter by letter, and the constructs of the function and of its log. */
function synthesised({ loaded, options, tags }: { loaded: boolean; options: Options; tags: Record<string, string> }) {
  jest.mocked(hasLoaded).mockReturnValue(loaded);
  const app = new App();
  const stack = new Stack(app, 'Stack', { env: ENV });
  Object.entries(tags).forEach(([key, value]) => Tags.of(app).add(key, value));
  UpgradeHandler.configure(stack, options(stack));
  upgradableCluster(stack, { managedAddOns: [ManagedAddOn.vpcCni()] });
  const template = JSON.stringify(app.synth().getStackArtifact(stack.artifactId).template);
  const resources = ['Function', 'Logs'].map((id) => stack.node.findChild('CdkEksUpgradesHandler').node.findChild(id).node.defaultChild);
  return { template, resources };
}

const inVpc: Options = (stack) => ({
  vpc: ec2.Vpc.fromVpcAttributes(stack, 'HandlerVpc', {
    vpcId: 'vpc-1', availabilityZones: ['us-west-2a'], privateSubnetIds: ['subnet-1'],
  }),
  reservedConcurrentExecutions: 1,
  logRetention: logs.RetentionDays.ONE_YEAR,
  logEncryptionKey: new kms.Key(stack, 'Key'),
});

describe.each([
  ['by default', () => ({}), {}],
  ['with tags', () => ({}), { team: 'platform', cost: '42' }],
  ['with all options and tags', inVpc, { team: 'platform' }],
] as [string, Options, Record<string, string>][])('the function and its log %s', (_name, options, tags) => {
  test('are the same letter by letter, whether the app has loaded their classes or not', () => {
    const heavy = synthesised({ loaded: true, options, tags });
    const light = synthesised({ loaded: false, options, tags });

    expect(light.template).toBe(heavy.template);
    expect(heavy.resources).toEqual([expect.any(lambda.CfnFunction), expect.any(logs.CfnLogGroup)]);
    expect(light.resources).toEqual([expect.any(LightResource), expect.any(LightResource)]);
  });
});

test('an app that has loaded a class finds it: an aspect may look for it', () => {
  const { hasLoaded: actual } = jest.requireActual('../../src/custom-resources/light-resource');
  expect(actual(require.resolve('aws-cdk-lib/aws-lambda'))).toBe(true);
  expect(actual('/not/loaded.js')).toBe(false);
});
