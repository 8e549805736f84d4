import { Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { ERRORS, regionsOf, TOOLS, Wave, waveAlarm } from './fleet';

/**
 * As many metrics as an alarm adds up.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-data-queries.html
 */
const MOST_ACCOUNTS = 10;

/**
 * The alarms of the waves in one Region, in the account of the tools, where the pipeline sees them: each counts what the clusters
 * of its wave count.
 *
 * The account sees metrics of others once they are linked to it (CloudWatch cross-account observability); its alarms see one Region.
 */
export class WaveAlarms extends Stack {
  constructor(scope: Construct, region: string, waves: readonly Wave[]) {
    super(scope, `Alarms-${region}`, { env: { account: TOOLS.account, region } });
    for (const { name, clusters } of waves) {
      const accounts = [...new Set(clusters.filter((cluster) => cluster.region === region).map(({ account }) => account))];
      if (accounts.length === 0) continue;
      if (accounts.length > MOST_ACCOUNTS) {
        throw new Error(`wave ${name} has ${accounts.length} accounts in ${region}, and one alarm counts for ${MOST_ACCOUNTS} at most: `
          + 'make several waves of it');
      }
      const counts = Object.fromEntries(
        accounts.map((account, index) => [`m${index}`, new cloudwatch.Metric({ ...ERRORS, statistic: 'Sum', account })]),
      );
      new cloudwatch.Alarm(this, name, {
        alarmName: waveAlarm(name),
        metric: new cloudwatch.MathExpression({
          expression: `SUM([${Object.keys(counts).map((id) => `FILL(${id}, 0)`).join(', ')}])`, usingMetrics: counts,
        }),
        threshold: 10,
        evaluationPeriods: 3,
      });
    }
  }
}

/** The alarms of all waves, in the Regions that they have. */
export function waveAlarms(scope: Construct, waves: readonly Wave[]): WaveAlarms[] {
  return [...new Set(waves.flatMap(regionsOf))].map((region) => new WaveAlarms(scope, region, waves));
}
