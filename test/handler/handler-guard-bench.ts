/**
 * A stack with a cluster that is about to be upgraded, for tests of the guard.
 */
import { HandlerBench, type Answer, type Invocation } from './handler-bench';
import { guardMetadataKey, type GuardMetadata } from '../../src/engine/change/guard-metadata';
import { imagesAsText, type GuardedImage } from '../../src/engine/change/guarded-images';
import { haveRoom, judgedProperty, type JudgedTold } from '../../src/engine/change/judged-property';
import type { UpgradeGuardProperties } from '../../src/engine/change/resource-properties';
import type { Finding } from '../../src/engine/judgement/finding';
import type { Verdict } from '../../src/engine/judgement/verdict';
import type { CustomResourceEvent } from '../../src/handler/custom-resource-event';
import { changesBetween, type TemplateOfResources } from '../aws/changes-between';
import type { StackResourceSeed, StackSeed } from '../aws/cloudformation';
import type { ClusterSeed } from '../aws/eks';
import type { ClusterRecord } from '../aws/eks-region';

/** What a template of the guard's stack says, and how the guard is configured. */
export interface GuardedApp extends Partial<UpgradeGuardProperties>, Pick<GuardMetadata, 'RemovedApis' | 'Controllers'> {
  readonly ClusterLogicalId?: string;
  /** Of the app's own, that node groups launch. */
  readonly Images?: readonly GuardedImage[];
  /** Resources of the template beside clusters, node groups and add-ons. */
  readonly Others?: TemplateOfResources['Resources'];
  readonly TargetVersion?: string;
  readonly SupportType?: string;
  /** Other properties of the cluster. */
  readonly ClusterProperties?: Readonly<Record<string, unknown>>;
  /** Of a cluster of the older `aws-eks`. */
  readonly Config?: Readonly<Record<string, unknown>>;
  readonly AddOns?: readonly AppAddOn[];
  readonly NodeGroups?: readonly AppNodeGroup[];
}

export interface AppAddOn {
  readonly Name: string;
  readonly Policy: 'recommended' | 'latest' | 'keep-while-compatible' | 'pinned';
  readonly Version?: string;
  /** Other properties. */
  readonly Others?: Readonly<Record<string, unknown>>;
}

export interface AppNodeGroup {
  readonly LogicalId: string;
  readonly Name?: string;
  /** Of the construct, as the CDK leaves it in the template. */
  readonly Path?: string;
  readonly Version?: string;
  readonly ReleaseVersion?: string;
  /** Logical IDs of what it waits for. */
  readonly After?: readonly string[];
  /** Of a launch template of the stack, which the group follows. */
  readonly ImageId?: string;
  /** What that launch template says. @default - the image alone */
  readonly LaunchTemplateData?: Readonly<Record<string, unknown>>;
  /** The version of the launch template, where the group does not follow the latest. */
  readonly TemplateVersion?: string;
  /** Other properties. */
  readonly Others?: Readonly<Record<string, unknown>>;
}

/** Starts a local AWS whose stack `app` has the cluster `prod` with 1.35, in good order. */
export async function startGuardBench(): Promise<HandlerBench> {
  const bench = await HandlerBench.start();
  putStack(bench, 'UPDATE_IN_PROGRESS');
  bench.aws.publishAmis({ minors: ['1.34', '1.35', '1.36', '1.37'], date: '2026-11-04' });
  putCluster(bench);
  return bench;
}

const STACKS = new WeakMap<HandlerBench, Omit<StackSeed, 'name' | 'template' | 'changeSet'> & { readonly resources: readonly StackResourceSeed[] }>();

/** Puts the stack into a status, with its clusters and whatever else it has. */
export function putStack(
  bench: HandlerBench, status: string, others: readonly StackResourceSeed[] = [], more: Partial<StackSeed> = {},
): void {
  const resources = [
    { logicalId: 'Cluster', type: 'AWS::EKS::Cluster', physicalId: 'prod' },
    { logicalId: 'Cluster2', type: 'AWS::EKS::Cluster', physicalId: 'staging' },
    { logicalId: 'BeingCreated', type: 'AWS::EKS::Cluster', status: 'CREATE_IN_PROGRESS' },
    { logicalId: 'Deleted', type: 'AWS::EKS::Cluster', physicalId: 'prod', status: 'DELETE_COMPLETE' },
    { logicalId: 'Retained', type: 'AWS::EKS::Cluster', physicalId: 'prod', status: 'DELETE_SKIPPED' },
    ...others,
  ];
  STACKS.set(bench, { ...more, status, resources });
  bench.aws.cloudFormation.putStack({ name: 'app', ...more, status, resources });
}

/** Puts a cluster in place of `prod`. */
export function putCluster(bench: HandlerBench, seed: Partial<ClusterSeed> = {}): ClusterRecord {
  return bench.aws.eks.addCluster({
    version: '1.35',
    nodegroups: [{ name: 'workers' }],
    addons: [{ name: 'coredns' }, { name: 'kube-proxy' }],
    ...seed,
  });
}

/**
 * What CloudFormation asks the guard of `prod` when a change set takes the stack from one app to another: from what is live to
 * 1.36, unless told otherwise.
 *
 * @param before undefined where the guard is new
 */
export function guardEvent(
  bench: HandlerBench, now: GuardedApp = {}, members: Partial<CustomResourceEvent> = {},
  before: GuardedApp | undefined = asLive(bench, now),
): CustomResourceEvent {
  const wanted = { ...DEFAULTS, TargetVersion: '1.36', ...now };
  putDeployment(bench, { ...DEFAULTS, ...before }, wanted);
  return bench.event({
    RequestType: 'Update',
    ResourceType: 'Custom::EksUpgradeGuard',
    ResourceProperties: propertiesOf(wanted),
    OldResourceProperties: before && propertiesOf({ ...DEFAULTS, ...before }),
    ...members,
  });
}

const DEFAULTS: GuardedApp = {
  ClusterLogicalId: 'Cluster', Mode: 'enforce', Ignore: [], MaxInsightAgeMinutes: '60', WaitForOngoingUpdateSeconds: '0',
};

/** The deployed app that wanted of cluster and add-ons what is live. */
function asLive(bench: HandlerBench, { AddOns = [], NodeGroups = [], ...now }: GuardedApp): GuardedApp {
  const live = bench.aws.eks.clusters.get('prod');
  return {
    ...now,
    TargetVersion: live?.version,
    AddOns: AddOns.flatMap((addOn) => {
      const installed = live?.addons.get(addOn.Name);
      return installed ? [{ ...addOn, Version: addOn.Policy === 'pinned' ? installed.version : undefined }] : [];
    }),
    NodeGroups: NodeGroups.flatMap((group) => {
      const running = live?.nodegroups.get(group.Name ?? '');
      return running ? [{ ...group, Version: running.version, ReleaseVersion: running.releaseVersion }] : [];
    }),
  };
}

/** Lets a change set take the stack from one app to another. */
function putDeployment(bench: HandlerBench, before: GuardedApp, after: GuardedApp): void {
  if (!STACKS.has(bench)) putStack(bench, 'UPDATE_IN_PROGRESS');
  const stack = STACKS.get(bench)!;
  const created = [
    ...(before.NodeGroups ?? []).flatMap(
      ({ LogicalId, Name }) => Name ? [{ logicalId: LogicalId, type: 'AWS::EKS::Nodegroup', physicalId: `prod/${Name}` }] : [],
    ),
    ...(before.AddOns ?? []).map(({ Name }) => ({ logicalId: `AddOn${Name}`, type: 'AWS::EKS::Addon', physicalId: `prod|${Name}` })),
  ];
  const resources = [...stack.resources, ...created.filter((one) => !stack.resources.some(({ logicalId }) => logicalId === one.logicalId))];
  const physicalIds = Object.fromEntries(resources.flatMap(({ logicalId, physicalId }) => physicalId ? [[logicalId, physicalId]] : []));
  const [old, template] = [templateOf(before), templateOf(after)];
  bench.aws.cloudFormation.putStack({
    name: 'app',
    ...stack,
    resources,
    template,
    ...'changeSet' in stack ? {} : {
      changeSet: { changes: changesBetween(old, template, physicalIds) },
    },
  });
}

/** The bake of a node group of the template. */
export function bakeOf(group: string, seconds: string): TemplateOfResources['Resources'][string] {
  const NodegroupName = { 'Fn::GetAtt': [group, 'NodegroupName'] };
  const Subject = { ClusterName: { Ref: 'Cluster' }, NodegroupName };
  return { Type: 'Custom::EksBake', Properties: { Subject, DurationSeconds: seconds } };
}

/** The template of an app. */
export function templateOf(app: GuardedApp): TemplateOfResources {
  const {
    ClusterLogicalId = 'Cluster', ClusterName, TargetVersion, SupportType, ClusterProperties, Config, AddOns = [], NodeGroups = [], Others = {},
  } = app;
  const name = ClusterName ?? { Ref: ClusterLogicalId };
  const tracked = AddOns.filter(({ Policy }) => Policy !== 'pinned').map(({ Name, Policy }) => ({ Name, Policy, Attribute: Name }));
  return {
    Metadata: metadataOf(app),
    Resources: {
      ...Others,
      Resource: { Type: 'Custom::EksUpgradeGuard', Properties: { ClusterName } },
      ...ClusterName === undefined && {
        [ClusterLogicalId]: Config
          ? { Type: 'Custom::AWSCDK-EKS-Cluster', Properties: { Config: { ...Config, version: TargetVersion } } }
          : {
            Type: 'AWS::EKS::Cluster',
            Properties: { Version: TargetVersion, ...SupportType && { UpgradePolicy: { SupportType } }, ...ClusterProperties },
          },
      },
      ...Object.fromEntries(NodeGroups.flatMap(({
        LogicalId, Name, Path, Version, ReleaseVersion, ImageId, LaunchTemplateData = ImageId && { ImageId }, TemplateVersion, After,
        Others: more,
      }) => [[LogicalId, {
        Type: 'AWS::EKS::Nodegroup',
        DependsOn: After,
        ...Path && { Metadata: { 'aws:cdk:path': Path } },
        Properties: given({
          ClusterName: name,
          NodegroupName: Name,
          Version,
          ReleaseVersion,
          ...LaunchTemplateData && {
            LaunchTemplate: {
              Id: { Ref: `${LogicalId}Template` },
              Version: TemplateVersion ?? { 'Fn::GetAtt': [`${LogicalId}Template`, 'LatestVersionNumber'] },
            },
          },
          ...more,
        }),
      }], ...LaunchTemplateData ? [
        [`${LogicalId}Template`, { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData } }],
      ] : []])),
      ...Object.fromEntries(AddOns.map(({ Name, Policy, Version, Others: more }) => [`AddOn${Name}`, {
        Type: 'AWS::EKS::Addon',
        Properties: {
          ClusterName: name,
          AddonName: Name,
          AddonVersion: Policy === 'pinned' ? Version : { 'Fn::GetAtt': ['Versions', Name] },
          ...more,
        },
      }])),
      ...tracked.length > 0 && {
        Versions: {
          Type: 'Custom::EksAddOnVersions',
          Properties: { ClusterName: name, KubernetesVersion: TargetVersion ?? wantedVersion(app), AddOns: tracked },
        },
      },
    },
  };
}

function propertiesOf(app: GuardedApp): UpgradeGuardProperties {
  const {
    TargetVersion, SupportType, ClusterProperties, Config, AddOns, NodeGroups, ClusterLogicalId, Images, RemovedApis, Controllers, Others,
    ...properties
  } = app;
  return { Judged: judgedProperty(toldOf(app)), ...properties } as UpgradeGuardProperties;
}

function toldOf({ TargetVersion, ClusterName, ClusterLogicalId, Images, RemovedApis, Controllers }: GuardedApp): JudgedTold {
  return {
    version: TargetVersion,
    digest: 'digest',
    clusterLogicalId: ClusterName === undefined ? ClusterLogicalId : undefined,
    images: Images,
    appliesObjects: RemovedApis !== undefined || Controllers !== undefined,
  };
}

function metadataOf(app: GuardedApp): TemplateOfResources['Metadata'] {
  const { Images = [], RemovedApis, Controllers } = app;
  return { [guardMetadataKey('Resource')]: { RemovedApis, Controllers, Images: haveRoom(toldOf(app)) ? undefined : imagesAsText(Images) } };
}

function wantedVersion({ Judged = '?' }: GuardedApp): string {
  return Judged.split('/')[0];
}

function given(properties: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined));
}

/** Lets the guard look at {@link guardEvent}. */
export async function guard(bench: HandlerBench, now: GuardedApp = {}, invocation: Invocation = {}): Promise<Answer> {
  return bench.serve(guardEvent(bench, now), invocation);
}

/** What the log of the guard holds of a finding, the latest one of that id. */
export function findingIn(bench: HandlerBench, id: string): Finding | undefined {
  return bench.log.flatMap(({ finding }) => (finding as Finding | undefined) ?? []).filter((finding) => finding.id === id).at(-1);
}

/**
 * Expects that the guard has refused because of a finding, which its log holds as data, and which the event of CloudFormation says
 * in the same words.
 */
export function expectRefusal(bench: HandlerBench, answer: Answer, id: string, told: Partial<Finding> = {}): void {
  const finding = findingIn(bench, id);
  expect(finding).toMatchObject({ severity: 'error', ...told });
  const { subject, message, remedy } = finding!;
  expect(answer).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining(`[${id}] ${subject}: ${message}; ${remedy}`) });
}

/** What the log of the guard holds of its verdict. */
export function verdictIn(bench: HandlerBench): { readonly message: string; readonly verdict: Omit<Verdict, 'findings' | 'accepted'> } {
  return bench.log.filter(({ verdict }) => verdict !== undefined).at(-1) as never;
}

/** The ids of the findings in the log. */
export function findingsIn(bench: HandlerBench, kind: 'finding' | 'acceptedFinding' = 'finding'): string[] {
  return bench.log.flatMap((entry) => (entry[kind] as { id: string } | undefined)?.id ?? []);
}
