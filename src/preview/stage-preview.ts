import { Stack, Stage } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { declarationsOf } from './app-declarations';
import { ClusterPreview, isWorthSaying, previewCluster } from './cluster-preview';
import { warnings } from './messages';
import { renderCreation, renderPreview, renderRefusals, renderRefusedCreation } from './preview-text';
import { PREVIEW_CONTEXT_KEY, PreviewAnswer, PreviewMode } from './question';
import { flagsOfRelease, newsOfRelease, renderNewsOfRelease } from './release-news';
import { reportQuestion } from './report-question';
import { declarationsSeenBy, WantedResources, wantedSeenBy } from './seen-app';
import { inform, reportError, warn } from '../diagnostics/annotations';
import { Carried } from '../diagnostics/carried';
import { ClusterDeclaration } from '../engine/declaration/cluster-declaration';
import { ReleaseDeclaration } from '../engine/declaration/release-declaration';
import { clusterToCreate, judgeCreation } from '../engine/judgement/creation';
import { DeployedStack } from '../engine/state/deployed-stack';
import { Known } from '../engine/state/known';
import { environmentKey, LiveCluster, LiveView } from '../engine/state/live-view';

/** Something of the stage, and what it declares. */
interface Previewed<Declaration> {
  readonly declaration: Declaration;
  readonly construct: IConstruct;
}

/** The answer as it comes back; where the plugin could not be asked, the CLI itself says why. */
type Context = PreviewAnswer | { readonly $providerError: string } | undefined;

/** Previews the clusters and tracked releases of one stage of an app, while it is synthesised. */
export class StagePreview {
  /** What could not be read, with the first construct for which it was wanted: one reason is said once. */
  private readonly failures = new Map<string, IConstruct>();

  constructor(private readonly stage: Stage, private readonly mode: PreviewMode) {}

  /** Asks when there is no answer yet, else annotates the constructs. Changes no template, and never throws. */
  public make(): void {
    const declarations = declarationsSeenBy(this.stage);
    const clusters = this.ofThisStage(declarations.clusters);
    const releases = this.ofThisStage(declarations.releases);
    const [first] = [...clusters, ...releases];
    if (first) this.askOrAnnotate(first.construct, { clusters, releases });
  }

  private askOrAnnotate(
    first: IConstruct,
    { clusters, releases }: { clusters: readonly Previewed<ClusterDeclaration>[]; releases: readonly Previewed<ReleaseDeclaration>[] },
  ): void {
    const answer = this.stage.node.tryGetContext(PREVIEW_CONTEXT_KEY) as Context;
    if (answer === undefined) {
      askOnce(Stack.of(first));
    } else if ('clusters' in answer) {
      this.annotate(clusters, answer);
      this.annotateReleases(releases, answer);
    } else {
      this.failures.set('failure' in answer ? answer.failure : answer.$providerError, first);
    }
    this.failures.forEach((construct, why) => (this.mode === 'calm' ? inform : warn)(
      construct, warnings.previewIncomplete({ why }),
    ));
  }

  /** What is in other stages is annotated when these are synthesised. */
  private ofThisStage<Declaration extends { readonly path: string }>(declarations: readonly Declaration[]): Previewed<Declaration>[] {
    const constructs = new Map(this.stage.node.findAll().map((construct) => [construct.node.path, construct]));
    return declarations.flatMap((declaration) => {
      const construct = constructs.get(declaration.path);
      return construct && Stage.of(construct) === this.stage ? [{ declaration, construct }] : [];
    });
  }

  private annotate(clusters: readonly Previewed<ClusterDeclaration>[], view: LiveView): void {
    const wanted = wantedSeenBy(this.stage);
    for (const { declaration, construct } of clusters) {
      const live = view.clusters.find(({ path }) => path === declaration.path);
      if (live && live.state === undefined) this.previewCreation({ declaration, construct }, live, view, wanted);
      const preview = this.previewOf(declaration, construct, live, view, wanted);
      if (preview && isWorthSaying(preview)) this.say(preview, construct);
    }
  }

  private annotateReleases(releases: readonly Previewed<ReleaseDeclaration>[], { environments, observedAt }: LiveView): void {
    for (const { declaration, construct } of releases) {
      const environment = environments[environmentKey(declaration)];
      if (!environment) {
        this.failures.set(cameUpLate(declaration), construct);
        continue;
      }
      const now = new Date(observedAt);
      const flags = flagsOfRelease(declaration, environment.catalog, now);
      if (flags.length > 0) (this.mode === 'calm' ? inform : warn)(construct, { reason: 'previewImage', message: flags.join('; ') });
      const news = newsOfRelease(declaration, environment.catalog, now);
      if (!news.known) this.noteFailure(news.why, construct);
      else if (news.value) inform(construct, { reason: 'preview', message: renderNewsOfRelease(declaration, news.value) });
    }
  }

  private previewOf(
    declaration: ClusterDeclaration, construct: IConstruct, live: LiveCluster | undefined, { environments }: LiveView,
    wanted: WantedResources,
  ): ClusterPreview | undefined {
    if (!live) {
      this.failures.set(cameUpLate(declaration), construct);
      return undefined;
    }
    if (live.state === undefined) return undefined;
    if (!live.state.known) {
      this.noteFailure(live.state.why, construct);
      return undefined;
    }
    const { catalog, stacks } = environments[live.environment];
    return previewCluster({ declaration, state: live.state.value, catalog, deployed: this.readable(stacks, construct), wanted });
  }

  /**
   * Of a cluster that does not exist there is nothing that could be hurt, but much that EKS would refuse after it has built the
   * control plane.
   */
  private previewCreation(
    { declaration, construct }: Previewed<ClusterDeclaration>, live: LiveCluster, { environments, observedAt }: LiveView,
    wanted: WantedResources,
  ): void {
    const cluster = clusterToCreate({ declaration, wanted, catalog: environments[live.environment].catalog }, observedAt);
    const all = cluster ? judgeCreation(cluster).findings : [];
    const findings = all.filter(({ unknown }) => !unknown);
    all.filter(({ unknown, severity }) => unknown && severity !== 'info').forEach(({ message }) => this.noteFailure(message, construct));
    if (findings.every(({ severity }) => severity === 'info')) return;
    const isWrong = findings.some(({ severity }) => severity === 'error');
    const say = this.mode === 'calm' && !isWrong ? inform : warn;
    say(construct, { reason: 'preview', message: renderCreation(cluster!.state.name, findings) });
    if (this.mode === 'strict' && isWrong) {
      reportError(construct, { reason: 'previewRefused', message: renderRefusedCreation(cluster!.state.name, findings) });
    }
  }

  private readable(stacks: Readonly<Record<string, Known<DeployedStack>>>, construct: IConstruct): Record<string, DeployedStack> {
    return Object.fromEntries(Object.entries(stacks).flatMap(([name, stack]) => {
      if (stack.known) return [[name, stack.value]];
      this.noteFailure(stack.why, construct);
      return [];
    }));
  }

  private noteFailure(why: string, construct: IConstruct): void {
    if (!this.failures.has(why)) this.failures.set(why, construct);
  }

  private say(preview: ClusterPreview, construct: IConstruct): void {
    const { findings, drift, unread } = preview;
    const isSerious = drift.length > 0 || unread.length > 0 || findings.some(({ severity }) => severity !== 'info');
    const isCalm = this.mode === 'calm' && preview.refusals.length === 0;
    (isSerious && !isCalm ? warn : inform)(construct, { reason: 'preview', message: renderPreview(preview) });
    if (this.mode === 'strict' && preview.refusals.length > 0) {
      reportError(construct, { reason: 'previewRefused', message: renderRefusals(preview) });
    }
  }
}

const Asked = new Carried<true>('PreviewAsked');

/** Of an app of many stages, the first leaves the question for all: the CLI takes but one. */
function askOnce(stack: Stack): void {
  const { root } = stack.node;
  if (Asked.of(root)) return;
  Asked.give(root, true);
  reportQuestion(stack, declarationsOf(root));
}

function cameUpLate({ path }: { readonly path: string }): string {
  return `${path} came up only after other look-ups had been made: run the command again`;
}
