import { Refreshing } from './refreshing';
import { ReleaseMove, soaksUntil } from './release-move';
import { EksAmiType } from '../../engine/ami/eks-ami-type';
import { imageIdParameterOfRelease } from '../../engine/ami/release-image';
import { contextKey } from '../../engine/state/context-key';
import { attempt } from '../../live/attempt';
import { readReleaseStanding } from '../../live/release-standing';
import { TrackedLookUp } from '../app/tracked-look-up';

/** The newer releases that wait for their turn, by release version: since when each is recommended, ISO 8601. */
export type SeenReleases = Readonly<Record<string, string>>;

/** What becomes of a release, and which newer ones to remember; undefined where none waits. */
export interface MoveWithSeen {
  readonly move: ReleaseMove;
  readonly seen?: SeenReleases;
}

/** A release that was judged, and what is remembered of it. */
export interface JudgedRelease extends MoveWithSeen {
  readonly lookUp: TrackedLookUp;
  /** Undefined for a type that is newer than this library. */
  readonly amiType?: EksAmiType;
}

/** The key of what was seen of a parameter: beside that of the release, which is the CDK's own and holds the release alone. */
export function seenReleasesKey({ environment: { account = '', region = '' }, parameterName }: TrackedLookUp): string {
  return contextKey('seen-releases', { account, parameterName, region });
}

/** The releases in a value of the context; undefined for anything else. */
export function seenReleasesIn(value: unknown): SeenReleases | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.fromEntries(Object.entries(value).filter(([, since]) => typeof since === 'string' && !Number.isNaN(Date.parse(since))));
}

/**
 * Where the latest release has not soaked, takes the newest of those before it that has, and that AWS still publishes, so that
 * frequent releases do not delay an update for ever.
 *
 * AWS tells the latest release only: earlier ones are those that a refresh has seen. Not for Windows, whose earlier images are not
 * published, nor for parameters of the user's own, which hold the one release that is promoted.
 */
export async function withSeen(
  { lookUp, amiType, move, seen }: JudgedRelease, { environments, policy }: Pick<Refreshing, 'environments' | 'policy'>,
): Promise<MoveWithSeen> {
  if (move.outcome === 'unfit' || move.outcome === 'unreadable') return { move, seen };
  if (move.outcome !== 'soaking') return { move };
  const { kubernetesVersion, parameterName } = lookUp;
  if (!amiType || kubernetesVersion === undefined || amiType.releaseVersionParameter(kubernetesVersion) !== parameterName) return { move };
  const { from, to } = move;
  if (imageIdParameterOfRelease(amiType, kubernetesVersion, to) === undefined) return { move };

  const before = from === undefined || !amiType.isRelease(from) ? [] : releasesBetween(amiType, from, to, Object.keys(seen ?? {}));
  const since = (version: string) => version === to ? move.publishedAt : seen![version];
  const waiting = (versions: readonly string[]) => Object.fromEntries([...versions, to].map((version) => [version, since(version)]));
  const hasSoaked = (version: string) => soaksUntil(since(version), policy) <= policy.now;
  const { ssm } = environments.connect(lookUp.environment);
  for (const version of before.filter(hasSoaked).reverse()) {
    const release = { amiType: amiType.apiName, kubernetesVersion, releaseVersion: version };
    const standing = await attempt(async () => readReleaseStanding(ssm, release, to));
    if (!standing.known) return { move: { outcome: 'unreadable', from, why: standing.why }, seen };
    if (!standing.value.published) continue;
    return {
      move: {
        outcome: 'moved', from, to: version, value: version, publishedAt: since(version), releaseNotesUrl: amiType.releaseNotesUrl(version),
      },
      seen: waiting(before.slice(before.indexOf(version) + 1)),
    };
  }
  return { move, seen: waiting(before) };
}

/** Those newer than one and older than the other, the oldest first. */
function releasesBetween(amiType: EksAmiType, from: string, to: string, versions: readonly string[]): string[] {
  const compare = (one: string, other: string) => amiType.parseRelease(one).compareTo(amiType.parseRelease(other));
  return versions.filter((version) => amiType.isRelease(version) && compare(version, from) > 0 && compare(version, to) < 0).sort(compare);
}
