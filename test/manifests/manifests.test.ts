import { Template } from 'aws-cdk-lib/assertions';
import * as eksv1 from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { App, CfnParameter, Stack, Token } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { toldOfObjects, WITH_PATHS } from './_told-objects';
import { ClusterUpgrades, ManagedAddOn, UpgradableCluster, UpgradableClusterProps } from '../../src';
import { OBJECTS_METADATA_TYPE } from '../../src/engine/declaration/metadata';
import { awsEksCluster } from '../cluster/_aws-eks';
import { KubectlV36Layer, newStack, saidOn, theOnly, upgradableCluster, warningsOn } from '../cluster/_fixtures';
import { importedVpc } from '../node-group/_fixtures';

const BUDGET = { apiVersion: 'policy/v1beta1', kind: 'PodDisruptionBudget', metadata: { name: 'web' }, spec: { minAvailable: 1 } };
const deployment = (image: string) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'autoscaler' },
  spec: {
    template: { spec: { containers: [{ name: 'main', image }] } },
  },
});

function clusterWithKubectl(props: Partial<UpgradableClusterProps> = {}, stack = newStack()): UpgradableCluster {
  return upgradableCluster(stack, { kubectlProviderOptions: { kubectlLayer: new KubectlV36Layer(stack, 'Kubectl') }, ...props });
}

const REMOVED = /^Kubernetes 1\.36 does not serve what this manifest applies: policy\/v1beta1 PodDisruptionBudget 'web', gone in 1\.25, use policy\/v1 PodDisruptionBudget .*\[ack: cdk-eks-upgrades:removedApi\]$/;

describe('a removed API', () => {
  test('is a warning on the manifest, and told to the guard', () => {
    const cluster = clusterWithKubectl();
    const manifest = cluster.addManifest('Budgets', BUDGET, { apiVersion: 'v1', kind: 'ConfigMap' });

    expect(warningsOn(manifest)).toEqual([expect.stringMatching(REMOVED)]);
    expect(toldOfObjects(cluster.stack).removedApis).toEqual([{
      construct: 'Stack/Cluster/manifest-Budgets',
      apiVersion: 'policy/v1beta1',
      kind: 'PodDisruptionBudget',
      name: 'web',
      removedIn: '1.25',
      replacement: 'policy/v1 PodDisruptionBudget',
    }]);
    expect(cluster.node.metadata.filter(({ type }) => type === OBJECTS_METADATA_TYPE)).toHaveLength(1);
  });

  test('of the next version is told as such', () => {
    const cluster = clusterWithKubectl({ version: eks.KubernetesVersion.of('1.36') });
    const manifest = cluster.addManifest('Networks', {
      apiVersion: 'networking.k8s.io/v1beta1', kind: 'IPAddress', metadata: { name: 'a' },
    });
    expect(warningsOn(manifest)).toEqual([expect.stringContaining('Kubernetes 1.37, the next version, does not serve')]);
  });

  test('of this version hides that of the next, and names what this version serves', () => {
    const cluster = clusterWithKubectl({ version: eks.KubernetesVersion.of('1.36') });
    const manifest = cluster.addManifest('Mixed', BUDGET,
      { apiVersion: 'networking.k8s.io/v1beta1', kind: 'IPAddress', metadata: { name: 'a' } },
      { apiVersion: 'flowcontrol.apiserver.k8s.io/v1beta2', kind: 'FlowSchema', metadata: { name: 'flow' } });
    expect(warningsOn(manifest)).toEqual([expect.stringContaining(
      "Kubernetes 1.36 does not serve what this manifest applies: policy/v1beta1 PodDisruptionBudget 'web', gone in 1.25, "
      + "use policy/v1 PodDisruptionBudget; flowcontrol.apiserver.k8s.io/v1beta2 FlowSchema 'flow', gone in 1.29, "
      + 'use flowcontrol.apiserver.k8s.io/v1 FlowSchema (',
    )]);
  });

  test('without a known replacement asks to look for a version that is served', () => {
    const manifest = clusterWithKubectl().addManifest('Policy', {
      apiVersion: 'policy/v1beta1', kind: 'PodSecurityPolicy', metadata: { name: 'a' },
    });
    expect(warningsOn(manifest)).toEqual([
      expect.stringContaining('for which no replacement is known: move it to a version that Kubernetes 1.36 serves, if there is one'),
    ]);
  });

  test('further away is not told', () => {
    const cluster = clusterWithKubectl({ version: eks.KubernetesVersion.of('1.35') });
    const manifest = cluster.addManifest('Networks', {
      apiVersion: 'networking.k8s.io/v1beta1', kind: 'IPAddress', metadata: { name: 'a' },
    });
    expect(warningsOn(manifest)).toEqual([]);
  });

  test('is found in lists, beside tokens, and in other stacks', () => {
    const cluster = clusterWithKubectl();
    const other = newStack({ app: cluster.node.root as App, id: 'Other' });
    const parameter = new CfnParameter(other, 'Text');
    const number = new CfnParameter(other, 'Number', { type: 'Number' });
    const manifest = new eks.KubernetesManifest(other, 'Budgets', {
      cluster,
      manifest: [{
        apiVersion: 'v1',
        kind: 'List',
        items: [{
          ...BUDGET,
          metadata: { ...BUDGET.metadata, labels: { text: parameter.valueAsString, quoted: `a "${parameter.valueAsString}"` } },
          spec: { minAvailable: number.valueAsNumber },
        }],
      }],
    });
    expect(warningsOn(manifest)).toEqual([expect.stringMatching(REMOVED)]);
  });

  test('is not told on a cluster of others, nor of a kind of others', () => {
    const cluster = clusterWithKubectl();
    const manifest = cluster.addManifest(
      'Nodes', { apiVersion: 'policy/v1beta1', kind: 'Deployment' }, { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget' },
    );
    const stack = newStack({ id: 'Neighbour', app: cluster.node.root as App });
    const neighbour = new eks.Cluster(stack, 'Neighbour', {
      version: eks.KubernetesVersion.V1_36,
      vpc: importedVpc(stack, 'Vpc'),
      kubectlProviderOptions: {
        kubectlLayer: new KubectlV36Layer(stack, 'Kubectl'),
      },
    }).addManifest('Budgets', BUDGET);
    expect([...warningsOn(manifest), ...warningsOn(neighbour)]).toEqual([]);
    expect(toldOfObjects(cluster.stack)).toEqual({ removedApis: [], controllers: [] });
    expect(Template.fromStack(cluster.stack).toJSON()).not.toHaveProperty('Metadata');
  });

  test('is found in a cluster of the older aws-eks', () => {
    const stack = newStack();
    const cluster = awsEksCluster(stack);
    ClusterUpgrades.ofAwsEks(stack, 'Upgrades', { cluster });
    const manifest = cluster.addManifest('Budgets', BUDGET);
    expect(warningsOn(manifest)).toEqual([expect.stringMatching(REMOVED)]);
    expect(toldOfObjects(stack).removedApis).toHaveLength(1);
  });

  test('is found in an imported cluster, by its name', () => {
    const stack = newStack();
    const cluster = eks.Cluster.fromClusterAttributes(stack, 'Imported', {
      clusterName: 'prod',
      vpc: importedVpc(stack, 'Vpc'),
      kubectlProvider: eks.KubectlProvider.fromKubectlProviderAttributes(stack, 'Provider', {
        serviceToken: 'arn:aws:lambda:us-west-2:111122223333:function:kubectl',
        role: iam.Role.fromRoleArn(
          stack, 'Role', 'arn:aws:iam::111122223333:role/kubectl',
        ),
      }),
    });
    ClusterUpgrades.ofImported(stack, 'Upgrades', { clusterName: 'prod', version: eks.KubernetesVersion.V1_36 });
    expect(warningsOn(cluster.addManifest('Budgets', BUDGET))).toEqual([expect.stringMatching(REMOVED)]);
  });

  test('of a cdk8s chart is found as what its addCdk8sChart makes of it', () => {
    const cluster = clusterWithKubectl();
    const manifest = cluster.addCdk8sChart(
      'Chart', Object.assign(new Stack(cluster.node.root as App, 'AsIfCdk8s'), { toJson: () => [BUDGET] }),
    );
    expect(warningsOn(manifest)).toEqual([expect.stringMatching(REMOVED)]);
  });
});

test('the guard reads from its template what its stack applies, and is told the rest in the metadata of the template', () => {
  const cluster = clusterWithKubectl({}, newStack({ context: WITH_PATHS }));
  const other = newStack({ app: cluster.node.root as App, id: 'Other' });
  cluster.addManifest('Budgets', BUDGET);
  cluster.addHelmChart('Karpenter', { chart: 'karpenter', version: '1.0.2' });
  new eks.KubernetesManifest(other, 'Others', { cluster, manifest: [BUDGET] });
  new eks.HelmChart(other, 'Autoscaler', { cluster, chart: 'cluster-autoscaler', values: { image: { tag: 'v1.27.3' } } });

  const { Metadata, Resources } = Template.fromStack(cluster.stack).toJSON();
  const { logicalId, Properties } = theOnly(Resources, 'Custom::EksUpgradeGuard');
  expect(Metadata).toEqual({
    [`cdk-eks-upgrades:guard:${logicalId}`]: {
      RemovedApis: [expect.objectContaining({ Construct: 'Other/Others', Kind: 'PodDisruptionBudget' })],
      Controllers: [{ Construct: 'Other/Autoscaler', Controller: 'cluster-autoscaler', Version: '1.27.3' }],
    },
  });
  expect(Properties.Judged).toMatch(/^1\.36\/[0-9a-f]{24} objects$/);
  const { removedApis, controllers } = toldOfObjects(cluster.stack);
  expect(removedApis.map(({ construct }) => construct)).toEqual(['Other/Others', 'Stack/Cluster/manifest-Budgets']);
  expect(controllers.map(({ construct }) => construct)).toEqual(['Other/Autoscaler', 'Stack/Cluster/chart-Karpenter']);
  expect(cluster.node.metadata.find(({ type }) => type === OBJECTS_METADATA_TYPE)?.data).toEqual({
    removedApis: expect.arrayContaining(removedApis), controllers: expect.arrayContaining(controllers),
  });
});

test('metadata of the app itself stays beside it', () => {
  const cluster = clusterWithKubectl();
  cluster.addManifest('Budgets', BUDGET);
  cluster.stack.templateOptions.metadata = { Owner: { team: 'platform' } };
  expect(Object.keys(Template.fromStack(cluster.stack).toJSON().Metadata).sort()).toEqual(
    ['Owner', expect.stringMatching(/^cdk-eks-upgrades:guard:/)],
  );
});

describe('a controller', () => {
  const KARPENTER = /^karpenter 1\.0\.2 does not fit Kubernetes 1\.36: Kubernetes 1\.36 needs Karpenter 1\.13\.0 or newer; otherwise Karpenter may launch no new nodes .*karpenter\.sh.*controllerVersion\]$/;

  test('by its chart, of either module', () => {
    const cluster = clusterWithKubectl();
    const chart = cluster.addHelmChart('Karpenter', {
      chart: 'karpenter', repository: 'oci://public.ecr.aws/karpenter/karpenter', version: '1.0.2',
    });
    expect(warningsOn(chart)).toEqual([expect.stringMatching(KARPENTER)]);
    expect(toldOfObjects(cluster.stack).controllers)
      .toEqual([{ construct: 'Stack/Cluster/chart-Karpenter', controller: 'karpenter', version: '1.0.2' }]);

    const stack = newStack({ id: 'Older' });
    const older = awsEksCluster(stack);
    ClusterUpgrades.ofAwsEks(stack, 'Upgrades', { cluster: older });
    expect(warningsOn(new eksv1.HelmChart(stack, 'Karpenter', { cluster: older, chart: 'karpenter', version: 'v1.0.2' }))).toEqual([
      expect.stringMatching(KARPENTER),
    ]);
  });

  test.each<[string, (cluster: UpgradableCluster, chart: string, version: string) => IConstruct]>([
    ['addHelmChart()', (cluster, chart, version) => cluster.addHelmChart('Chart', { chart, version })],
    ['HelmChart of aws-eks-v2 in another stack', (cluster, chart, version) =>
      new eks.HelmChart(newStack({ id: 'Other', app: cluster.node.root as App }), 'Chart', { cluster, chart, version })],
    ['with values that only the deployment knows', (cluster, chart, version) =>
      cluster.addHelmChart('Chart', {
        chart, version, values: { clusterName: cluster.clusterName, image: { repository: cluster.clusterArn } },
      })],
  ])('by its chart: %s', (_, add) => {
    const chart = add(clusterWithKubectl(), 'karpenter', '1.0.2');
    expect(warningsOn(chart)).toEqual([expect.stringMatching(KARPENTER)]);
  });

  test.each(['addHelmChart', 'HelmChart'])('by its chart, of the older aws-eks: %s', (kind) => {
    const stack = newStack();
    const cluster = awsEksCluster(stack);
    ClusterUpgrades.ofAwsEks(stack, 'Upgrades', { cluster });
    const props = { chart: 'oci://public.ecr.aws/karpenter/karpenter', version: '1.0.2' };
    const chart = kind === 'HelmChart' ? new eksv1.HelmChart(
      stack, 'Karpenter', { cluster, ...props },
    ) : cluster.addHelmChart('Karpenter', props);
    expect(warningsOn(chart)).toEqual([expect.stringMatching(KARPENTER)]);
  });

  test('in a cdk8s chart, by its image', () => {
    const cluster = clusterWithKubectl();
    const cdk8s = Object.assign(
      new Stack(cluster.node.root as App, 'AsIfCdk8s'), { toJson: () => [deployment('public.ecr.aws/karpenter/controller:1.0.2')] },
    );
    expect(warningsOn(cluster.addCdk8sChart('Chart', cdk8s))).toEqual([expect.stringMatching(KARPENTER)]);
  });

  test('of a chart from an asset says nothing', () => {
    const cluster = clusterWithKubectl();
    const chart = cluster.addHelmChart('Chart', {
      chartAsset: new Asset(cluster.stack, 'Asset', { path: __dirname }), values: { image: { tag: 'v1.27.3' } },
    });
    expect(warningsOn(chart)).toEqual([]);
  });

  test('by the image of a manifest, and of the values of a chart', () => {
    const cluster = clusterWithKubectl();
    const manifest = cluster.addManifest('Autoscaler', deployment('registry.k8s.io/autoscaling/cluster-autoscaler:v1.27.3'));
    const chart = cluster.addHelmChart('AutoscalerChart', { chart: 'cluster-autoscaler', values: { image: { tag: 'v1.27.3' } } });
    const said = expect.stringContaining(
      'cluster-autoscaler 1.27.3 does not fit Kubernetes 1.36: cluster-autoscaler 1.27 is for Kubernetes 1.27',
    );
    expect([warningsOn(manifest), warningsOn(chart)]).toEqual([[said], [said]]);
  });

  test('that is not known, fits, or has no version that is known says nothing', () => {
    const cluster = clusterWithKubectl();
    const said = [
      { chart: 'argo-cd', version: '0.0.1' }, { chart: 'karpenter', version: '1.13.4' }, { chart: 'karpenter' }, {
        chart: 'karpenter', version: Token.asString({ Ref: 'AWS::Region' }),
      },
    ].map((options, index) => cluster.addHelmChart(`Chart${index}`, options)).flatMap(warningsOn);
    expect(said).toEqual([]);
    expect(toldOfObjects(cluster.stack).removedApis).toEqual([]);
  });
});

describe('a change of behaviour is told with its source', () => {
  const gitRepo = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'a' },
    spec: { volumes: [{ name: 'code', gitRepo: { repository: 'https://example.com' } }] },
  };

  test('gitRepo volumes, from 1.33 on', () => {
    const of = (version: string) => {
      const cluster = clusterWithKubectl({ version: eks.KubernetesVersion.of(version) });
      return saidOn(cluster.addManifest('Pod', gitRepo), 'info');
    };
    expect(of('1.33')).toEqual([expect.stringMatching(/gitRepo volume.*https:\/\/github\.com.*changedBehaviour/)]);
    expect(of('1.32')).toEqual([]);
  });

  test('kube-proxy in mode ipvs', () => {
    const cluster = upgradableCluster(newStack());
    const addon = cluster.addManagedAddOn(ManagedAddOn.kubeProxy({ configurationValues: { mode: 'ipvs' } }));
    const iptables = upgradableCluster(newStack()).addManagedAddOn(ManagedAddOn.kubeProxy({ configurationValues: { mode: 'iptables' } }));
    expect(saidOn(addon as eks.Addon, 'info')).toEqual([expect.stringMatching(/mode ipvs.*enhancements\/issues\/5495/)]);
    expect(saidOn(iptables as eks.Addon, 'info')).toEqual([]);
  });

  test('Ingress NGINX', () => {
    const cluster = clusterWithKubectl();
    expect(saidOn(cluster.addHelmChart('Nginx', { chart: 'ingress-nginx', version: '4.11.0' }), 'info')).toEqual([
      expect.stringContaining('retirement'),
    ]);
  });
});
