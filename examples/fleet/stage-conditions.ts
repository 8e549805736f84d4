import { CfnPipeline, Pipeline } from 'aws-cdk-lib/aws-codepipeline';
import * as iam from 'aws-cdk-lib/aws-iam';
import { regionsOf, Wave, waveAlarm, WINDOW } from './fleet';

/**
 * Lets each wave begin in the window only, and the next one only when the alarms of the wave stay quiet as long as its gate says.
 *
 * CDK Pipelines knows no conditions of stages, so they are put on its pipeline once that is built. It makes several stages of a wave with
 * many clusters: each begins in the window, and the alarms are watched after the last.
 */
export function addConditions(pipeline: Pipeline, waves: readonly Wave[]): void {
  const resource = pipeline.node.defaultChild as CfnPipeline;
  for (const wave of waves) {
    const stages = pipeline.stages.flatMap(({ stageName }, index) => isOf(wave, stageName) ? [{ stageName, index }] : []);
    const last = stages.at(-1);
    if (!last) throw new Error(`the pipeline has no stage of wave ${wave.name}, which would have neither window nor alarms`);
    for (const { stageName, index } of stages) {
      resource.addPropertyOverride(`Stages.${index}.BeforeEntry`, { Conditions: [{ Result: 'FAIL', Rules: [windowRule(stageName)] }] });
    }
    resource.addPropertyOverride(`Stages.${last.index}.OnSuccess`, { Conditions: [{ Result: 'FAIL', Rules: alarmRules(wave) }] });
  }
  // it takes no narrower resource
  pipeline.addToRolePolicy(new iam.PolicyStatement({ actions: ['cloudwatch:DescribeAlarms'], resources: ['*'] }));
}

/** CDK Pipelines calls the stage of a wave like the wave, numbers its stages where it is too large for one, and has the name of a single cluster instead. */
function isOf({ name, clusters }: Wave, stageName: string): boolean {
  if (clusters.length === 1 && stageName === `${name}-${clusters[0].name}`) return true;
  return stageName === name || (stageName.startsWith(`${name}.`) && /^\d+$/.test(stageName.slice(name.length + 1)));
}

/** Waits for the window; fails only where none opens as long as CodePipeline waits. */
function windowRule(stageName: string): object {
  return {
    Name: `Window-${stageName}`, // unique in the pipeline
    RuleTypeId: typeOf('DeploymentWindow'),
    Configuration: { Cron: WINDOW.cron, TimeZone: WINDOW.timeZone },
  };
}

/** One for each Region of the wave: a condition has room for five. */
function alarmRules(wave: Wave): object[] {
  return regionsOf(wave).map((region) => ({
    Name: `Alarm-${wave.name}-${region}`, // unique in the pipeline
    RuleTypeId: typeOf('CloudWatchAlarm'),
    Region: region,
    Configuration: { AlarmName: waveAlarm(wave.name), AlarmStates: 'ALARM', WaitTime: String(wave.gateMinutes) },
  }));
}

function typeOf(provider: string): object {
  return { Category: 'Rule', Owner: 'AWS', Provider: provider, Version: '1' };
}
