import { Construct } from 'constructs';
import { pathOfChild } from './construct-path';

/**
 * Runs the checks of a construct that does not exist yet, and ends the message of what they throw with its path.
 */
export function atConstructPath<T>(scope: Construct, id: string, check: () => T): T {
  try {
    return check();
  } catch (error) {
    if (error instanceof Error) {
      error.message = `${error.message} [${pathOfChild(scope, id)}]`;
    }
    throw error;
  }
}
