import { AwsCallError } from './aws-call-error';
import { TemplateSyntaxError } from './cloudformation/template-syntax-error';
import { Known, known, notKnown } from '../engine/state/known';

/** Reads something that can be done without: when AWS does not give it, or nobody can make anything of it, the reason takes its place. */
export async function attempt<T>(read: () => Promise<T>): Promise<Known<T>> {
  try {
    return known(await read());
  } catch (error) {
    if (error instanceof AwsCallError || error instanceof TemplateSyntaxError) return notKnown(error.message);
    throw error;
  }
}
