import { CfnTemplate, Edit, idsOf, lookedUp, runExample } from './_example-app';
import { changesBetween, hazardsIn, updatesIn } from './_template-changes';
import { says } from '../../src/engine/ami/messages';
import { controllerMisfit } from '../../src/engine/kubernetes/controllers';
import { KubernetesMinor } from '../../src/engine/kubernetes/kubernetes-minor';
import { sentence } from '../../src/engine/messages/sentence';
import { NO_STAGING } from '../cluster/_fixtures';

const MANIFEST = 'Custom::AWSCDK-EKS-KubernetesResource';

/** What `cdk.context.json` holds after a refresh. */
const REFRESHED = lookedUp('2026-08-11');

function templateOf(name: string, context: Record<string, unknown> = {}, ...edits: Edit[]): CfnTemplate {
  return runExample(name, { edits, context: { ...NO_STAGING, ...context } }).stacks.Platform.template;
}

describe('karpenter', () => {
  const template = templateOf('karpenter');
  const nodeClassIn = ({ Resources }: CfnTemplate) => {
    const [{ Properties: { Manifest } = {} }] = Object.values(Resources).filter(
      ({ Type, Properties }) => Type === MANIFEST && JSON.stringify(Properties).includes('EC2NodeClass'),
    );
    return JSON.stringify(Manifest);
  };

  test('the node class is pinned to the looked-up release', () => {
    expect(nodeClassIn(template)).toContain('amiSelectorTerms\\":[{\\"alias\\":\\"al2023@v20260714\\"}]');
  });

  test('a refresh moves its alias, after the node group', () => {
    const refreshed = templateOf('karpenter', REFRESHED);

    expect(updatesIn(changesBetween(template, refreshed))).toEqual([
      'ClusterNodegroupSystem: ReleaseVersion', 'ClusterUpgradeGuard: Judged', 'ClustermanifestNodeClass: Manifest',
    ]);
    expect(nodeClassIn(refreshed)).toBe(nodeClassIn(template).replace('20260714', '20260811'));
    const [nodeClass] = idsOf(refreshed, MANIFEST, 'ClustermanifestNodeClass');
    expect(refreshed.Resources[nodeClass].DependsOn).toEqual(expect.arrayContaining(idsOf(refreshed, 'AWS::EKS::Nodegroup')));
  });

  test("Karpenter's definitions are of a version that is for the cluster's", () => {
    const [crds] = Object.values(template.Resources).filter(({ Type }) => Type === 'Custom::AWSCDK-EKS-HelmChart');
    const [cluster] = Object.values(template.Resources).filter(({ Type }) => Type === 'AWS::EKS::Cluster');
    const kubernetes = KubernetesMinor.parse(cluster.Properties!.Version);

    expect(crds.Properties).toMatchObject({ Chart: 'karpenter-crd', Version: expect.stringMatching(/^\d+\.\d+\.\d+$/) });
    expect(controllerMisfit('karpenter', crds.Properties!.Version, kubernetes)).toBeUndefined();
    expect(controllerMisfit('karpenter', '1.8.2', kubernetes)).toBeDefined();
  });

  test('fails for a FIPS variant, which Karpenter knows by its image only', () => {
    expect(() => templateOf('karpenter', {}, { replace: 'AL2023_X86_64_STANDARD', by: 'BOTTLEROCKET_X86_64_FIPS' }))
      .toThrow(`${sentence(says.noAlias({ amiType: 'BOTTLEROCKET_x86_64_FIPS' }))} [Platform/Release]`);
  });
});

describe('self-managed-nodes', () => {
  const template = templateOf('self-managed-nodes');
  const imageIn = ({ Resources }: CfnTemplate) => Object.values(Resources).find(
    ({ Type }) => Type === 'AWS::EC2::LaunchTemplate',
  )?.Properties?.LaunchTemplateData.ImageId;

  test('the nodes run the image of the looked-up release', () => {
    expect(imageIn(template)).toMatch(/^ami-[0-9a-f]{17}$/);
  });

  test('a refresh moves the image, and rolls the group', () => {
    const refreshed = templateOf('self-managed-nodes', REFRESHED);
    const found = changesBetween(template, refreshed);

    expect(updatesIn(found)).toEqual(['NodesLaunchTemplate: LaunchTemplateData']);
    expect(hazardsIn(found)).toEqual([]);
    expect(imageIn(refreshed)).not.toBe(imageIn(template));
    const [group] = Object.values(template.Resources).filter(({ Type }) => Type === 'AWS::AutoScaling::AutoScalingGroup');
    expect(group).toMatchObject({ UpdatePolicy: { AutoScalingRollingUpdate: { MinInstancesInService: 2 } } });
  });
});
