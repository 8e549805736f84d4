import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Fn, Token } from 'aws-cdk-lib/core';
import { newStack, saidOn, upgradableCluster } from './_fixtures';
import { UpgradableCluster } from '../../src';
import { behaviourChange, ChangedBehaviour } from '../../src/engine/kubernetes/behaviour-changes';
import { KubernetesMinor } from '../../src/engine/kubernetes/kubernetes-minor';
import { notes } from '../../src/manifests/messages';
import { acknowledgeable } from '../diagnostics/_said';
import { lookedUp } from '../node-group/_fixtures';
import { goldenImage, IMAGE, PARAMETER } from '../node-group/_golden';

const CGROUP_V1 = 'grubby --update-kernel=ALL --args="systemd.unified_cgroup_hierarchy=0"';
const note = (behaviour: ChangedBehaviour) =>
  acknowledgeable(notes.changedBehaviour({ change: behaviourChange(behaviour, KubernetesMinor.parse('1.36'))! }));
const SAID = [note('cgroup-v1')];

const clusterOf = (version: string) =>
  upgradableCluster(newStack({ context: lookedUp(IMAGE, PARAMETER) }), { version: eks.KubernetesVersion.of(version) });

function notesOn(cluster: UpgradableCluster, userData: string | undefined, kubernetesVersion?: string): string[] {
  const template = new ec2.CfnLaunchTemplate(cluster.stack, 'Template', { launchTemplateData: { userData } });
  const group = cluster.addManagedNodeGroup('Workers', {
    launchTemplateSpec: { id: template.ref, version: template.attrLatestVersionNumber },
    kubernetesVersion: kubernetesVersion === undefined ? undefined : eks.KubernetesVersion.of(kubernetesVersion),
  });
  return saidOn(group, 'info').filter((text) => text.includes('changedBehaviour'));
}

describe('user data that the Kubernetes version of the nodes treats otherwise is a note on the node group', () => {
  test.each([
    ['encoded by CloudFormation', Fn.base64(CGROUP_V1)],
    ['encoded before', Buffer.from(CGROUP_V1).toString('base64')],
    ['with a value of the deployment', Fn.base64(`${CGROUP_V1} ${Token.asString({ Ref: 'AWS::Region' })}`)],
  ])('%s', (_, userData) => {
    expect(notesOn(clusterOf('1.36'), userData)).toEqual(SAID);
  });

  test('not before that version', () => {
    expect(notesOn(clusterOf('1.34'), Fn.base64(CGROUP_V1))).toEqual([]);
  });

  test('by the version of the nodes where they are held back', () => {
    expect(notesOn(clusterOf('1.36'), Fn.base64(CGROUP_V1), '1.34')).toEqual([]);
    expect(notesOn(clusterOf('1.36'), Fn.base64(CGROUP_V1), '1.35')).toEqual(SAID);
  });

  test.each([
    ['of another kind', Fn.base64(new ec2.MultipartUserData().render())], [
      'that the deployment makes', Token.asString({ Ref: 'UserData' }),
    ], ['that is missing', undefined],
  ])('%s: nothing', (_, userData) => {
    expect(notesOn(clusterOf('1.36'), userData)).toEqual([]);
  });

  test('of a launch template of another app: nothing', () => {
    const group = clusterOf('1.36').addManagedNodeGroup('Workers', { launchTemplateSpec: { id: 'lt-0123456789abcdef0', version: '1' } });
    expect(saidOn(group, 'info')).not.toContainEqual(expect.stringContaining('changedBehaviour'));
  });

  test('in nodeLaunch, whose NodeConfig configures containerd for its version 1', () => {
    const group = clusterOf('1.36').addManagedNodeGroup('Workers', {
      goldenImage: goldenImage(),
      nodeLaunch: {
        serviceCidr: '10.100.0.0/16',
        nodeConfig: { containerd: { config: '[plugins."io.containerd.grpc.v1.cri".registry]\nconfig_path = "/etc/x"' } },
      },
    });
    expect(saidOn(group, 'info')).toContain(note('containerd-config'));
  });
});
