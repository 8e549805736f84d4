import { messages } from '../engine/messages/message';

/** Warnings on constructs: the preview. */
export const warnings = messages({
  previewFailed: {
    text: 'the preview failed: {why}',
    remedy: 'please report it, and turn it off with CDK_EKS_UPGRADES_PREVIEW=off',
  },
  previewIncomplete: {
    text: 'the live state could not be read completely: {why}',
    remedy: '',
  },
});
