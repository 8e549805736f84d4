import { App, Duration, Stack, StackProps } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as pipelines from 'aws-cdk-lib/pipelines';
import { Construct } from 'constructs';
import { stagesOf } from './cluster-stage';
import { RELEASES, TOOLS, Wave, WAVES } from './fleet';

class PipelineStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);

    const source = pipelines.CodePipelineSource.connection('example/fleet', 'main', {
      connectionArn: this.formatArn({ service: 'codeconnections', resource: 'connection', resourceName: '00000000-0000-0000-0000-000000000000' }),
    });
    const pipeline = new pipelines.CodePipeline(this, 'Pipeline', {
      synth: new pipelines.ShellStep('Synth', {
        input: source,
        commands: ['npm ci', "npx cdk synth --quiet --app 'npx tsx pipeline.ts'"], // cdk.context.json holds all releases: nothing is looked up
      }),
      crossAccountKeys: true,
      publishAssetsInParallel: false, // one function for all clusters: one job publishes it everywhere
    });

    WAVES.forEach((wave, index) => {
      const next = WAVES[index + 1];
      const gate = this.gateOf(source, wave);
      const post = next ? pipelines.Step.sequence([gate, this.promotion(source, wave.name, next.name)]) : [gate];
      const added = pipeline.addWave(wave.name, { post });
      stagesOf(this, wave).forEach((stage) => added.addStage(stage));
    });
  }

  /** Fails when an alarm of the wave's clusters fires; the next wave does not begin then. */
  private gateOf(input: pipelines.CodePipelineSource, { name, gateMinutes, clusters }: Wave): pipelines.Step {
    return new pipelines.CodeBuildStep(`Gate${name}`, {
      input,
      commands: ['npm ci', `npx tsx gate.ts ${name}`],
      timeout: Duration.minutes(gateMinutes + 30),
      rolePolicyStatements: [new iam.PolicyStatement({
        actions: ['sts:AssumeRole'],
        resources: [...new Set(clusters.map(({ account }) => `arn:${this.partition}:iam::${account}:role/cdk-hnb659fds-lookup-role-${account}-*`))],
      })],
    });
  }

  /** Lets the next wave have the AMI release that has proven itself in this one. */
  private promotion(input: pipelines.CodePipelineSource, wave: string, next: string): pipelines.Step {
    return new pipelines.CodeBuildStep(`Promote${wave}`, {
      input,
      commands: ['npm ci', `npx tsx promote.ts ${wave} ${next}`],
      rolePolicyStatements: [new iam.PolicyStatement({
        actions: ['ssm:GetParameter', 'ssm:LabelParameterVersion'],
        resources: [`arn:${this.partition}:ssm:*:${TOOLS.account}:parameter${RELEASES}`],
      })],
    });
  }
}

new PipelineStack(new App(), 'Fleet', { env: TOOLS });
