/**
 * How the release versions of an EKS AMI are written.
 *
 * Always chosen by AMI type, never guessed from the text: a Bottlerocket build hash made of digits
 * only looks like an Amazon Linux date.
 */
export enum ReleaseVersionScheme {
  /** Kubernetes patch version and release date: `1.36.2-20260714`. */
  AMAZON_LINUX = 'AMAZON_LINUX',

  /** Bottlerocket version and 7 or 8 hexadecimal digits of the build: `1.34.0-18d04e52`. It does not name a Kubernetes version. */
  BOTTLEROCKET = 'BOTTLEROCKET',

  /** Kubernetes minor version and release date: `1.35-2026.04.18`; `1.35-2026-04-18` is understood as well. */
  WINDOWS = 'WINDOWS',
}

/** What a release version says, once read. */
export interface ReleaseVersionParts {
  /** Kubernetes minor, such as `1.36`; absent for Bottlerocket. */
  readonly kubernetesVersion?: string;
  /** Kubernetes patch, such as `1.36.2`; Amazon Linux only. */
  readonly kubernetesPatchVersion?: string;
  /** Day of the release as `YYYY-MM-DD`; absent for Bottlerocket. */
  readonly date?: string;
  /** Version of the operating system, such as `1.34.0`; Bottlerocket only. */
  readonly osVersion?: string;
  /** Numbers by which releases of one scheme are ordered, most significant first. */
  readonly rank: readonly number[];
}

interface SchemeRules {
  /** An example and its reading, for error messages. */
  readonly form: string;
  read(text: string): ReleaseVersionParts | undefined;
}

const RULES: Record<ReleaseVersionScheme, SchemeRules> = {
  [ReleaseVersionScheme.AMAZON_LINUX]: {
    form: "the Kubernetes patch version and the release date, such as '1.36.2-20260714'",
    read: (text) => {
      const match = /^(\d+)\.(\d+)\.(\d+)-(\d{4})(\d{2})(\d{2})$/.exec(text);
      if (!match) { return undefined; }
      const [major, minor, patch, year, month, day] = match.slice(1).map(Number);
      return {
        kubernetesVersion: `${major}.${minor}`,
        kubernetesPatchVersion: `${major}.${minor}.${patch}`,
        date: match.slice(4).join('-'),
        rank: [major, minor, year, month, day, patch],
      };
    },
  },
  [ReleaseVersionScheme.BOTTLEROCKET]: {
    form: "the Bottlerocket version and its build, such as '1.34.0-18d04e52'",
    read: (text) => {
      const match = /^(\d+)\.(\d+)\.(\d+)-[0-9a-f]{7,8}$/.exec(text);
      if (!match) { return undefined; }
      const rank = match.slice(1).map(Number);
      return { osVersion: rank.join('.'), rank };
    },
  },
  [ReleaseVersionScheme.WINDOWS]: {
    form: "the Kubernetes version and the release date, such as '1.35-2026.04.18'",
    read: (text) => {
      const match = /^(\d+)\.(\d+)-(\d{4})[.-](\d{2})[.-](\d{2})$/.exec(text);
      if (!match) { return undefined; }
      const rank = match.slice(1).map(Number);
      return { kubernetesVersion: `${rank[0]}.${rank[1]}`, date: match.slice(3).join('-'), rank };
    },
  },
};

/**
 * Reads a release version of the given scheme; undefined when the text has another form or a date that does not exist.
 */
export function readReleaseVersion(scheme: ReleaseVersionScheme, text: string): ReleaseVersionParts | undefined {
  const parts = RULES[scheme].read(text);
  return parts && (parts.date === undefined || isCalendarDate(parts.date)) ? parts : undefined;
}

/**
 * Whether a text that can be a release of Bottlerocket rather is one of Amazon Linux: its build reads as a day since 2019, since
 * when EKS dates AMIs. That a build is such a number by chance is one in thousands; that the release of another node group was
 * copied is likelier.
 */
export function isAmazonLinuxReleaseOnBottlerocket(scheme: ReleaseVersionScheme, text: string): boolean {
  const date = scheme === ReleaseVersionScheme.BOTTLEROCKET ? readReleaseVersion(ReleaseVersionScheme.AMAZON_LINUX, text)?.date : undefined;
  return date !== undefined && date >= '2019';
}

/** How a release version of the given scheme is written, in words and with an example. */
export function formOf(scheme: ReleaseVersionScheme): string {
  return RULES[scheme].form;
}

function isCalendarDate(date: string): boolean {
  const time = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(date);
}
