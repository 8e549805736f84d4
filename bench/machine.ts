import { arch, availableParallelism, loadavg, platform, totalmem } from 'node:os';
import { version as cdkVersion } from 'aws-cdk-lib/package.json';
import { version as constructsVersion } from 'constructs/package.json';

/** What the figures depend on, in general terms: nothing that names the machine. */
export function describeMachine(): string {
  return [
    `${availableParallelism()} cores`,
    `${Math.round(totalmem() / 2 ** 30)} GiB of memory`,
    `${platform()} ${arch()}`,
    `Node.js ${process.versions.node}`,
    `aws-cdk-lib ${cdkVersion}`,
    `constructs ${constructsVersion}`,
    new Date().toISOString().slice(0, 10),
  ].join(', ');
}

/** How busy the machine was in the last minute, with this and with other things: processes that wanted to run. */
export function describeNoise(): string {
  return `load ${loadavg()[0].toFixed(1)}`;
}
