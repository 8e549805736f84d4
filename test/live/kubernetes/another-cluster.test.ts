import { requireEndpointOf, requireNodesOf } from '../../../src/live/kubernetes/another-cluster';
import { aNodeGroup } from '../../engine/a-cluster';

const [ID, OTHER_ID] = ['0123456789ABCDEF0123456789ABCDEF', 'FEDCBA9876543210FEDCBA9876543210'];
const endpointOf = (id: string, domain = 'gr7.us-east-1.eks.amazonaws.com') => `https://${id}.${domain}`;
const connection = (server: string) => ({ server, called: "the context 'staging' of the kubeconfig", requestOptions: async () => ({}) });

describe('the endpoint', () => {
  const ask = (server: string, endpoint?: string) => () => requireEndpointOf({ name: 'prod', endpoint }, connection(server));

  test('fails for that of another cluster of EKS, which it names', () => {
    expect(ask(endpointOf(OTHER_ID), endpointOf(ID))).toThrow(
      `the context 'staging' of the kubeconfig leads to another cluster than prod: ${endpointOf(OTHER_ID)}, not ${endpointOf(ID)}`,
    );
  });

  test.each<[string, string, string | undefined]>([
    ['the same', endpointOf(ID), endpointOf(ID)],
    ['the same in other letters', endpointOf(ID.toLowerCase()), endpointOf(ID)],
    ['the same by another domain', endpointOf(ID, 'us-east-1.api.aws'), endpointOf(ID)],
    ['a tunnel', 'https://localhost:6443', endpointOf(ID)],
    ['what cannot be compared', endpointOf(ID), 'https://example.com'],
    ['a cluster without one', endpointOf(ID), undefined],
  ])('passes for %s', (_, server, endpoint) => {
    expect(ask(server, endpoint)).not.toThrow();
  });
});

describe('the nodes', () => {
  const scaling = { minSize: 0, maxSize: 5, desiredSize: 3 };
  const ofGroups = (...groups: Parameters<typeof aNodeGroup>[0][]) => (nodeGroups: readonly (string | undefined)[] = ['staging']) => () => {
    const nodes = nodeGroups.map((nodeGroup, index) => ({ name: `n${index}`, nodeGroup }));
    requireNodesOf({ name: 'prod' }, groups.map((group) => aNodeGroup(group)), { nodes }, connection('https://localhost:6443'));
  };

  test('fail where those of all node groups are missing, which it names', () => {
    expect(ofGroups({ scaling })()).toThrow(
      "the context 'staging' of the kubeconfig leads to a cluster without any node of workers, which is a node group of prod with nodes: "
        + 'give the kubeconfig and context of prod',
    );
    expect(ofGroups({ scaling })([])).toThrow('without any node of workers');
    expect(ofGroups({ scaling })([undefined])).toThrow('without any node of workers');
    expect(ofGroups({ scaling }, { name: 'other', scaling }, { name: 'empty', scaling: { ...scaling, desiredSize: 0 } })())
      .toThrow('without any node of workers, other, which are node groups of prod');
  });

  test('pass where one is there, of any of the node groups', () => {
    expect(ofGroups({ scaling })(['staging', 'workers'])).not.toThrow();
    expect(ofGroups({ scaling }, { name: 'other', scaling: { ...scaling, desiredSize: 0 } })(['other'])).not.toThrow();
  });

  test('pass where there need not be any', () => {
    expect(ofGroups()()).not.toThrow();
    expect(ofGroups({ scaling: { ...scaling, desiredSize: 0 } })()).not.toThrow();
    expect(ofGroups({ scaling: undefined })()).not.toThrow();
    expect(ofGroups({ scaling, status: 'CREATING' }, { name: 'other', scaling, status: 'UPDATING' })()).not.toThrow();
  });
});
