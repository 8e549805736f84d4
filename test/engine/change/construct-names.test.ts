import { byConstruct, constructNamesOf, nodeGroupInWords, pathInDiff } from '../../../src/engine/change/construct-names';
import { intentOf } from '../../../src/engine/change/deployment-intent';
import { templateResources } from '../../../src/engine/state/deployed-stack';
import { aCatalog } from '../a-cluster';

test.each([
  ['Prod/Cluster/NodegroupWorkers/Resource', 'Cluster/NodegroupWorkers'],
  ['Prod/Gpu/Resource', 'Gpu'],
  ['Prod/Gpu', 'Gpu'],
  ['Prod/Resource', 'Resource'],
  ['Prod/Nested/Cluster/Default', 'Nested/Cluster'],
])('%s is %s in a diff', (path, shown) => {
  expect(pathInDiff(path)).toBe(shown);
});

const NAMES = new Map([['S-WorkersA3EA85B0-257895A2D6BD', 'Workers'], ['S-Workers', 'Other']]);

test.each([
  ['node group S-WorkersA3EA85B0-257895A2D6BD is busy', 'node group Workers is busy'],
  ['(S-WorkersA3EA85B0-257895A2D6BD), S-Workers', '(Workers), Other'],
  ['S-WorkersA3EA85B0-257895A2D6BD-2 is another one', 'S-WorkersA3EA85B0-257895A2D6BD-2 is another one'],
  ["roll S-Workers with 'aws eks x --nodegroup-name S-Workers', 'S-Workers'", "roll Other with 'aws eks x --nodegroup-name S-Workers', 'Other'"],
])('%s', (text, shown) => {
  expect(byConstruct(text, NAMES)).toBe(shown);
});

test('a given name stays', () => {
  expect(nodeGroupInWords('workers', undefined)).toBe('workers');
  expect(nodeGroupInWords('S-Workers-1', 'Workers')).toBe('Workers (S-Workers-1)');
});

describe('names of constructs in an intent', () => {
  const group = (properties: object, path?: string) => ({
    Type: 'AWS::EKS::Nodegroup',
    Properties: { ClusterName: { Ref: 'Cluster' }, ...properties },
    ...path && {
      Metadata: { 'aws:cdk:path': path },
    },
  });
  const namesOf = (wanted: object, deployed: object, nodeGroups: { path: string; stackName: string; logicalId: string }[] = []) => {
    const [after, before] = [wanted, deployed].map(
      (groups) => templateResources({ Resources: { Cluster: { Type: 'AWS::EKS::Cluster' }, ...groups } }),
    );
    const physicalIds = Object.fromEntries(Object.keys(before).map((id) => [id, id === 'Cluster' ? 'prod' : `prod/S-${id}-1`]));
    return [...constructNamesOf(intentOf(
      { stackName: 'S', logicalId: 'Cluster', nodeGroups, addOns: [] }, 'prod', {
        wanted: { S: after }, deployed: { S: { resources: before, physicalIds } },
      }, aCatalog(),
    ))];
  };

  test('are told by the template, that of a group that leaves by the deployed one', () => {
    const workers = { Workers: group({}, 'S/Cluster/NodegroupWorkers/Resource') };
    expect(namesOf(workers, workers)).toEqual([['S-Workers-1', 'Cluster/NodegroupWorkers']]);
    expect(namesOf({}, workers)).toEqual([['S-Workers-1', 'Cluster/NodegroupWorkers']]);
    expect(namesOf(workers, {})).toEqual([['Workers', 'Cluster/NodegroupWorkers']]);
  });

  test('else by what the app declares, in templates without paths', () => {
    const workers = { Workers: group({}) };
    expect(namesOf(workers, workers, [{ path: 'S/Cluster/NodegroupWorkers', stackName: 'S', logicalId: 'Workers' }])).toEqual([
      ['S-Workers-1', 'Cluster/NodegroupWorkers'],
    ]);
    expect(namesOf(workers, workers)).toEqual([]);
  });

  test('are not needed where the app gives the name, by parameter or literally', () => {
    const workers = (NodegroupName: unknown) => ({ Workers: group({ NodegroupName }, 'S/Cluster/NodegroupWorkers/Resource') });
    expect(namesOf(workers('workers'), workers('workers'))).toEqual([]);
    expect(namesOf(workers({ Ref: 'Name' }), workers({ Ref: 'Name' }))).toEqual([]);
  });
});
