import { objectsAsProperties, objectsInProperties } from '../../../src/engine/change/guarded-objects';

const REMOVED = { construct: 'Prod/Web', apiVersion: 'policy/v1beta1', kind: 'PodDisruptionBudget', name: 'web', removedIn: '1.25', replacement: 'policy/v1' };
const CONTROLLER = { construct: 'Prod/Cluster/AlbController', controller: 'AWS Load Balancer Controller', version: '2.8.2' };

test.each([
  ['an API that Kubernetes removes', { removedApis: [REMOVED], controllers: [] }],
  ['a controller', { removedApis: [], controllers: [CONTROLLER] }],
  ['several of both', { removedApis: [REMOVED, { ...REMOVED, name: undefined, replacement: undefined }], controllers: [CONTROLLER, CONTROLLER] }],
  ['nothing', { removedApis: [], controllers: [] }],
])('what the guard is told of %s is what it reads', (_, objects) => {
  expect(objectsInProperties(objectsAsProperties(objects))).toEqual(objects);
});

test('of what there is not, no property is told', () => {
  expect(objectsAsProperties({ removedApis: [], controllers: [] })).toEqual({ RemovedApis: undefined, Controllers: undefined });
  expect(objectsAsProperties({ removedApis: [], controllers: [CONTROLLER] }).RemovedApis).toBeUndefined();
});
