import { mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { evaluatedModules } from '../../build-tools/evaluated-modules';

const LIBRARY = `
  const modules = {
    'always'(exports) { exports.name = 'Stack'; },
    'with/look-ups'(exports) { exports.use = () => undefined; },
    'of a constant that this CDK lacks'(exports) { exports.use = () => undefined; },
    'never'(exports) { throw new Error('nobody needs it'); },
  };
  exports.load = (id) => { const exported = {}; modules[id](exported); return exported; };`;

const APP = `
  import { App, ContextProvider, Stack } from 'aws-cdk-lib';
  import * as eks from 'aws-cdk-lib/aws-eks-v2';
  import { load } from 'cdk-eks-upgrades';

  const stack: Stack = new Stack(new App(), load('always').name, {
    env: { account: process.env.CDK_DEFAULT_ACCOUNT, region: process.env.CDK_DEFAULT_REGION },
  });
  const { value } = ContextProvider.getValue(stack, { provider: 'ssm', props: { parameterName: '/release' }, dummyValue: 'unknown' });
  if (value !== 'unknown') load('with/look-ups');
  if (eks.KubernetesVersion.V9_99.version === '9.99') load('of a constant that this CDK lacks');`;

test('a module counts as evaluated if the app calls it before or after its look-ups', () => {
  const folder = mkdtempSync(join(tmpdir(), 'library-'));
  const app = join(folder, 'app.ts');
  symlinkSync(join(__dirname, '../../node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, 'index.js'), LIBRARY);
  writeFileSync(app, APP);

  const evaluated = evaluatedModules(join(folder, 'index.js'), app);

  const ids = ['always', 'with/look-ups', 'of a constant that this CDK lacks'];
  expect([...ids, 'never'].filter((id) => evaluated.has(id))).toEqual(ids);
});
