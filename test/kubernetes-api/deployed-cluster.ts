import { rm } from 'node:fs/promises';
import { ApiServer } from './api-server';
import { giveApi, signAsNewCaller } from './eks-cluster';
import type { LocalAws } from '../aws/aws-server';
import type { ClusterRecord } from '../aws/eks-region';
import { clusterApp, deployCluster, deployStack } from '../cli/_cluster-app';

/**
 * Deploys an app with a cluster as it is before an upgrade, and with a real Kubernetes API.
 *
 * Whoever signs in this process is somebody whom nothing is allowed yet.
 */
export async function deployWithApi(aws: LocalAws, api: ApiServer): Promise<ClusterRecord> {
  signAsNewCaller();
  aws.publishAmis({ minors: ['1.35', '1.36', '1.37'], date: '2026-07-14', patch: 4 });
  const app = await clusterApp({});
  const cluster = deployCluster(aws);
  giveApi(cluster, api);
  await deployStack(aws, app, 'Prod');
  await rm(app, { recursive: true });
  return cluster;
}
