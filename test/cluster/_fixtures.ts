import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { App, Environment, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { UpgradableCluster, UpgradableClusterProps } from '../../src';
import { importedVpc } from '../node-group/_fixtures';

export const ENV: Environment = { account: '111122223333', region: 'us-west-2' };

// the CDK's check of every template against CloudFormation's schema takes longer than all else: whole-stack.test.ts runs it once
process.env.CDK_VALIDATION = 'false';
// deprecated constructs that the L2 itself uses
process.env.JSII_DEPRECATED = 'quiet';

/** Context that keeps the CDK from copying assets. */
export const NO_STAGING = { 'aws:cdk:disable-asset-staging': true };

/** A kubectl layer as `@aws-cdk/lambda-layer-kubectl-v36` has it: known by the name of its class. */
export class KubectlV36Layer extends lambda.LayerVersion {
  constructor(scope: Construct, id: string) {
    super(scope, id, { code: lambda.Code.fromAsset(__dirname) });
  }
}

export type Resources = Record<string, {
  readonly Type: string;
  readonly Properties?: any;
  readonly DependsOn?: string[];
  readonly Metadata?: any;
}>;

export function newStack(options: { context?: Record<string, unknown>; id?: string; env?: Environment | null; app?: App } = {}): Stack {
  const { context, id = 'Stack', env = ENV, app = new App({ context: { ...NO_STAGING, ...context } }) } = options;
  return new Stack(app, id, { env: env ?? undefined });
}

/** A cluster without capacity, in a VPC that was not made for it. */
export function upgradableCluster(scope: Construct, props: Partial<UpgradableClusterProps> & { id?: string } = {}): UpgradableCluster {
  const { id = 'Cluster', ...rest } = props;
  return new UpgradableCluster(scope, id, {
    version: eks.KubernetesVersion.of('1.36'),
    vpc: rest.vpc ?? importedVpc(scope, `${id}Vpc`),
    defaultCapacityType: eks.DefaultCapacityType.NODEGROUP,
    defaultCapacity: 0,
    ...rest,
  });
}

export function resourcesOf(stack: Stack): Resources {
  return Template.fromStack(stack).toJSON().Resources ?? {};
}

/** Resources of one type, by logical ID. */
export function ofType(resources: Resources, type: string): Resources {
  return Object.fromEntries(Object.entries(resources).filter(([, resource]) => resource.Type === type));
}

/** The only resource of a type. */
export function theOnly(resources: Resources, type: string): Resources[string] & { readonly logicalId: string } {
  const found = Object.entries(ofType(resources, type));
  expect(found.map(([id]) => id)).toHaveLength(1);
  return { logicalId: found[0][0], ...found[0][1] };
}

/** What is said about a construct: `<acknowledgeable ID>: <text>`, or the text where there is no ID. */
export function saidOn(construct: Construct, level: 'warning' | 'info'): string[] {
  const annotations = Annotations.fromStack(Stack.of(construct));
  const entries = level === 'warning'
    ? annotations.findWarning(`/${construct.node.path}`, Match.anyValue())
    : annotations.findInfo(`/${construct.node.path}`, Match.anyValue());
  return entries.map(({ entry }) => String(entry.data));
}

/** Warnings of this library on a construct. */
export function warningsOn(construct: Construct): string[] {
  return saidOn(construct, 'warning').filter((text) => text.includes('[ack: cdk-eks-upgrades:'));
}
