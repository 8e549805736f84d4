import { messages } from '../engine/messages/message';

/** Warnings on constructs: manifests. */
export const warnings = messages({
  removedApi: {
    text: 'Kubernetes {version}{isNext?, the next version,} does not serve what this manifest applies: {uses;} ({source})',
    remedy: '',
  },
  controllerVersion: {
    text: '{controller} {version} does not fit Kubernetes {kubernetesVersion}: {why}; otherwise {consequence} ({source}, as of {asOf})',
    remedy: '',
  },
});

/** Notes on constructs: manifests. */
export const notes = messages({
  changedBehaviour: {
    text: '{change}',
    remedy: '',
  },
});
