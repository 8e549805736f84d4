import { evictionsHeld } from './bake-eviction';
import { BakeEnded } from './bake-execution';
import { verdictOfBake } from './bake-verdict';
import { InvocationContext } from './custom-resource-event';
import { requireResponseUrl, respond } from './custom-resource-response';
import { refusalOf } from './refusal';
import { Runtime } from './runtime';

/**
 * Answers the request of CloudFormation for which a bake has ended.
 *
 * @throws if the answer must not or cannot be delivered
 */
export async function endBake(ended: BakeEnded['BakeEnded'], context: InvocationContext, runtime: Runtime): Promise<void> {
  requireResponseUrl(ended.Request);
  const held = await evictionsHeld(ended, runtime);
  const { said, ...verdict } = verdictOfBake(ended, runtime.now(), held);
  const { WhetherRollingBack: unknown } = ended.Request;
  if (verdict.Status === 'FAILED') {
    const message = unknown ? `WARNING passes, since it may be part of a rollback (${unknown}): ${verdict.Reason}` : verdict.Reason;
    runtime.log({ message, ...said && refusalOf(said) });
  }
  await respond(ended.Request, context, unknown ? { Status: 'SUCCESS', Data: {} } : verdict, runtime);
}
