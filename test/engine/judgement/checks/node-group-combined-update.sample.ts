import { upgrade } from '../sample';

export const sample = upgrade({}, {
  version: '1.36', nodeGroups: { workers: { version: '1.36', releaseVersion: '1.36.2-20261104', otherChanges: ['Tags'] } },
});
