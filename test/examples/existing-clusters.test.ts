import { CfnTemplate, Edit, idsOf, runExample, VPC_LOOK_UP } from './_example-app';
import { changesBetween, hazardsIn, typesAddedBy, updatesIn } from './_template-changes';
import { says } from '../../src/cluster/messages';
import { sentence } from '../../src/engine/messages/sentence';
import { NO_STAGING } from '../cluster/_fixtures';

const STEPS = ['before', 'step-1', 'step-2', 'step-3', 'step-4', 'step-5'] as const;
type Step = typeof STEPS[number];

/** What `cdk.context.json` holds of the tracked add-on of `refresh-workflow`. */
const TRACKED_CORE_DNS = {
  'cdk-eks-upgrades:add-on:account=111122223333:addOn=coredns:choice=recommended:cluster=prod:kubernetesVersion=1.36:region=us-west-2': {
    version: 'v1.12.4-eksbuild.1',
  },
};

function templateOf(step: Step, ...edits: Edit[]): CfnTemplate {
  return runExample('existing-aws-eks', { file: `${step}.ts`, edits, context: NO_STAGING }).stacks.Platform.template;
}

const TEMPLATES = Object.fromEntries(STEPS.map((step) => [step, templateOf(step)])) as Record<Step, CfnTemplate>;

function changes(from: Step, to: Step) {
  return changesBetween(TEMPLATES[from], TEMPLATES[to]);
}

describe('a cluster of aws-eks', () => {
  test.each(STEPS.slice(1).map(
    (step, index) => [STEPS[index], step],
  ))('from %s to %s nothing is replaced or removed, and EKS refuses nothing', (from, to) => {
    const found = changes(from, to);

    expect(found).not.toEqual([]);
    expect(hazardsIn(found)).toEqual([]);
  });

  test('step 1 makes the node group respect PodDisruptionBudgets, and nothing else', () => {
    expect(updatesIn(changes('before', 'step-1'))).toEqual(['ClusterNodegroupWorkers: ForceUpdateEnabled']);
    expect(typesAddedBy(changes('before', 'step-1'))).toEqual([]);
  });

  test('step 2 writes down what the nodes run, and adds the guard', () => {
    const found = changes('step-1', 'step-2');

    expect(updatesIn(found)).toEqual(['ClusterNodegroupWorkers: ReleaseVersion, Version']);
    expect(typesAddedBy(found)).toEqual(['AWS::IAM::Role', 'AWS::Lambda::Function', 'AWS::Logs::LogGroup', 'Custom::EksUpgradeGuard']);
    const [group] = idsOf(TEMPLATES['step-2'], 'AWS::EKS::Nodegroup');
    expect(TEMPLATES['step-2'].Resources[group].Properties).toMatchObject({ Version: '1.34', ReleaseVersion: '1.34.2-20260311' });
  });

  test('step 3 lets the nodes follow the cluster', () => {
    expect(updatesIn(changes('step-2', 'step-3'))).toEqual([
      'ClusterNodegroupWorkers: ReleaseVersion, Version', 'UpgradesUpgradeGuard: Judged',
    ]);
  });

  test('step 4 takes the add-ons over, and leaves the cluster and its node group alone', () => {
    const found = changes('step-3', 'step-4');

    expect(updatesIn(found)).toEqual(['UpgradesUpgradeGuard: Judged']);
    expect(typesAddedBy(found)).toEqual([
      'AWS::EKS::Addon', 'AWS::EKS::Addon', 'AWS::EKS::Addon', 'AWS::IAM::Policy', 'Custom::EksAddOnVersions',
    ]);
  });

  test('step 5 upgrades guard, cluster, kubectl, add-ons and nodes', () => {
    expect(updatesIn(changes('step-4', 'step-5'))).toEqual([
      'Cluster: Config',
      'ClusterNodegroupWorkers: ReleaseVersion, Version',
      'Kubectl: Content, Description',
      'UpgradesAddOnCoredns: ResolveConflicts',
      'UpgradesAddOnKubeProxy: ResolveConflicts',
      'UpgradesAddOnVersions: KubernetesVersion',
      'UpgradesAddOnVpcCni: ResolveConflicts',
      'UpgradesUpgradeGuard: Judged',
    ]);
  });

  test('the cluster waits for the guard, the add-ons for nodes wait for the cluster, then nodes, then CoreDNS', () => {
    const template = TEMPLATES['step-5'];
    const waits = (id: string) => template.Resources[id].DependsOn;
    const [guard] = idsOf(template, 'Custom::EksUpgradeGuard');
    const [cluster] = idsOf(template, 'Custom::AWSCDK-EKS-Cluster');
    const [group] = idsOf(template, 'AWS::EKS::Nodegroup');

    expect(waits(cluster)).toContain(guard);
    expect(waits(group)).toEqual(
      expect.arrayContaining(['VpcCni', 'KubeProxy'].map((name) => idsOf(template, 'AWS::EKS::Addon', `UpgradesAddOn${name}`)[0])),
    );
    expect(waits(idsOf(template, 'AWS::EKS::Addon', 'UpgradesAddOnCoredns')[0])).toContain(group);
  });

  test('the ConfigMap and all that the older module makes stay as they are, but for the version in the last step', () => {
    const ofAwsEks = (step: Step) => Object.fromEntries(Object.entries(TEMPLATES[step].Resources)
      .filter(([, { Type }]) => Type.startsWith('Custom::AWSCDK-EKS-')).map(([id, { Properties }]) => [id, Properties]));
    const before = ofAwsEks('before');
    const [cluster] = idsOf(TEMPLATES.before, 'Custom::AWSCDK-EKS-Cluster');

    expect(JSON.stringify(before)).toContain('system:node:{{EC2PrivateDNSName}}');
    STEPS.slice(1, 5).forEach((step) => expect(ofAwsEks(step)).toEqual(before));
    expect(ofAwsEks('step-5')).toEqual({
      ...before, [cluster]: { ...before[cluster], Config: { ...before[cluster]!.Config, version: '1.36' } },
    });
  });

  test('fails at EKS without step 1, which is why there is one', () => {
    expect(hazardsIn(changes('before', 'step-2'))).toEqual([
      expect.stringMatching(
        /^ClusterNodegroupWorkers\w+ .* changes ForceUpdateEnabled, ReleaseVersion, Version, which EKS refuses together$/,
      ),
    ]);
  });

  test('fails to keep the node group under another ID', () => {
    const renamed = templateOf('step-2', { replace: "'Workers'", by: "'Nodes'" });

    expect(hazardsIn(changesBetween(TEMPLATES['step-1'], renamed))).toEqual(expect.arrayContaining([
      expect.stringMatching(/^ClusterNodegroupWorkers\w+ \(AWS::EKS::Nodegroup\) is removed$/),
    ]));
  });
});

describe('add-ons that EKS has installed by itself', () => {
  // EKS refuses to create them while their fields differ, but with OVERWRITE, and the stack rolls back
  test.each([
    ['existing-aws-eks', { file: 'step-4.ts', context: NO_STAGING }, 'Platform', ['coredns', 'kube-proxy', 'vpc-cni']],
    ['existing-imported', { context: VPC_LOOK_UP }, 'Nodes', ['coredns', 'kube-proxy']],
    ['refresh-workflow', { context: TRACKED_CORE_DNS }, 'Nodes', ['coredns']],
  ])('are taken over with OVERWRITE in %s', (name, options, stack, addOns) => {
    const { Resources } = runExample(name, options).stacks[stack].template;
    const policies = Object.values(Resources).filter(({ Type }) => Type === 'AWS::EKS::Addon')
      .map(({ Properties }) => [Properties!.AddonName, Properties!.ResolveConflicts]);

    expect(policies.sort()).toEqual(addOns.map((addOn) => [addOn, 'OVERWRITE']));
  });
});

describe('an imported cluster', () => {
  const run = (...edits: Edit[]) => runExample('existing-imported', { edits, context: VPC_LOOK_UP }).stacks.Nodes.template;
  const template = run();

  test('has node groups, add-ons and a guard in the app, and nothing of a control plane', () => {
    expect(new Set(Object.values(template.Resources).map(({ Type }) => Type))).toEqual(new Set([
      'AWS::EKS::Nodegroup', 'AWS::EKS::Addon', 'Custom::EksUpgradeGuard', 'Custom::EksAddOnVersions', 'AWS::IAM::Role', 'AWS::Lambda::Function', 'AWS::Logs::LogGroup',
    ]));
    expect(
      Object.values(template.Resources).map(({ Properties }) => Properties?.ClusterName).filter(Boolean),
    ).toEqual(Array(6).fill('prod'));
  });

  test('everything of it waits for the guard, and CoreDNS for nodes', () => {
    const [guard] = idsOf(template, 'Custom::EksUpgradeGuard');
    const groups = idsOf(template, 'AWS::EKS::Nodegroup');
    [...groups, ...idsOf(template, 'AWS::EKS::Addon')].forEach((id) => expect(template.Resources[id].DependsOn).toContain(guard));
    expect(template.Resources[idsOf(template, 'AWS::EKS::Addon', 'UpgradesAddOnCoredns')[0]].DependsOn).toEqual(
      expect.arrayContaining(groups),
    );
  });

  test('a new Kubernetes version is told to the guard, and moves add-ons and nodes', () => {
    const found = changesBetween(template, run({ replace: 'V1_36', by: 'V1_37' }));

    expect(updatesIn(found)).toEqual([
      'UpgradesAddOnVersions: KubernetesVersion',
      'UpgradesNodegroupGpu: ReleaseVersion, Version',
      'UpgradesNodegroupWorkers: ReleaseVersion, Version',
      'UpgradesUpgradeGuard: Judged',
    ]);
    expect(hazardsIn(found)).toEqual([]);
  });

  test('fails without its VPC, from which node groups get their subnets', () => {
    expect(() => run({ replace: "vpc: ec2.Vpc.fromLookup(this, 'Vpc', { vpcId: 'vpc-0a1b2c3d4e5f60718' }),", by: '' }))
      .toThrow(`${sentence(says.vpcMissing({}))} [Nodes/Upgrades]`);
  });
});
