import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { MaintenanceWindow } from './maintenance-window';
import { says } from './messages';
import { KINDS } from '../diagnostics/kinds';
import { isKnownAtSynth } from '../diagnostics/known-at-synth';
import { requireBooleanIfGiven, requireKindIfGiven, requireListIfGiven } from '../diagnostics/require-kind';
import { refusal } from '../engine/messages/refusal';

/** What an upgrade guard does with what it finds. */
export enum UpgradeGuardMode {
  /** `UpgradeGuard.enforce()`. */
  ENFORCE = 'enforce',
  /** `UpgradeGuard.warnOnly()`. */
  WARN_ONLY = 'warn',
  /** `UpgradeGuard.disabled()`. */
  DISABLED = 'disabled',
}

/** How strict an upgrade guard is, and how patient. */
export interface UpgradeGuardOptions {
  /**
   * IDs of findings that are accepted: reported as accepted, but no reason to refuse. `docs/messages.md` lists all;
   * those of insights carry the insight's name, such as `insight-deprecated-apis-removed-in-kubernetes-v1-32`.
   *
   * Anything else is refused when the app is synthesised.
   *
   * @default - none
   */
  readonly ignore?: string[];

  /**
   * Whether EKS upgrades, or rolls back, the control plane in spite of its own insights: `Force` of the cluster in the template.
   *
   * An insight that is accepted by `ignore` passes the guard, but EKS may refuse the upgrade all the same. `Force` overrides every
   * readiness check that would block at EKS; the guard still refuses what is not accepted. Take it out again after the upgrade.
   *
   * Needs at least one insight in `ignore`, and a cluster of `aws-eks-v2` that this app makes.
   *
   * @default false
   * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_UpdateClusterVersion.html
   */
  readonly force?: boolean;

  /**
   * How old EKS's upgrade insights may be. Older ones are refreshed and awaited first.
   *
   * So are younger ones of which one blocks, since what it found fault with may have been fixed.
   *
   * @default Duration.hours(1)
   * @see https://docs.aws.amazon.com/eks/latest/userguide/cluster-insights.html
   */
  readonly maxInsightAge?: Duration;

  /**
   * How long to wait for another update of the cluster that is under way; at most 10 minutes.
   *
   * @default - not at all: the upgrade is refused
   */
  readonly waitForOngoingUpdate?: Duration;

  /**
   * When versions, releases and add-ons may move on. Outside of it, a deployment that moves one is refused; all else deploys, and
   * so does what goes back to something older. In an emergency, `ignore: ['outside-window']` opens it, visibly in the diff.
   *
   * @default - at any time
   */
  readonly window?: MaintenanceWindow;

  /**
   * Name or ARN of an SSM Change Calendar that must be open when a version, a release or an add-on moves on.
   *
   * @default - no calendar is asked
   * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/systems-manager-change-calendar.html
   */
  readonly calendar?: string;

  /**
   * Alarms that must not fire when a version, a release or an add-on moves on, of the account and Region of the stack. What is
   * watched after it has moved is baked: see `BakeOptions`.
   *
   * @default - none
   */
  readonly notWhile?: cloudwatch.IAlarm[];

  /**
   * Whether to look into the cluster as well, before nodes are replaced: whether PodDisruptionBudgets let them drain, and whether
   * pods and their data come back.
   *
   * Gives the function's role an access entry of the cluster with the policy `AmazonEKSViewPolicy`, and the group `cdk-eks-upgrades`; the
   * cluster's authentication mode must allow access entries. The deployment that turns it on makes the entry and cannot look yet. A cluster
   * that cannot be reached is a warning.
   *
   * @default false
   * @see https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html
   */
  readonly workloads?: boolean;
}

/**
 * What checks a cluster inside the deployment, before CloudFormation touches the control plane.
 *
 * @example
 * new UpgradableCluster(this, 'Cluster', {
 *   version: eks.KubernetesVersion.V1_36,
 *   upgradeGuard: UpgradeGuard.enforce({ ignore: ['free-addresses'] }),
 * });
 */
export class UpgradeGuard {
  /** Errors refuse the upgrade; warnings are logged. */
  public static enforce(options: UpgradeGuardOptions = {}): UpgradeGuard {
    return new UpgradeGuard(UpgradeGuardMode.ENFORCE, options);
  }

  /** Findings are logged and refuse nothing. */
  public static warnOnly(options: UpgradeGuardOptions = {}): UpgradeGuard {
    return new UpgradeGuard(UpgradeGuardMode.WARN_ONLY, options);
  }

  /** No guard: nothing is added to the stack. */
  public static disabled(): UpgradeGuard {
    return new UpgradeGuard(UpgradeGuardMode.DISABLED, {});
  }

  private constructor(
    /** What the guard does with what it finds. */
    public readonly mode: UpgradeGuardMode,
    /** How strict the guard is, and how patient. */
    public readonly options: UpgradeGuardOptions,
  ) {
    requireKinds(options);
    const { ignore = [], force, maxInsightAge, waitForOngoingUpdate } = options;
    if (ignore.length > 0) {
      requireIdsOfFindings(ignore);
    }
    if (force && ignore.every((id) => isKnownAtSynth(id) && !/^(upgrade-insights|rollback-insights|insight-)/.test(id))) {
      throw refusal(says.forcesNothing({}));
    }
    if (maxInsightAge && !Number.isInteger(maxInsightAge.toMinutes({ integral: false }))) {
      throw refusal(says.maxInsightAge({ maxInsightAge: maxInsightAge.toHumanString() }));
    }
    const wait = waitForOngoingUpdate?.toSeconds({ integral: false });
    if (wait !== undefined && (!Number.isInteger(wait) || wait > Duration.minutes(10).toSeconds())) {
      throw refusal(says.waitForOngoingUpdate({ waitForOngoingUpdate: waitForOngoingUpdate!.toHumanString() }));
    }
  }
}

/** Refuses what only TypeScript would have refused. */
function requireKinds(options: UpgradeGuardOptions): void {
  requireListIfGiven('ignore', options.ignore, { write: "'id-of-a-finding'" });
  requireBooleanIfGiven('force', options.force);
  requireKindIfGiven('maxInsightAge', options.maxInsightAge, KINDS.duration);
  requireKindIfGiven('waitForOngoingUpdate', options.waitForOngoingUpdate, KINDS.duration);
  requireKindIfGiven('window', options.window, KINDS.window);
  requireListIfGiven('notWhile', options.notWhile, KINDS.alarm);
  requireBooleanIfGiven('workloads', options.workloads);
}

function requireIdsOfFindings(ignore: readonly string[]): void {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an app that accepts nothing does not wait for the checks
  const { acceptsFindings, CHECK_IDS } = require('../engine/judgement/acceptance') as typeof import('../engine/judgement/acceptance');
  const unknown = ignore.find((id) => isKnownAtSynth(id) && !acceptsFindings(id));
  if (unknown !== undefined) {
    throw refusal(says.notAFinding({ unknown, checks: CHECK_IDS }));
  }
}
