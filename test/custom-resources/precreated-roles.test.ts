import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as iam from 'aws-cdk-lib/aws-iam';
import { App, Duration, Stack } from 'aws-cdk-lib/core';
import { ManagedAddOn, UpgradeGuard, UpgradeHandler } from '../../src';
import { newStack, resourcesOf, upgradableCluster } from '../cluster/_fixtures';

/*
 * `iam.Role.customizeRoles`: administrators make the roles beforehand, out of what the CDK reports that they have to allow.
 */

interface Statement {
  readonly Action: string | string[];
  readonly Resource: unknown;
}

/** A stack in which the function serves all that there is, of several clusters. */
function busyStack(prepare: (stack: Stack) => void = () => undefined): Stack {
  const stack = newStack();
  prepare(stack);
  ['Blue', 'Green'].forEach((id) => {
    upgradableCluster(stack, {
      id,
      clusterName: id,
      managedAddOns: [ManagedAddOn.coreDns()],
      upgradeGuard: UpgradeGuard.enforce({ workloads: true, calendar: 'freeze' }),
    }).addManagedNodeGroup('Canary', { releaseVersion: '1.36.2-20260714' }).baked({ duration: Duration.minutes(30) });
  });
  return stack;
}

const actionsOf = (statements: Statement[]): string[] => [...new Set(statements.flatMap(({ Action }) => Action))].sort();

/** What the function is allowed where the app makes its role. */
function allowedActions(): string[] {
  const resources = Object.entries(resourcesOf(busyStack())).filter(([id]) => id.startsWith('CdkEksUpgradesHandler'));
  const documents = resources.flatMap(([, { Properties = {} }]) =>
    [Properties.PolicyDocument, ...(Properties.Policies ?? []).map(({ PolicyDocument }: any) => PolicyDocument)]);
  return actionsOf(documents.flatMap((document) => document?.Statement ?? []));
}

function reportOf(stack: Stack, rolePath: string): Statement[] {
  const { directory } = (stack.node.root as App).synth();
  const { roles } = JSON.parse(readFileSync(join(directory, 'iam-policy-report.json'), 'utf8'));
  return roles.find((role: { readonly roleConstructPath: string }) => role.roleConstructPath === rolePath).identityPolicyStatements;
}

const ROLE = 'Stack/CdkEksUpgradesHandler/Role';
const OWN = 'Stack/Own';

test.each<[string, string, (stack: Stack) => void]>([
  ['made by the library', ROLE, (stack) => iam.Role.customizeRoles(stack, { preventSynthesis: false })],
  ['of the library, made beforehand', ROLE, (stack) => iam.Role.customizeRoles(stack, {
    usePrecreatedRoles: { 'CdkEksUpgradesHandler/Role': 'eks-upgrades' },
  })],
  ['of the app, made beforehand', OWN, (stack) => {
    iam.Role.customizeRoles(stack, { preventSynthesis: false });
    UpgradeHandler.configure(stack, { role: new iam.Role(stack, 'Own', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') }) });
  }],
  ['imported', OWN, (stack) => {
    iam.Role.customizeRoles(stack, { preventSynthesis: false });
    UpgradeHandler.configure(stack, { role: iam.Role.fromRoleArn(stack, 'Own', 'arn:aws:iam::111122223333:role/own') });
  }],
])('a role %s is reported with all that the function needs', (_, path, prepare) => {
  const reported = reportOf(busyStack(prepare), path);
  expect(actionsOf(reported)).toEqual(allowedActions());
  expect(new Set(reported.map((statement) => JSON.stringify(statement))).size).toBe(reported.length);
});
