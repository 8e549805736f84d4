import { Token } from 'aws-cdk-lib';
import { requireInteger } from '../diagnostics/require-integer';

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
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-eks-nodegroup-warmpoolconfig.html
 */
export interface WarmPoolOptions {
  /**
   * The fewest instances that wait.
   *
   * @default - chosen by EKS
   */
  readonly minSize?: number;

  /**
   * The most instances that may wait.
   *
   * @default - chosen by EKS
   */
  readonly maxGroupPreparedCapacity?: number;

  /**
   * In which state the instances wait.
   *
   * @default - chosen by EKS
   */
  readonly poolState?: WarmPoolState;

  /**
   * Whether instances return to the pool when the group scales in, rather than end.
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
 * @throws if a size is negative or not whole, or the pool's minimum exceeds its capacity
 */
export function renderWarmPool(options: WarmPoolOptions): object {
  const { minSize, maxGroupPreparedCapacity, poolState, reuseOnScaleIn } = options;
  requireInteger('warmPool.minSize', minSize, { min: 0 });
  requireInteger('warmPool.maxGroupPreparedCapacity', maxGroupPreparedCapacity, { min: 0 });
  if (!Token.isUnresolved(minSize) && !Token.isUnresolved(maxGroupPreparedCapacity)
    && minSize !== undefined && maxGroupPreparedCapacity !== undefined && minSize > maxGroupPreparedCapacity) {
    throw new Error(`warmPool.minSize is ${minSize}, more than warmPool.maxGroupPreparedCapacity (${maxGroupPreparedCapacity}): `
      + 'lower the one or raise the other');
  }
  return {
    Enabled: true,
    MinSize: minSize,
    MaxGroupPreparedCapacity: maxGroupPreparedCapacity,
    PoolState: poolState,
    ReuseOnScaleIn: reuseOnScaleIn,
  };
}
