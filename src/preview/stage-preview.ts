import { Stack, Stage } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { AppDeclarations } from './app-declarations';
import { ClusterPreview, isWorthSaying, previewCluster } from './cluster-preview';
import { warnings } from './messages';
import { otherStacksOf } from './other-stacks';
import {
  renderCreation, renderElsewhere, renderPreview, renderRefusals, renderRefusedCreation, renderRefusedElsewhere,
} from './preview-text';
import { lateKeyOf, PREVIEW_CONTEXT_KEY, PreviewAnswer, PreviewMode } from './question';
import { flagsOfRelease, newsOfRelease, renderNewsOfRelease } from './release-news';
import { askForApp, askLate } from './report-question';
import { declarationsSeenBy, wantedSeenBy } from './seen-app';
import { WantedResources } from './wanted-resources';
import { Annotation, inform, reportError, warn } from '../diagnostics/annotations';
import { topLevelStack } from '../diagnostics/stacks-around';
import { ClusterDeclaration } from '../engine/declaration/cluster-declaration';
import { ReleaseDeclaration } from '../engine/declaration/release-declaration';
import { clusterToCreate, judgeCreation } from '../engine/judgement/creation';
import { Finding } from '../engine/judgement/finding';
import { deployedFor, PlacedCluster, sayUnread } from '../engine/judgement/wanted-cluster';
import { environmentKey, LiveCluster, LiveView } from '../engine/state/live-view';

/** Something of the stage, and what it declares. */
interface Previewed<Declaration> {
  readonly declaration: Declaration;
  readonly construct: IConstruct;
}

/** The answer as it comes back; where the plugin could not be asked, the CLI itself says why. */
type Answer = PreviewAnswer | { readonly $providerError: string };

/** Previews the clusters and tracked releases of one stage of an app, while it is synthesised. */
export class StagePreview {
  /** What could not be read, with the first construct for which it was wanted: one reason is said once. */
  private readonly failures = new Map<string, IConstruct>();

  private readonly clusters: readonly Previewed<ClusterDeclaration>[];
  private readonly releases: readonly Previewed<ReleaseDeclaration>[];

  constructor(private readonly stage: Stage, private readonly mode: PreviewMode) {
    const { clusters, releases } = declarationsSeenBy(stage);
    this.clusters = this.ofThisStage(clusters);
    this.releases = this.ofThisStage(releases);
  }

  /** Asks for what there is no answer to yet, and annotates the constructs with the others. Changes no template. */
  public make(): void {
    const [first] = [...this.clusters, ...this.releases];
    if (!first) return;
    const stack = Stack.of(first.construct);
    const answer = this.answerTo(PREVIEW_CONTEXT_KEY);
    if (answer === undefined) {
      askForApp(this.stage, stack, this.declared);
      return;
    }
    const late = this.answerTo(lateKeyOf(this.stage.node.path));
    [answer, late].forEach((each) => {
      if (each && !isView(each)) this.noteFailure(reasonOf(each), first.construct);
    });
    if (isView(answer)) this.annotate(stack, [late, answer].filter(isView), late !== undefined);
    this.failures.forEach((construct, why) => this.caution(construct, warnings.previewIncomplete({ why })));
  }

  private answerTo(key: string): Answer | undefined {
    return this.stage.node.tryGetContext(key);
  }

  private get declared(): AppDeclarations {
    return { clusters: this.clusters.map(declarationOf), releases: this.releases.map(declarationOf) };
  }

  /** What is in other stages is annotated when these are synthesised. */
  private ofThisStage<Declaration extends { readonly path: string }>(declarations: readonly Declaration[]): Previewed<Declaration>[] {
    const constructs = new Map(this.stage.node.findAll().map((construct) => [construct.node.path, construct]));
    return declarations.flatMap((declaration) => {
      const construct = constructs.get(declaration.path);
      return construct && Stage.of(construct) === this.stage ? [{ declaration, construct }] : [];
    });
  }

  /** @param views what the plugin has answered, the latest first */
  private annotate(stack: Stack, views: readonly LiveView[], hasAskedLate: boolean): void {
    const wanted = wantedSeenBy(this.stage);
    const clusters = this.clusters.map((previewed) => ({ ...previewed, view: viewOfCluster(previewed.declaration, views) }));
    const releases = this.releases.map((previewed) => ({ ...previewed, view: viewOfRelease(previewed.declaration, views) }));
    clusters.forEach(({ view, ...previewed }) => view && this.annotateCluster(previewed, view, wanted));
    releases.forEach(({ view, ...previewed }) => view && this.annotateRelease(previewed, view));

    const [lateClusters, lateReleases] = [clusters.filter(({ view }) => !view), releases.filter(({ view }) => !view)];
    const late = [...lateClusters, ...lateReleases];
    if (hasAskedLate) late.forEach(({ declaration, construct }) => this.noteFailure(cameUpLate(declaration), construct));
    else if (late.length > 0) askLate(this.stage, stack, { clusters: lateClusters.map(declarationOf), releases: this.declared.releases });
  }

  private annotateRelease({ declaration, construct }: Previewed<ReleaseDeclaration>, { environments, observedAt }: LiveView): void {
    const { catalog } = environments[environmentKey(declaration)];
    const now = new Date(observedAt);
    const flags = flagsOfRelease(declaration, catalog, now);
    if (flags.length > 0) this.caution(construct, { reason: 'previewImage', message: flags.join('; ') });
    const news = newsOfRelease(declaration, catalog, now);
    if (!news.known) this.noteFailure(news.why, construct);
    else if (news.value) inform(construct, { reason: 'preview', message: renderNewsOfRelease(declaration, news.value) });
  }

  private annotateCluster({ declaration, construct }: Previewed<ClusterDeclaration>, view: LiveView, wanted: WantedResources): void {
    const { state, environment } = view.clusters.find(({ path }) => path === declaration.path)!;
    const there = { wanted: wanted[environment] ?? {}, catalog: view.environments[environment].catalog };
    if (state === undefined) {
      if (declaration.logicalId === undefined) this.noteFailure(missing(declaration, environment), construct);
      else this.sayOfCreation(clusterToCreate({ declaration, ...there }, view.observedAt), construct);
    } else if (!state.known) {
      this.noteFailure(state.why, construct);
    } else {
      const { stacks } = view.environments[environment];
      Object.values(stacks).forEach((stack) => !stack.known && this.noteFailure(stack.why, construct));
      const cluster = { declaration, state: state.value, ...there };
      const deployed = deployedFor(cluster, stacks);
      if (!deployed.known) return;
      const preview = previewCluster({ ...cluster, deployed: deployed.value });
      if (!isWorthSaying(preview)) return;
      this.say(preview, construct);
      this.sayElsewhere(preview.refusals, { ...cluster, deployed: deployed.value }, construct);
    }
  }

  /**
   * Of a cluster that does not exist there is nothing that could be hurt, but much that EKS would refuse after it has built the
   * control plane.
   */
  private sayOfCreation(cluster: ReturnType<typeof clusterToCreate>, construct: IConstruct): void {
    const all = cluster ? judgeCreation(cluster).findings : [];
    const findings = all.filter(({ unknown }) => !unknown);
    const unread = all.filter(({ unknown, severity }) => unknown && severity !== 'info');
    unread.forEach((finding) => this.noteFailure(sayUnread(finding), construct));
    if (findings.every(({ severity }) => severity === 'info')) return;
    const isWrong = findings.some(({ severity }) => severity === 'error');
    this.caution(construct, { reason: 'preview', message: renderCreation(cluster!.state.name, findings) }, isWrong);
    if (this.mode === 'strict' && isWrong) {
      reportError(construct, { reason: 'previewRefused', message: renderRefusedCreation(cluster!.state.name, findings) });
    }
    const refusals = findings.filter(({ severity }) => severity === 'error');
    this.sayElsewhere(refusals, cluster!, construct);
  }

  /** The CLI shows what is said of the stacks that it selects: of those that hold parts of a cluster, and not the cluster, the rest. */
  private sayElsewhere(refusals: readonly Finding[], cluster: PlacedCluster, construct: IConstruct): void {
    const [errors, isHere] = [this.mode === 'strict' ? refusals : [], !isLeftOut(construct)];
    if (errors.length === 0 && isHere) return; // before looking for them
    const { state: { name } } = cluster;
    const { path } = construct.node;
    otherStacksOf(construct, cluster).forEach(({ stack, concerns }) => {
      const refused = errors.filter(concerns);
      if (refused.length > 0) reportError(stack, { reason: 'previewRefused', message: renderRefusedElsewhere(name, path, refused) });
      else if (!isHere) inform(stack, { reason: 'preview', message: renderElsewhere(name, path) });
    });
  }

  private noteFailure(why: string, construct: IConstruct): void {
    if (!this.failures.has(why)) this.failures.set(why, construct);
  }

  /** Warns; when calm, only tells what would not be refused. */
  private caution(construct: IConstruct, said: Annotation, isRefused = false): void {
    (this.mode === 'calm' && !isRefused ? inform : warn)(construct, said);
  }

  private say(preview: ClusterPreview, construct: IConstruct): void {
    const { findings, drift, unread } = preview;
    const isSerious = drift.length > 0 || unread.length > 0 || findings.some(({ severity }) => severity !== 'info');
    const said = { reason: 'preview', message: renderPreview(preview) };
    if (isSerious) this.caution(construct, said, preview.refusals.length > 0);
    else inform(construct, said);
    if (this.mode === 'strict' && preview.refusals.length > 0) {
      reportError(construct, { reason: 'previewRefused', message: renderRefusals(preview) });
    }
  }
}

/** Whether the CLI selects other stacks only, as with `--exclusively`: then it tells the app for which it needs assets. */
function isLeftOut(construct: IConstruct): boolean {
  return !topLevelStack(Stack.of(construct)).bundlingRequired;
}

function isView(answer: Answer | undefined): answer is LiveView {
  return answer !== undefined && 'clusters' in answer;
}

function reasonOf(answer: Exclude<Answer, LiveView>): string {
  return 'failure' in answer ? answer.failure : answer.$providerError;
}

function declarationOf<Declaration>({ declaration }: Previewed<Declaration>): Declaration {
  return declaration;
}

/** One that was asked about before its name had been looked up was not looked for by that name. */
function viewOfCluster({ path, clusterName }: ClusterDeclaration, views: readonly LiveView[]): LiveView | undefined {
  const isLookedFor = ({ name, state, isNameless }: LiveCluster) =>
    clusterName === undefined || (!isNameless && (state !== undefined || name !== undefined));
  return views.find(({ clusters }) => clusters.some((cluster) => cluster.path === path && isLookedFor(cluster)));
}

function viewOfRelease(declaration: ReleaseDeclaration, views: readonly LiveView[]): LiveView | undefined {
  return views.find(({ environments }) => environments[environmentKey(declaration)]);
}

function cameUpLate({ path }: { readonly path: string }): string {
  return `${path} came up only after other look-ups had been made: run the command again`;
}

/** An imported cluster of which nobody knows the name is not missing, but unknown. */
function missing({ clusterName }: ClusterDeclaration, environment: string): string {
  return `EKS has no cluster ${clusterName} in ${environment}: the deployment would fail`;
}
