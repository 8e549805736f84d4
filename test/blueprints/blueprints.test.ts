/**
 * The example with EKS Blueprints, in a folder with packages of its own: `npx projen test:blueprints`, after `npm test` has
 * compiled the library.
 */
import { execFile, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';
import { guardMetadataIn } from '../../src/engine/change/guard-metadata';
import { objectsInMetadata } from '../../src/engine/change/guarded-objects';
import { CfnTemplate, Edit, idsOf, lookedUp } from '../examples/_example-app';
import { changesBetween, hazardsIn, typesAddedBy, updatesIn } from '../examples/_template-changes';

jest.setTimeout(300_000);

const PROJECT = resolve(__dirname, '../..');
const EXAMPLE = join(PROJECT, 'examples/blueprints');
const FLAGS = ['--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund'];

const run = promisify(execFile);

/** Without a registry, nothing of this can be shown. */
const registry = spawnSync('npm', ['view', '@aws-quickstart/eks-blueprints', 'version', '--fetch-retries=1'], { cwd: EXAMPLE });
const describeHere = registry.status === 0 ? describe : describe.skip;
if (registry.status !== 0) {
  process.stderr.write(`WARNING: the example with EKS Blueprints is not tested, npm reaches no registry: ${registry.stderr}\n`);
}

/** What an app says of its manifests and charts: construct path and text of each warning. */
type Warnings = (readonly [path: string, text: string])[];

/** Synthesises the example, as it is or edited. */
async function synthesize(...edits: Edit[]): Promise<CfnTemplate> {
  return (await assemble(edits)).template;
}

async function assemble(edits: readonly Edit[]): Promise<{ readonly template: CfnTemplate; readonly warnings: Warnings }> {
  const source = edits.reduce((text, { replace, by }) => {
    if (!text.includes(replace)) throw new Error(`examples/blueprints/app.ts no longer holds '${replace}'`);
    return text.replaceAll(replace, by);
  }, readFileSync(join(EXAMPLE, 'app.ts'), 'utf8'));
  const outdir = mkdtempSync(join(tmpdir(), 'blueprints-'));
  try {
    const app = run(process.execPath, ['-'], {
      cwd: EXAMPLE,
      env: {
        ...process.env,
        CDK_OUTDIR: outdir,
        CDK_CONTEXT_JSON: JSON.stringify({ ...lookedUp(), 'aws:cdk:disable-asset-staging': true }),
        CDK_DEFAULT_ACCOUNT: '111122223333',
        CDK_DEFAULT_REGION: 'us-west-2',
        CDK_VALIDATION: 'false',
      },
    });
    app.child.stdin!.end(
      transpileModule(source, { compilerOptions: { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022 } }).outputText,
    );
    await app;
    return {
      template: JSON.parse(readFileSync(join(outdir, 'platform.template.json'), 'utf8')) as CfnTemplate, warnings: warningsIn(outdir),
    };
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

function warningsIn(outdir: string): Warnings {
  const { metadata = {}, additionalMetadataFile } = JSON.parse(readFileSync(join(outdir, 'manifest.json'), 'utf8')).artifacts.platform;
  const all: Record<string, { readonly type: string; readonly data: unknown }[]> = additionalMetadataFile === undefined
    ? metadata
    : JSON.parse(readFileSync(join(outdir, additionalMetadataFile), 'utf8'));
  return Object.entries(all).flatMap(([path, entries]) => entries
    .filter(({ type, data }) => type === 'aws:cdk:warning' && String(data).match(/cdk-eks-upgrades:(removedApi|controllerVersion)\b/))
    .map(({ data }) => [path, String(data)] as const));
}

describeHere('a cluster of EKS Blueprints', () => {
  let template: CfnTemplate;
  /** What Blueprints' own provider makes. */
  let theirs: CfnTemplate;

  beforeAll(async () => {
    const packed = mkdtempSync(join(tmpdir(), 'packed-'));
    try {
      await run('npm', ['pack', '--ignore-scripts', '--pack-destination', packed], { cwd: PROJECT });
      await run('npm', ['ci', ...FLAGS], { cwd: EXAMPLE });
      await run('npm', ['install', '--no-save', ...FLAGS, join(packed, 'cdk-eks-upgrades-0.0.0.tgz')], { cwd: EXAMPLE });
    } finally {
      rmSync(packed, { recursive: true });
    }
    template = await synthesize();
    theirs = await synthesize({ replace: 'new TrackedClusterProvider(', by: 'new blueprints.GenericClusterProvider(' });
  });

  test('npm installs the library beside it, on the same CDK', () => {
    expect(existsSync(join(EXAMPLE, 'node_modules/cdk-eks-upgrades/lib/index.js'))).toBe(true);
    expect(existsSync(join(EXAMPLE, 'node_modules/cdk-eks-upgrades/node_modules'))).toBe(false);
  });

  test('the compiler takes it', async () => {
    await run(process.execPath, [join(PROJECT, 'node_modules/typescript/bin/tsc'), '-p', EXAMPLE]);
  });

  test('keeps all that Blueprints makes, and gives node groups their versions', () => {
    const found = changesBetween(theirs, template);
    expect(updatesIn(found)).toEqual(
      ['arm', 'workers'].map((group) => `platformNodegroup${group}ng: ForceUpdateEnabled, ReleaseVersion, Version`),
    );
    expect(typesAddedBy(found)).toEqual([
      'AWS::EKS::Addon', 'AWS::EKS::Addon', 'AWS::EKS::Addon', 'AWS::IAM::Role', 'AWS::Lambda::Function', 'AWS::Logs::LogGroup', 'Custom::EksAddOnVersions', 'Custom::EksUpgradeGuard',
    ]);
    expect(found.filter(({ action }) => action === 'remove')).toEqual([]);
  });

  test('takes over the add-ons that EKS has installed by itself with OVERWRITE, without which EKS refuses them', () => {
    const policies = idsOf(template, 'AWS::EKS::Addon').map((id) => template.Resources[id].Properties!.ResolveConflicts);
    expect(policies).toEqual(['OVERWRITE', 'OVERWRITE', 'OVERWRITE']);
  });

  test('moves in order: guard, cluster, vpc-cni and kube-proxy, nodes, CoreDNS', () => {
    const waits = (id: string) => template.Resources[id].DependsOn;
    const [guard] = idsOf(template, 'Custom::EksUpgradeGuard');
    const [cluster] = idsOf(template, 'Custom::AWSCDK-EKS-Cluster');
    const groups = idsOf(template, 'AWS::EKS::Nodegroup');
    const addOn = (name: string) => idsOf(template, 'AWS::EKS::Addon', `platformUpgradesAddOn${name}`)[0];

    expect(waits(cluster)).toContain(guard);
    groups.forEach((group) => expect(waits(group)).toEqual(expect.arrayContaining([addOn('VpcCni'), addOn('KubeProxy')])));
    expect(waits(addOn('Coredns'))).toEqual(expect.arrayContaining(groups));
  });

  test('goes to the next version with one line', async () => {
    const found = changesBetween(template, await synthesize({ replace: 'KubernetesVersion.V1_35', by: "KubernetesVersion.of('1.36')" }));

    expect(updatesIn(found)).toEqual([
      'awscdkawseksKubectlProviderNestedStackawscdkawseksKubectlProviderNestedStackResource: Parameters, TemplateURL',
      'platform: Config',
      'platformNodegrouparmng: Version',
      'platformNodegroupworkersng: ReleaseVersion, Version',
      'platformUpgradesAddOnVersions: KubernetesVersion',
      'platformUpgradesUpgradeGuard: Judged',
    ]);
    expect(hazardsIn(found)).toEqual([expect.stringMatching(/^kubectllayer35\w+ .* is removed$/)]); // another one takes its place
  });

  describe('what its add-ons put into the cluster', () => {
    /** The warnings where add-ons take the place of the autoscaler. */
    const warningsAbout = async (addOns: string) => (
      await assemble([{ replace: 'new blueprints.ClusterAutoScalerAddOn()', by: addOns }])
    ).warnings;

    test.each([
      [
        'chart of Karpenter', "new blueprints.KarpenterV1AddOn({ version: '1.6.0' })",
        /karpenter 1\.6\.0 does not fit Kubernetes 1\.35: Kubernetes 1\.35 needs Karpenter 1\.9\.0 or newer/,
      ],
      [
        'chart of cert-manager',
        "new blueprints.AwsLoadBalancerControllerAddOn(), new blueprints.CertManagerAddOn({ version: 'v1.18.2' })",
        /cert-manager 1\.18\.2 does not fit Kubernetes 1\.35: cert-manager 1\.18 is for Kubernetes 1\.29 to 1\.33/,
      ],
      [
        'image in the values of a chart',
        "new blueprints.ClusterAutoScalerAddOn({ values: { image: { tag: 'v1.33.0' } } })",
        /cluster-autoscaler 1\.33\.0 does not fit Kubernetes 1\.35/,
      ],
    ])('the %s is too old: a warning on it', async (_, addOn, text) => {
      expect(await warningsAbout(addOn)).toEqual([[expect.stringMatching(/^\/platform\/.*chart/), expect.stringMatching(text)]]);
    });

    test('a manifest of an add-on that Kubernetes does not serve any more is a warning on it', async () => {
      const budget = "{ apiVersion: 'policy/v1beta1', kind: 'PodDisruptionBudget', metadata: { name: 'old' }, spec: { minAvailable: 1 } }";

      expect(await warningsAbout(`{ deploy: ({ cluster }: blueprints.ClusterInfo) => void cluster.addManifest('Old', ${budget}) }`))
        .toEqual([[
          '/platform/platform/manifest-Old',
          expect.stringMatching(/policy\/v1beta1 PodDisruptionBudget 'old', gone in 1\.25, use policy\/v1/),
        ]]);
    });

    test('what fits is no warning, nor what Blueprints installs by itself', async () => {
      expect(await warningsAbout(
        "new blueprints.AwsLoadBalancerControllerAddOn(), new blueprints.CertManagerAddOn({ version: 'v1.20.3' })",
      )).toEqual([]);
      expect(await warningsAbout('new blueprints.ClusterAutoScalerAddOn()')).toEqual([]);
    });

    test('the guard finds it in the template, and is called when it changes', async () => {
      const karpenter = async (version: string) => {
        const made = await synthesize({
          replace: 'new blueprints.ClusterAutoScalerAddOn()', by: `new blueprints.KarpenterV1AddOn({ version: '${version}' })`,
        });
        const [guard] = idsOf(made, 'Custom::EksUpgradeGuard');
        // these templates hold no construct paths, as all that the CDK's CLI does not ask for
        return { told: objectsInMetadata(guardMetadataIn(made, guard)), judged: made.Resources[guard].Properties!.Judged };
      };
      const [older, newer] = [await karpenter('1.6.0'), await karpenter('1.9.0')];

      expect(older.told.controllers).toEqual([
        { construct: expect.stringMatching(/^platform\/.*chart/), controller: 'karpenter', version: '1.6.0' },
      ]);
      expect(older.judged).not.toEqual(newer.judged);
    });
  });

  test("fails with Blueprints' own add-on beside the managed one", async () => {
    await expect(synthesize({
      replace: 'new blueprints.MetricsServerAddOn()', by: "new blueprints.CoreDnsAddOn({ version: 'v1.12.4-eksbuild.1' })",
    }))
      .rejects.toThrow("add-on coredns is installed twice, as a managed add-on and by 'platform/coredns-addOn'");
  });
});
