import { CustomResource, Fn, Lazy, Stack, Token } from 'aws-cdk-lib/core';
import { toldOfObjects, WITH_PATHS } from './_told-objects';
import { UpgradableCluster } from '../../src';
import { newStack, upgradableCluster } from '../cluster/_fixtures';

const BUDGET = { apiVersion: 'policy/v1beta1', kind: 'PodDisruptionBudget', metadata: { name: 'web' } };
const JSON_OF_BUDGET = JSON.stringify([BUDGET]);

/**
 * The names of what is found in a manifest that is no longer served: by the app itself, and by the guard in its template. `manifest`
 * makes what stands in the resource.
 */
function namesFound(manifest: (cluster: UpgradableCluster) => unknown): (string | undefined)[] {
  const [inApp, inTemplate] = [{}, WITH_PATHS].map((context) => namesTold(manifest, newStack({ context })));
  expect(inTemplate).toEqual(inApp);
  return inApp;
}

function namesTold(manifest: (cluster: UpgradableCluster) => unknown, stack: Stack): (string | undefined)[] {
  const cluster = upgradableCluster(stack);
  new CustomResource(cluster.stack, 'Manifest', {
    serviceToken: 'arn:aws:lambda:us-west-2:111122223333:function:kubectl',
    resourceType: 'Custom::AWSCDK-EKS-KubernetesResource',
    properties: { ClusterName: cluster.clusterName, Manifest: manifest(cluster) },
  });
  return toldOfObjects(stack).removedApis.map(({ name }) => name);
}

const toJson = (value: unknown) => ({ stack }: { readonly stack: Stack }) => stack.toJsonString(value);

describe('a manifest is read', () => {
  test.each<[string, (cluster: UpgradableCluster) => unknown]>([
    ['from toJsonString()', toJson([BUDGET])],
    ['from toJsonString() of one object', toJson(BUDGET)],
    ['from a text', () => JSON_OF_BUDGET],
    ['from a text that is made at synth', () => Lazy.string({ produce: () => JSON_OF_BUDGET })],
    ['from a text in parts', () => Fn.join('', [JSON_OF_BUDGET.slice(0, -1), ',{"kind":"', Fn.ref('Kind'), '"}]'])],
    ['made at synth', toJson(Lazy.any({ produce: () => [BUDGET] }))],
    ['with an object made at synth', toJson([Lazy.any({ produce: () => BUDGET })])],
    ['with a kind made at synth', toJson([{ ...BUDGET, kind: Lazy.string({ produce: () => 'PodDisruptionBudget' }) }])],
    [
      'with a part made at synth',
      toJson([{ ...BUDGET, metadata: Lazy.any({ produce: () => ({ name: Lazy.string({ produce: () => 'web' }) }) }) }]),
    ],
    ['in a list in a list', toJson([[{ apiVersion: 'v1', kind: 'List', items: [{ apiVersion: 'v1', kind: 'List', items: [BUDGET] }] }]])],
    ['beside what is no object', toJson([null, 'text', 7, {}, BUDGET])],
  ])('%s', (_, manifest) => {
    expect(namesFound(manifest)).toEqual(['web']);
  });

  test('with a token that resolves by its context', () => {
    const picky = {
      creationStack: [], resolve: (context: any) => `[${JSON.stringify(context.resolve(BUDGET)).trim()}]`, toString: () => '',
    };
    expect(namesFound(() => Token.asString(picky))).toEqual(['web']);
  });

  test('with a name that only the deployment knows, which is told without it', () => {
    const name = Fn.ref('Name');
    expect(namesFound(toJson([{ ...BUDGET, metadata: { name } }]))).toEqual([undefined]);
    expect(namesFound(toJson([{ ...BUDGET, metadata: { name: `web-${name}` } }]))).toEqual(['web-…']);
  });

  test('and nothing is said where kind or version are known in the deployment only, nor of what cannot be read', () => {
    expect(namesFound(toJson([{ ...BUDGET, kind: Fn.ref('Kind') }, { ...BUDGET, apiVersion: 7 }]))).toEqual([]);
    expect(namesFound(() => 'no JSON')).toEqual([]);
    expect(namesFound(() => Fn.ref('Text'))).toEqual([]);
    expect(namesFound(() => undefined)).toEqual([]);
  });
});
