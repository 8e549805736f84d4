import { EksAmiRelease } from '../../engine/ami/eks-ami-release';
import { EksAmiType } from '../../engine/ami/eks-ami-type';
import { releaseIn } from '../../engine/ami/release-in';
import { sentence } from '../../engine/messages/sentence';
import { Known } from '../../engine/state/known';
import { withoutControlCharacters } from '../../engine/state/untrusted-text';
import { ParameterValue } from '../../live/parameter';
import { stays } from '../messages';

/** When to take a release. */
export interface RefreshPolicy {
  readonly now: Date;
  /** Only releases that have been out for so long. @default 0 */
  readonly soakMillis?: number;
  /** Whether to follow AWS back to an older release. @default false */
  readonly allowOlder?: boolean;
}

/** What becomes of a looked-up release, or image; what is wrong with the one in use is flagged. */
export type ReleaseMove = { readonly from?: string; readonly flags?: readonly string[] } & (
  /** It is what is published. */
  | { readonly outcome: 'current' }
  /** It gives way to what is published; `until` where that was taken before it has soaked, since nothing was looked up before. */
  | { readonly outcome: 'moved'; readonly value: string; readonly until?: string } & Published
  /** What is published has not been out for long enough. */
  | { readonly outcome: 'soaking'; readonly until: string } & Published
  /** What is published is older: AWS has taken the recommendation back. */
  | { readonly outcome: 'withdrawn'; readonly isOlder: boolean } & Published
  /** Nothing is published any more, or nothing that the node groups can use. */
  | { readonly outcome: 'unfit'; readonly why: string }
  | { readonly outcome: 'unreadable'; readonly why: string }
);

/** A release and since when it is recommended. */
interface Published {
  readonly to: string;
  /** The name of an image. */
  readonly toName?: string;
  /** ISO 8601. */
  readonly publishedAt: string;
  readonly releaseNotesUrl?: string;
}

/** What is published, beside what is in use. */
type Offered = Published & Pick<ReleaseMove, 'from'>;

/** What is judged: the value in `cdk.context.json` beside the one in SSM. */
export interface PinnedAndPublished {
  /** Absent when the release was never looked up. */
  readonly pinned?: string;
  /** Undefined when there is no such parameter. */
  readonly published: Known<ParameterValue | undefined>;
  /** Undefined for a type that is newer than this library. */
  readonly amiType?: EksAmiType;
  /** Absent where only the deployment knows it. */
  readonly kubernetesVersion?: string;
}

/** Decides whether a looked-up release moves. */
export function judgeRelease({ pinned, published, amiType, kubernetesVersion }: PinnedAndPublished, policy: RefreshPolicy): ReleaseMove {
  const current = releaseIn(amiType, pinned);
  const from = current?.releaseVersion ?? pinned;
  if (!published.known) return { outcome: 'unreadable', from, why: published.why };
  if (!published.value) return { outcome: 'unfit', from, why: sentence(stays.notPublished({})) };

  const { value, modifiedAt } = published.value;
  if (value === pinned) return { outcome: 'current', from };
  const offered = releaseIn(amiType, value);
  if (amiType && !offered) {
    return { outcome: 'unfit', from, why: sentence(stays.notARelease({ value: withoutControlCharacters(value), amiType })) };
  }
  if (offered?.kubernetesVersion && kubernetesVersion !== undefined && offered.kubernetesVersion !== kubernetesVersion) {
    return {
      outcome: 'unfit',
      from,
      why: sentence(stays.releaseOfOtherMinor({
        release: offered.releaseVersion, version: offered.kubernetesVersion, nodes: kubernetesVersion,
      })),
    };
  }
  const to = offered?.releaseVersion ?? value;
  if (to === from) return { outcome: 'current', from };

  const release = { from, to, publishedAt: publishedAt(modifiedAt, offered), releaseNotesUrl: amiType?.releaseNotesUrl(to) };
  return mayBeOlder(offered, current, pinned)
    ? takenOrWithdrawn(release, value, offered !== undefined, policy)
    : takenOrSoaking(release, value, policy);
}

/** Until when a release, or an image, that was published at a time is not taken. */
export function soaksUntil(since: string, { soakMillis = 0 }: RefreshPolicy): Date {
  return new Date(Date.parse(since) + soakMillis);
}

/**
 * What becomes of one that is newer than the one in use. Where there is none in use, it does not wait: nothing can be synthesised without
 * one, and the CDK looks up what is published whatever it is.
 */
export function takenOrSoaking(offered: Offered, value: string, policy: RefreshPolicy): ReleaseMove {
  const soaks = soaksUntil(offered.publishedAt, policy);
  if (soaks <= policy.now) return { outcome: 'moved', ...offered, value };
  const until = soaks.toISOString();
  return offered.from === undefined ? { outcome: 'moved', ...offered, value, until } : { outcome: 'soaking', ...offered, until };
}

/** What becomes of one that is, or may be, older than the one in use. It does not soak: it has been out before. */
export function takenOrWithdrawn(offered: Offered, value: string, isOlder: boolean, { allowOlder }: RefreshPolicy): ReleaseMove {
  return allowOlder ? { outcome: 'moved', ...offered, value } : { outcome: 'withdrawn', ...offered, isOlder };
}

/** Since when the release is recommended. The later of two days: AWS may publish a release a while after its date, and take it up again. */
function publishedAt(modifiedAt: string, release: EksAmiRelease | undefined): string {
  const date = release?.date && new Date(release.date).toISOString();
  return date && date > modifiedAt ? date : modifiedAt;
}

/** Of a type that this library does not know, nobody can tell which of two releases is the older one. */
function mayBeOlder(offered: EksAmiRelease | undefined, current: EksAmiRelease | undefined, pinned: string | undefined): boolean {
  return offered ? current !== undefined && offered.compareTo(current) < 0 : pinned !== undefined;
}
