import { known } from '../../../../src/engine/state/known';
import { aCatalog } from '../../a-cluster';
import { upgrade } from '../sample';

const release = { amiType: 'AL2023_x86_64_STANDARD', kubernetesVersion: '1.36', releaseVersion: '1.36.2-20261105' };

export const sample = {
  ...upgrade({}, { version: '1.36', nodeGroups: { workers: { version: '1.36', releaseVersion: release.releaseVersion } } }),
  catalog: aCatalog({ releases: [{ ...release, standing: known({ published: false, near: ['1.36.2-20261104'] }) }] }),
};
