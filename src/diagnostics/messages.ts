import { messages } from '../engine/messages/message';

/**
 * What to write in place of a constant of `KubernetesVersion`, which is undefined in an `aws-cdk-lib` that is older than the
 * Kubernetes version.
 */
export const VERSION_BY_TEXT = "write KubernetesVersion.of('1.36'), which works in every version of aws-cdk-lib: a constant such "
  + 'as V1_36 is undefined in older ones';

/** What is thrown: of any construct. */
export const says = messages({
  notWhole: { text: '{prop} is {value}', remedy: 'give a whole number of at least {min}' },
  notWithin: { text: '{prop} is {value}', remedy: 'give a whole number from {min} to {max}' },
  notOfKind: { text: '{prop} is {value}', remedy: 'write {write}' },
  versionMissing: {
    text: '{prop} is {value}',
    remedy: VERSION_BY_TEXT,
  },
});
