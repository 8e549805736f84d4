import { known } from '../../../../src/engine/state/known';
import { anInsight } from '../../a-cluster';
import { upgrade } from '../sample';

export const sample = upgrade({ insights: known([anInsight({ lastRefreshedAt: '2026-11-20T06:00:00Z' })]) });
