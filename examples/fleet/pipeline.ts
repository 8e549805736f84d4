import { App, Stack, StackProps } from 'aws-cdk-lib';
import { PipelineType } from 'aws-cdk-lib/aws-codepipeline';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as pipelines from 'aws-cdk-lib/pipelines';
import { Construct } from 'constructs';
import { stagesOf } from './cluster-stage';
import { RELEASES, TOOLS, WAVES } from './fleet';
import { addConditions } from './stage-conditions';
import { waveAlarms } from './wave-alarms';
import { requireTellingNames } from './wave-names';

class PipelineStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);

    const source = pipelines.CodePipelineSource.connection('example/fleet', 'main', {
      connectionArn: this.formatArn({
        service: 'codeconnections', resource: 'connection', resourceName: '00000000-0000-0000-0000-000000000000',
      }),
    });
    const pipeline = new pipelines.CodePipeline(this, 'Pipeline', {
      synth: new pipelines.ShellStep('Synth', {
        input: source,
        // cdk.context.json holds all releases: nothing is looked up
        commands: ['npm ci', "npx cdk synth --quiet --app 'npx tsx pipeline.ts'"],
      }),
      pipelineType: PipelineType.V2, // whose stages have conditions
      crossAccountKeys: true,
      publishAssetsInParallel: false, // one function for all clusters: one job publishes it everywhere
    });

    WAVES.forEach((wave, index) => {
      const before = WAVES[index - 1];
      // at the beginning of a wave, since a stage has succeeded, and is watched, only after its last step
      const added = pipeline.addWave(wave.name, { pre: before && [this.promotion(source, before.name, wave.name)] });
      stagesOf(this, wave).forEach((stage) => added.addStage(stage));
    });
    pipeline.buildPipeline();
    addConditions(pipeline.pipeline, WAVES);
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

requireTellingNames(WAVES);
const app = new App();
waveAlarms(app, WAVES);
new PipelineStack(app, 'Fleet', { env: TOOLS });
