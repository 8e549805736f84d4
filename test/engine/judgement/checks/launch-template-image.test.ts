import { launchTemplateImage } from '../../../../src/engine/judgement/checks/launch-template-image';
import { Known, known, notKnown } from '../../../../src/engine/state/known';
import { aCatalog, aCluster, findings } from '../../a-cluster';

const IMAGE = 'ami-0123456789abcde08';
const launchTemplate = { id: 'lt-0123456789abcdef0', version: '7' };

function of(named: Known<string | undefined> | undefined) {
  const catalog = aCatalog({ launchTemplateImages: named && { 'lt-0123456789abcdef0@7': named } });
  return findings(launchTemplateImage, aCluster(), { nodeGroups: { workers: { image: { id: IMAGE, launchTemplate } } } }, catalog);
}

test('passes when the launch template names the golden image', () => {
  expect(of(known(IMAGE))).toEqual([]);
});

test('passes for a launch template of the app, which sets it', () => {
  expect(findings(launchTemplateImage, aCluster(), { nodeGroups: { workers: { image: { id: IMAGE } }, plain: {} } })).toEqual([]);
});

test.each([
  [known('ami-0123456789abcde07'), 'ami-0123456789abcde07'], [known(undefined), 'no image'],
])('fails when it names another one, or none', (image, named) => {
  expect(of(image)).toMatchObject([{
    id: 'launch-template-image:workers', severity: 'error', reason: 'differs', data: { version: '7', id: 'lt-0123456789abcdef0', named, image: IMAGE },
  }]);
});

test.each([[notKnown('throttled'), 'throttled'], [undefined, 'it was not looked up']])('warns where it is not known', (named, why) => {
  expect(of(named)).toMatchObject([
    { id: 'launch-template-image:workers:unknown', severity: 'warning', reason: 'unread', data: { why } },
  ]);
});
