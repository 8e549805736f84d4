/**
 * A stack that the first release of this library has made, as its template of then stands beside this file, meets the library of today.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Platform } from './platform';
import { describeDeployments } from './scenario';
import type { Template } from './stacks';

const HANDLER = 'CdkEksUpgradesHandlerFunctionDE81DB7F';

/** With the function of today: the one of then is not kept. */
function templateOfFirstRelease(today: Template): Template {
  const template: Template = JSON.parse(readFileSync(join(__dirname, 'first-release.template.json'), 'utf8'));
  const { Code } = today.Resources[HANDLER].Properties!;
  Object.assign(template.Resources[HANDLER].Properties!, { Code });
  return template;
}

/** What a guard was told before it read the rest from its template. */
const TOLD_BEFORE = {
  ClusterLogicalId: 'ClusterEB0386A7',
  Judged: '1.35/0123456789abcdef01234567',
  Values: { 'Fn::Join': ['|', [{ Ref: 'AWS::Region' }]] },
  Images: [{ Id: 'ami-0123456789abcdef0', KubernetesVersion: '1.35' }],
  RemovedApis: [{ Construct: 'Web', ApiVersion: 'policy/v1beta1', Kind: 'PodDisruptionBudget', RemovedIn: '1.25' }],
  Controllers: [{ Construct: 'Karpenter', Controller: 'karpenter', Version: '1.0.2' }],
  Schedule: { Order: { Workers: { After: [], BakeSeconds: '0' } } },
};

describeDeployments('a stack whose guard was told in properties of their own what it now reads from the template', (cloud) => {
  beforeAll(async () => cloud().bootstrap());

  test.each(['1.35', '1.36'])('takes the library of today, with version %s: nothing is refused, nothing is made anew', async (version) => {
    const platform = new Platform(cloud(), 'ToldBefore');
    const today = await platform.publish({ version: '1.35', maxSize: 3 });
    const [guardId] = Object.entries(today.Resources).find(([, { Type }]) => Type === 'Custom::EksUpgradeGuard')!;
    const guard = today.Resources[guardId];
    const before = {
      ...today, Resources: { ...today.Resources, [guardId]: { ...guard, Properties: { ...guard.Properties, ...TOLD_BEFORE } } },
    };
    expect(await cloud().stacks.deploy('ToldBefore', before)).toMatchObject({ status: 'CREATE_COMPLETE' });

    const updated = await platform.deploy({ version, maxSize: 3 });
    expect(updated).toMatchObject({ exitCode: 0, status: 'UPDATE_COMPLETE' });
    expect(updated.done.filter(({ action }) => action === 'replace')).toEqual([]);
    expect(updated.done.filter(({ type }) => type.startsWith('AWS::EKS')).length > 0).toBe(version === '1.36');
    expect(await platform.versions()).toMatchObject({ cluster: version });

    expect(await cloud().stacks.delete('ToldBefore')).toMatchObject({ status: 'DELETE_COMPLETE' });
    platform.dispose();
  });
});

describeDeployments('a stack of the first release', (cloud) => {
  let platform: Platform;
  beforeAll(async () => cloud().bootstrap());
  beforeEach(async () => {
    platform = new Platform(cloud(), 'FirstRelease');
    const today = await platform.publish({ version: '1.35', maxSize: 3 });
    expect(await cloud().stacks.deploy('FirstRelease', templateOfFirstRelease(today))).toMatchObject({ status: 'CREATE_COMPLETE' });
  });
  afterEach(async () => {
    expect(await cloud().stacks.delete('FirstRelease')).toMatchObject({ status: 'DELETE_COMPLETE' });
    platform.dispose();
  });

  test('takes the library of today alone: nothing rolls, nothing is made anew; then the next minor', async () => {
    const updated = await platform.deploy({ version: '1.35', maxSize: 3 });

    expect(updated).toMatchObject({ exitCode: 0, status: 'UPDATE_COMPLETE' });
    const ofEks = updated.done.filter(({ type }) => type.startsWith('AWS::EKS'));
    expect(ofEks.map(({ action, type, properties }) => [action, type, properties])).toEqual(
      Array(4).fill(['update', 'AWS::EKS::Addon', ['PreserveOnDelete']]));

    expect(await platform.deploy({ version: '1.36', maxSize: 3 })).toMatchObject({ exitCode: 0, status: 'UPDATE_COMPLETE' });
    expect(await platform.versions()).toMatchObject({
      cluster: '1.36', nodes: { Arm: '1.36 1.36.2-20260714', Workers: '1.36 1.36.2-20260714' },
    });
  });

  test('takes the library of today and the next minor in one deployment', async () => {
    const updated = await platform.deploy({ version: '1.36', maxSize: 3 });

    expect(updated).toMatchObject({ exitCode: 0, status: 'UPDATE_COMPLETE' });
    expect(updated.done.filter(({ action }) => action === 'replace')).toEqual([]);
    expect(await platform.versions()).toMatchObject({
      cluster: '1.36', nodes: { Arm: '1.36 1.36.2-20260714', Workers: '1.36 1.36.2-20260714' },
    });
  });
});
