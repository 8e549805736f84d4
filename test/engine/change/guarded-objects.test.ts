import { objectsAsMetadata, objectsInMetadata } from '../../../src/engine/change/guarded-objects';

const REMOVED = { construct: 'Prod/Web', apiVersion: 'policy/v1beta1', kind: 'PodDisruptionBudget', name: 'web', removedIn: '1.25', replacement: 'policy/v1' };
const CONTROLLER = { construct: 'Prod/Cluster/AlbController', controller: 'AWS Load Balancer Controller', version: '2.8.2' };

test.each([
  ['an API that Kubernetes removes', { removedApis: [REMOVED], controllers: [] }],
  ['a controller', { removedApis: [], controllers: [CONTROLLER] }],
  ['several of both', { removedApis: [REMOVED, { ...REMOVED, name: undefined, replacement: undefined }], controllers: [CONTROLLER, CONTROLLER] }],
  ['nothing', { removedApis: [], controllers: [] }],
])('what the template tells of %s is what the guard reads', (_, objects) => {
  expect(objectsInMetadata(objectsAsMetadata(objects))).toEqual(objects);
});

test('of what there is not, nothing is told', () => {
  expect(objectsAsMetadata({ removedApis: [], controllers: [] })).toEqual({ RemovedApis: undefined, Controllers: undefined });
  expect(objectsAsMetadata({ removedApis: [], controllers: [CONTROLLER] }).RemovedApis).toBeUndefined();
});
