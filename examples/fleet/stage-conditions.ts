import { CfnPipeline, Pipeline } from 'aws-cdk-lib/aws-codepipeline';
import * as iam from 'aws-cdk-lib/aws-iam';
import { regionsOf, Wave, waveAlarm, WINDOW } from './fleet';

/**
 * Lets each wave begin in the window only, and the next one only when the alarms of the wave stay quiet as long as its gate says.
 *
 * CDK Pipelines knows no conditions of stages, so they are put on its pipeline once that is built.
 */
export function addConditions(pipeline: Pipeline, waves: readonly Wave[]): void {
  const resource = pipeline.node.defaultChild as CfnPipeline;
  pipeline.stages.forEach(({ stageName }, index) => {
    const wave = waves.find(({ name }) => stageName === name || stageName.startsWith(`${name}-`));
    if (!wave) return;
    resource.addPropertyOverride(`Stages.${index}.BeforeEntry`, { Conditions: [{ Result: 'FAIL', Rules: [windowRule(wave)] }] });
    resource.addPropertyOverride(`Stages.${index}.OnSuccess`, { Conditions: [{ Result: 'FAIL', Rules: alarmRules(wave) }] });
  });
  // it takes no narrower resource
  pipeline.addToRolePolicy(new iam.PolicyStatement({ actions: ['cloudwatch:DescribeAlarms'], resources: ['*'] }));
}

/** Waits for the window; fails only where none opens as long as CodePipeline waits. */
function windowRule({ name }: Wave): object {
  return {
    Name: `Window-${name}`, RuleTypeId: typeOf('DeploymentWindow'), Configuration: { Cron: WINDOW.cron, TimeZone: WINDOW.timeZone },
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
