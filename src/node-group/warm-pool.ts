import { Token } from 'aws-cdk-lib';
import { says } from './messages';
import { requireInteger } from '../diagnostics/require-integer';
import { EksAmiType } from '../engine/ami/eks-ami-type';
import { AmiFamily } from '../engine/ami/eks-ami-type-options';
import { refusal } from '../engine/messages/refusal';

/** In which state the instances of a warm pool wait. */
export enum WarmPoolState {
  /** Stopped: only volumes and addresses are paid for. */
  STOPPED = 'STOPPED',
  /** Running: the fastest and the dearest. */
  RUNNING = 'RUNNING',
  /** Hibernated: memory is kept on disk. */
  HIBERNATED = 'HIBERNATED',
}

/**
 * A warm pool: instances that are initialised ahead of time, so that a node group scales out faster.
 *
 * EKS has none for golden images, and EC2 Auto Scaling documents none for Spot Instances and capacity blocks.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-eks-nodegroup-warmpoolconfig.html
 */
export interface WarmPoolOptions {
  /**
   * Whether there is a pool.
   *
   * Leaving `warmPool` out again leaves the pool as it is: EKS keeps what an update does not name. To remove it, give `enabled: false` and
   * nothing else, deploy, and leave `warmPool` out after that, if you like.
   *
   * @default true
   */
  readonly enabled?: boolean;

  /**
   * The fewest instances that wait.
   *
   * @default - chosen by EKS
   */
  readonly minSize?: number;

  /**
   * The most instances that are prepared, those in service included; -1 is no limit but the maximum size of the group.
   *
   * @default - chosen by EKS
   */
  readonly maxGroupPreparedCapacity?: number;

  /**
   * In which state the instances wait. Bottlerocket nodes cannot hibernate.
   *
   * @default - chosen by EKS
   */
  readonly poolState?: WarmPoolState;

  /**
   * Whether instances return to the pool when the group scales in, rather than end. Bottlerocket nodes cannot.
   *
   * @default - chosen by EKS
   */
  readonly reuseOnScaleIn?: boolean;
}

/**
 * The CloudFormation property for these options.
 *
 * As the template has it: the generated resources of older versions of the CDK do not know the property, and would leave it out.
 *
 * @param amiType undefined where it is a token
 * @throws if a size is out of its range, the pool's minimum exceeds its capacity, the nodes cannot do what is asked for, or a pool that is
 * switched off has options
 */
export function renderWarmPool(options: WarmPoolOptions, amiType: EksAmiType | undefined): object {
  const { enabled = true, ...pool } = options;
  if (!enabled) {
    requireNothingElse(pool);
    return { Enabled: false };
  }
  const { minSize, maxGroupPreparedCapacity, poolState, reuseOnScaleIn } = pool;
  requireInteger('warmPool.minSize', minSize, { min: 0 });
  requireInteger('warmPool.maxGroupPreparedCapacity', maxGroupPreparedCapacity, { min: NO_LIMIT });
  const isLimited = maxGroupPreparedCapacity !== undefined && !Token.isUnresolved(
    maxGroupPreparedCapacity,
  ) && maxGroupPreparedCapacity !== NO_LIMIT;
  if (isLimited && minSize !== undefined && !Token.isUnresolved(minSize) && minSize > maxGroupPreparedCapacity) {
    throw refusal(says.minSizeTooLarge({ minSize, maxGroupPreparedCapacity }));
  }
  if (amiType?.family === AmiFamily.BOTTLEROCKET) requireFitForBottlerocket(pool, amiType);
  return {
    Enabled: true,
    MinSize: minSize,
    MaxGroupPreparedCapacity: maxGroupPreparedCapacity,
    PoolState: poolState,
    ReuseOnScaleIn: reuseOnScaleIn,
  };
}

/** Of the prepared capacity: as many as the group may have. */
const NO_LIMIT = -1;

function requireNothingElse(pool: Omit<WarmPoolOptions, 'enabled'>): void {
  const [given] = Object.entries(pool).find(([, value]) => value !== undefined) ?? [];
  if (given !== undefined) {
    throw refusal(says.poolIsOff({ option: given }));
  }
}

/** EKS refuses both for Bottlerocket. */
function requireFitForBottlerocket({ poolState, reuseOnScaleIn }: WarmPoolOptions, amiType: EksAmiType): void {
  if (poolState === WarmPoolState.HIBERNATED) {
    throw refusal(says.noHibernation({ amiType }));
  }
  if (reuseOnScaleIn === true) {
    throw refusal(says.noReuse({ amiType }));
  }
}
