import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Platform } from './platform';
import { describeDeployments } from './scenario';
import { expectAsToldByDiff } from './told';
import { AddOnVersion } from '../../src';

describeDeployments('going back', (cloud) => {
  beforeAll(async () => cloud().bootstrap());

  test('one minor, as the documentation says: nodes, then add-ons, then the control plane', async () => {
    cloud().eks.catalog.offerOlderKubeProxy();
    const platform = new Platform(cloud(), 'Back');
    await platform.put({ version: '1.35' });
    await platform.put({ version: '1.36' });
    const nodeKubernetesVersion = eks.KubernetesVersion.V1_35;
    const kubeProxy = { version: AddOnVersion.pinned('v1.35.3-eksbuild.2') };

    const held = await platform.diffAndDeploy({ version: '1.36', nodeKubernetesVersion, kubeProxy });

    expect(held).toMatchObject({ exitCode: 0, status: 'UPDATE_COMPLETE' });
    expectAsToldByDiff(held);
    expect(await platform.versions()).toMatchObject({
      cluster: '1.36',
      nodes: { Arm: '1.35 1.35.2-20260714', Workers: '1.35 1.35.2-20260714' },
      addOns: {
        'kube-proxy': 'v1.35.3-eksbuild.2',
      },
    });

    const back = await platform.diffAndDeploy({ version: '1.35', kubeProxy });
    expect(back).toMatchObject({ exitCode: 0, status: 'UPDATE_COMPLETE' });
    expectAsToldByDiff(back);
    expect(await platform.versions()).toMatchObject({
      cluster: '1.35', nodes: { Arm: '1.35 1.35.2-20260714', Workers: '1.35 1.35.2-20260714' },
    });
    platform.dispose();
  });
});
