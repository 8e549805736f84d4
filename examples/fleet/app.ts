import { App } from 'aws-cdk-lib';
import { stagesOf } from './cluster-stage';
import { WAVES } from './fleet';
import { requireTellingNames } from './wave-names';

// the clusters alone, for whatever deploys them wave by wave, such as GitHub Actions
requireTellingNames(WAVES);
const app = new App();
WAVES.forEach((wave) => stagesOf(app, wave));
