import { Construct } from 'constructs';
import { whenRendered } from '../diagnostics/rendered-properties';
import { MAX_INSIGHT_AGE_MINUTES } from '../engine/declaration/cluster-declaration';
import { CLUSTER_METADATA_TYPE, ClusterMetadata } from '../engine/declaration/metadata';
import { literalAlarmNames } from '../guard/guarded-schedule';
import { UpgradeGuard } from '../guard/upgrade-guard';

/** Writes down what tools read of a cluster in the cloud assembly. */
export function recordCluster(cluster: Construct, { mode, options }: UpgradeGuard, rest: Omit<ClusterMetadata, 'guard'>): void {
  const metadata: ClusterMetadata = {
    ...rest,
    guard: {
      mode,
      ignore: options.ignore ?? [],
      maxInsightAgeMinutes: options.maxInsightAge?.toMinutes() ?? MAX_INSIGHT_AGE_MINUTES,
      workloads: options.workloads,
      windows: options.window?._weekly,
      calendar: options.calendar,
      alarms: options.notWhile && whenRendered(() => literalAlarmNames(options.notWhile!)),
    },
  };
  cluster.node.addMetadata(CLUSTER_METADATA_TYPE, metadata);
}
