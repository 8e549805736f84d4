/*
 * npx tsx promote.ts <wave> <next>: lets the next wave have the AMI release that a wave has by this commit, in all Regions of the fleet.
 */
import { readFileSync } from 'node:fs';
import { aws } from './aws-cli';
import { REGIONS, releaseOf, RELEASES, Wave, wavesCalled } from './fleet';
import { label } from './releases';

/** The releases of the clusters of a wave: one, unless a refresh was committed for a part of them only. */
function committed({ name, clusters }: Wave): string[] {
  const context = JSON.parse(readFileSync('cdk.context.json', 'utf8')) as Record<string, string | undefined>;
  return [...new Set(clusters.map(({ account, region }) => {
    const parameter = releaseOf(name, region).replaceAll(':', '$:');
    return context[`ssm:account=${account}:parameterName=${parameter}:region=${region}`] ?? 'none';
  }))];
}

const [wave, next] = wavesCalled(...[2, 3].map((index) => process.argv[index]));
const [rolled, ...others] = committed(wave);
const published = REGIONS.map((region) => {
  const { Parameter: { Version: version, Value: release } } = aws([
    'ssm', 'get-parameter', '--name', `${RELEASES}:${wave.name}`, '--region', region,
  ]);
  return { region, version, release };
});

const unproven = published.find(({ release }) => release !== rolled || others.length > 0);
if (unproven) {
  // it was published while this commit was on its way, or is not refreshed yet
  console.log(`${unproven.region}: wave ${wave.name} has ${[rolled, ...others].join(', ')} by this commit, not ${unproven.release}: nothing is promoted`);
} else {
  for (const { region, version, release } of published) {
    label({ region, version }, [next.name]);
    console.log(`${region}: ${release} is the release of wave ${next.name}`);
  }
}
