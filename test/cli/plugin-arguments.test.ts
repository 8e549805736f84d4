import { join } from 'node:path';
import { pluginArguments } from '../../src/cli/app/plugin-arguments';

const OURS = join(__dirname, '../../preview.js');

test('our plugin is named by its file, the others as they are, in order', () => {
  expect(pluginArguments(['credentials', 'cdk-eks-upgrades/preview'], __dirname)).toEqual(['--plugin', 'credentials', '--plugin', OURS]);
});

test('where ours is not named, cdk.json decides', () => {
  expect(pluginArguments(['credentials'], __dirname)).toEqual([]);
  expect(pluginArguments([], __dirname)).toEqual([]);
});

test('where the package has no such file, cdk.json decides', () => {
  expect(pluginArguments(['cdk-eks-upgrades/preview'], '/')).toEqual([]);
});
