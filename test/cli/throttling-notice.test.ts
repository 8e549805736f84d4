import { runCommand } from './_command-line';
import { LocalAws } from '../aws/aws-server';
import { withLocalAws } from '../aws/with-local-aws';

let aws: LocalAws;

withLocalAws((local) => { aws = local; });

const status = async () => runCommand(['status', '--without-app', '--region', 'us-west-2', '--cluster', 'one', '--cluster', 'two'], { cwd: '/' });

test('calls that are throttled are said on stderr, once for an account and Region, also where nobody watches', async () => {
  ['one', 'two'].forEach((name) => aws.eks.addCluster({ name, version: '1.36' }));
  aws.fail({ service: 'eks', fault: 'throttled', times: 3 });
  const { stdout, stderr } = await status();
  expect(stderr).toBe('AWS throttles calls in us-west-2: they are sent again, more slowly\n');
  expect(stdout).toContain('1.36');
});

test('nothing is said where none is, or for another failure', async () => {
  aws.eks.addCluster({ name: 'one', version: '1.36' });
  aws.fail({ service: 'eks', action: 'ListInsights', fault: 'accessDenied' });
  expect((await status()).stderr).toBe('');
});
