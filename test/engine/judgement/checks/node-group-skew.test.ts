import { nodeGroupSkew } from '../../../../src/engine/judgement/checks/node-group-skew';
import { known, notKnown } from '../../../../src/engine/state/known';
import { aCluster, aNodeGroup, anUpgradedCluster, findings } from '../../a-cluster';

function withNodes(version: string) {
  return { nodeGroups: known([aNodeGroup({ version: known(version) })]) };
}

test.each(['1.33', '1.34', '1.35'])('passes for nodes of %s under 1.36', (version) => {
  expect(findings(nodeGroupSkew, aCluster(withNodes(version)))).toEqual([]);
});

test('passes for nodes that stayed behind, on the way back', () => {
  expect(findings(nodeGroupSkew, anUpgradedCluster(withNodes('1.35')), { version: '1.35' })).toEqual([]);
});

test('does not look when the control plane stays', () => {
  expect(findings(nodeGroupSkew, aCluster(withNodes('1.30')), {})).toEqual([]);
});

test('fails for nodes that the target leaves too far behind', () => {
  expect(findings(nodeGroupSkew, aCluster(withNodes('1.32')))).toMatchObject([{
    id: 'node-group-skew:workers',
    severity: 'error',
    message: 'its nodes run 1.32, more than 3 minors behind the wanted 1.36',
    remedy: 'roll the node group to 1.35 first',
  }]);
});

test('fails on the way back for nodes that are newer than the target', () => {
  expect(findings(nodeGroupSkew, anUpgradedCluster(withNodes('1.36')), { version: '1.35' })).toMatchObject([{
    severity: 'error',
    message: 'its nodes run 1.36, and nodes must not be newer than the control plane, which is to be 1.35',
    remedy: 'roll the node group to 1.35 first: EKS does not do it',
  }]);
});

test('warns of a custom AMI whose version EKS does not know', () => {
  const nodeGroups = known([aNodeGroup({ version: notKnown('EKS does not know the version of a custom AMI') })]);
  expect(findings(nodeGroupSkew, aCluster({ nodeGroups }))).toMatchObject([{ id: 'node-group-skew:workers:unknown', severity: 'warning' }]);
});

test('warns of a custom AMI, whose version nobody can be sure of, and names its launch template', () => {
  const state = aCluster({ nodeGroups: known([aNodeGroup({ amiType: 'CUSTOM', version: known('1.32'), releaseVersion: 'ami-0123456789abcdef0' })]) });
  expect(findings(nodeGroupSkew, state)).toMatchObject([{
    severity: 'warning', message: expect.stringContaining('its nodes run 1.32'), remedy: 'give its launch template an AMI of 1.35 first',
  }]);
});
