import { PreviewChanges, previewOf, textOf } from './a-preview';
import { flagsOfImageInUse } from '../../src/engine/state/image-state';
import { known } from '../../src/engine/state/known';
import { flagsOfRelease, newsOfRelease, renderNewsOfRelease } from '../../src/preview/release-news';
import { aCatalog, aNodeGroup } from '../engine/a-cluster';

const [JULY, AUGUST, SEPTEMBER] = ['ami-0123456789abcde07', 'ami-0123456789abcde08', 'ami-0123456789abcde09'];
const PARAMETER = '/golden/eks/1.35/al2023/x86_64/image_id';

const image = (id: string, month: string) => known({
  id, name: `golden-2026${month}`, state: 'available', createdAt: `2026-${month}-22T12:00:00Z`, architecture: 'x86_64',
});
const images = { [JULY]: image(JULY, '10'), [AUGUST]: image(AUGUST, '11'), [SEPTEMBER]: known(undefined) };

/** The node group runs the image of July; the app says another one. */
function golden(imageId: string, { live = JULY, minor, parameter, ...changes }: PreviewChanges & {
  live?: string; minor?: string; parameter?: string;
} = {}): PreviewChanges {
  return {
    ...changes,
    state: { nodeGroups: known([aNodeGroup({ amiType: 'CUSTOM', releaseVersion: live })]), ...changes.state },
    catalog: {
      images, ...parameter !== undefined && { publishedImages: { [PARAMETER]: known({ id: parameter, since: '2026-11-19T12:00:00Z' }) } },
    },
    deployed: {
      Workers: {
        Version: undefined,
        ReleaseVersion: undefined,
        LaunchTemplate: { Id: { Ref: 'Template' }, Version: { 'Fn::GetAtt': ['Template', 'LatestVersionNumber'] } },
      },
      Template: { LaunchTemplateData: { ImageId: JULY } },
      ...changes.deployed,
    },
    wanted: { Template: { LaunchTemplateData: { ImageId: imageId } }, ...changes.wanted },
    declares: ({ nodeGroups: [workers] }) => ({
      nodeGroups: [{
        ...workers,
        amiType: 'CUSTOM',
        tracking: 'golden-image' as const,
        releaseVersion: imageId,
        kubernetesVersion: minor,
        parameterName: PARAMETER,
      }],
    }),
  };
}

test('a new image is named by ID, name and age, and rolls', () => {
  expect(textOf(golden(AUGUST, { minor: '1.35' })).replace(/\s+/g, ' ')).toContain(
    `${JULY} (golden-202610, 31 days old) → ${AUGUST} (golden-202611, 0 days old)`,
  );
});

test('an image that stays says nothing, but that its parameter holds another one', () => {
  expect(previewOf(golden(JULY, { minor: '1.35' })).nodeGroups).toMatchObject([{ from: { release: JULY }, to: { release: JULY } }]);
  const text = textOf(golden(JULY, { minor: '1.35', parameter: AUGUST })).replace(/\s+/g, ' ');
  expect(text).toContain(
    `${PARAMETER} holds ${AUGUST} (golden-202611, 0 days old), for 3 days; take it with npx cdk-eks-upgrades refresh --only Prod/Cluster/NodegroupWorkers`,
  );
});

test('the parameter holds what is pinned: there is no news', () => {
  expect(previewOf(golden(JULY, { minor: '1.35', parameter: JULY })).nodeGroups[0].newer).toBeUndefined();
});

test('the guard would refuse an image that is gone, one of a newer minor, and anything beside it', () => {
  const refusals = (changes: PreviewChanges) => previewOf(changes).refusals.map(({ id }) => id);

  expect(refusals(golden(SEPTEMBER, { minor: '1.35' }))).toEqual(['image-available:workers']);
  expect(refusals(golden(AUGUST, { minor: '1.36' }))).toEqual(['image-version:workers']);
  expect(refusals(golden(
    AUGUST,
    { minor: '1.35', wanted: { Template: { LaunchTemplateData: { ImageId: AUGUST } }, Workers: { ScalingConfig: { MaxSize: 5 } } } },
  )))
    .toEqual(['node-group-combined-update:workers']);
  expect(refusals(golden(AUGUST, { minor: '1.35' }))).toEqual([]);
});

test('nodes that run another image than the deployed template says are drift', () => {
  expect(previewOf(golden(JULY, { live: AUGUST, minor: '1.35' })).drift).toEqual([
    expect.objectContaining({
      subject: 'node group workers', live: AUGUST, deployed: JULY, wayOut: expect.stringContaining(`name the image ${AUGUST} and deploy`),
    }),
  ]);
  expect(previewOf(golden(JULY, { live: AUGUST, minor: '1.35' })).nodeGroups).toMatchObject([{ to: { release: AUGUST }, roll: undefined }]);
  const failed = previewOf(golden(JULY, { live: AUGUST, minor: '1.35', failed: ['Workers'] }));
  expect(failed).toMatchObject({
    drift: [{ wayOut: expect.stringContaining(`moves it to ${JULY}`) }], nodeGroups: [{ from: { release: AUGUST }, to: { release: JULY } }],
  });
  expect(previewOf(golden(AUGUST, { live: AUGUST, minor: '1.35' })).drift).toMatchObject([{ wayOut: 'this deployment settles it' }]);
  expect(previewOf(golden(JULY, { minor: '1.35' })).drift).toEqual([]);
});

describe('a tracked image without a node group', () => {
  const declaration = {
    path: 'Prod/Image',
    stackName: 'Prod',
    amiType: 'CUSTOM',
    tracking: 'golden-image' as const,
    releaseVersion: JULY,
    parameterName: PARAMETER,
  };
  const now = new Date('2026-11-22T12:00:00Z');
  const news = (id: string) => newsOfRelease(
    declaration, aCatalog({ images, publishedImages: { [PARAMETER]: known({ id, since: '2026-11-21T12:00:00Z' }) } }), now,
  );

  test('tells of another one in its parameter, and of nothing else', () => {
    const newer = news(AUGUST);
    expect(newer).toMatchObject({ known: true, value: { release: `${AUGUST} (golden-202611, 0 days old)`, days: 1 } });
    expect(renderNewsOfRelease(declaration, newer.known ? newer.value! : undefined!)).toMatch(
      /^golden image is tracked at ami-0123456789abcde07\n/,
    );
    expect(news(JULY)).toEqual(known(undefined));
  });

  test('is flagged when nodes cannot be launched from it, or not for much longer', () => {
    const flags = (releaseVersion: string, changes: object = {}) => flagsOfRelease({ ...declaration, releaseVersion }, aCatalog({
      images: { ...images, [JULY]: known({ id: JULY, state: 'available', ...changes }) },
    }), now);

    expect(flags(JULY)).toEqual([]);
    expect(flags(SEPTEMBER)).toEqual(flagsOfImageInUse(SEPTEMBER, undefined, now));
    expect(flags(SEPTEMBER)).toHaveLength(1);
    const withdrawn = { state: 'disabled', deprecatedAt: '2026-11-01T00:00:00Z' };
    expect(flags(JULY, withdrawn)).toEqual(flagsOfImageInUse(JULY, { id: JULY, ...withdrawn }, now));
    expect(flags(JULY, withdrawn)).toHaveLength(2);
    expect(flags('dummy-value-for-/golden/image_id')).toEqual([]);
    expect(flagsOfRelease(
      { ...declaration, amiType: 'AL2023_x86_64_STANDARD' }, aCatalog({ images: { [JULY]: known(undefined) } }), now,
    )).toEqual([]);
  });

  test('says why the parameter could not be read', () => {
    const catalog = aCatalog({ images, publishedImages: { [PARAMETER]: { known: false, why: 'not allowed to call ssm:GetParameter' } } });
    expect(newsOfRelease(declaration, catalog, now)).toEqual({ known: false, why: 'not allowed to call ssm:GetParameter' });
  });
});
