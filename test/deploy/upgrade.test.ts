import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Platform } from './platform';
import { describeDeployments } from './scenario';
import { expectAsToldByDiff } from './told';

describeDeployments('an upgrade by the stock CLI', (cloud) => {
  let platform: Platform;
  let stacks = 0;
  beforeAll(async () => cloud().bootstrap());
  beforeEach(() => { platform = new Platform(cloud(), `Upgraded${++stacks}`); });
  afterEach(() => platform.dispose());

  test('the next minor moves guard, control plane, add-ons that nodes need, nodes, CoreDNS; the diff says so', async () => {
    await platform.put({ version: '1.35' });

    const deployed = await platform.diffAndDeploy({ version: '1.36' });

    expect(deployed).toMatchObject({ exitCode: 0, status: 'UPDATE_COMPLETE' });
    expect(deployed.done.map(({ type, properties }) => `${type.split('::').pop()}: ${properties}`)).toEqual([
      'EksUpgradeGuard: Judged',
      'Cluster: Version',
      'EksAddOnVersions: KubernetesVersion',
      'Addon: AddonVersion', // kube-proxy
      'Addon: AddonVersion', // vpc-cni
      'Nodegroup: ReleaseVersion,Version',
      'Nodegroup: ReleaseVersion,Version',
    ]);
    expectAsToldByDiff(deployed);
    expect(await platform.versions()).toEqual({
      cluster: '1.36',
      nodes: { Arm: '1.36 1.36.2-20260714', Workers: '1.36 1.36.2-20260714' },
      addOns: expect.objectContaining({ 'kube-proxy': 'v1.36.2-eksbuild.2', 'vpc-cni': 'v1.21.1-eksbuild.1' }),
    });
  });

  test('nodes are held back while the control plane bakes, then released: each time the diff says what happens', async () => {
    await platform.put({ version: '1.35' });

    const baking = await platform.diffAndDeploy({ version: '1.36', nodeKubernetesVersion: eks.KubernetesVersion.V1_35 });
    expect(baking).toMatchObject({ exitCode: 0, status: 'UPDATE_COMPLETE' });
    expect(await platform.versions()).toMatchObject({
      cluster: '1.36', nodes: { Arm: '1.35 1.35.2-20260714', Workers: '1.35 1.35.2-20260714' },
    });
    expect(baking.done.filter(({ type }) => type === 'AWS::EKS::Nodegroup')).toEqual([]);
    expectAsToldByDiff(baking);

    const released = await platform.diffAndDeploy({ version: '1.36' });
    expect(released).toMatchObject({ exitCode: 0, status: 'UPDATE_COMPLETE' });
    expect(await platform.versions()).toMatchObject({
      cluster: '1.36', nodes: { Arm: '1.36 1.36.2-20260714', Workers: '1.36 1.36.2-20260714' },
    });
    expect(released.done.filter(({ type }) => type === 'AWS::EKS::Cluster')).toEqual([]);
    expectAsToldByDiff(released);
  });
});
