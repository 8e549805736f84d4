import { App, Stack, Stage } from 'aws-cdk-lib';
import { CfnNodegroup } from 'aws-cdk-lib/aws-eks';
import { Construct } from 'constructs';
import { NODE_GROUP_METADATA_TYPE } from '../../src/engine/declaration/metadata';
import { declarationsSeenBy, wantedSeenBy } from '../../src/preview/seen-app';

const env = { account: '111122223333', region: 'us-west-2' };

/** A node group of a cluster that is imported, by the path of its construct. */
function nodeGroup(stack: Stack, id: string, cluster = 'Platform/Stack/Imported'): void {
  const group = new CfnNodegroup(stack, id, { clusterName: 'prod', nodeRole: 'role', subnets: [] });
  group.node.addMetadata(NODE_GROUP_METADATA_TYPE, { cluster, clusterName: 'prod', logicalId: id });
}

function world() {
  const app = new App();
  const [platform, workloads] = ['Platform', 'Workloads'].map((id) => new Stage(app, id));
  const [here, there] = [platform, workloads].map((stage) => new Stack(stage, 'Stack', { env }));
  new Construct(here, 'Imported');
  nodeGroup(here, 'Here');
  nodeGroup(there, 'There');
  return { app, platform, workloads, here, there };
}

const declaredFor = (stage: Stage) => declarationsSeenBy(stage).clusters.flatMap(({ nodeGroups }) => nodeGroups)
  .map(({ path }) => path).sort();
const wantedFor = (stage: Stage) => Object.values(wantedSeenBy(stage)).flatMap((stacks) => Object.entries(stacks))
  .flatMap(([name, resources]) => Object.keys(resources).map((id) => `${name}/${id}`)).sort();

test('a stage sees what other stages declare for its clusters, and what they hold', () => {
  const { app, platform, workloads } = world();
  for (const stage of [platform, workloads, app]) {
    expect(declaredFor(stage)).toEqual(['Platform/Stack/Here', 'Workloads/Stack/There']);
    expect(wantedFor(stage)).toEqual(['Platform-Stack/Here', 'Workloads-Stack/There']);
  }
});

test('a stage sees itself as it is now, whoever has looked before', () => {
  const { app, platform, workloads, there } = world();
  declaredFor(platform);
  wantedFor(platform);
  nodeGroup(there, 'Late');
  for (const stage of [workloads, app]) {
    expect(declaredFor(stage)).toEqual(['Platform/Stack/Here', 'Workloads/Stack/Late', 'Workloads/Stack/There']);
    expect(wantedFor(stage)).toEqual(['Platform-Stack/Here', 'Workloads-Stack/Late', 'Workloads-Stack/There']);
  }
});
