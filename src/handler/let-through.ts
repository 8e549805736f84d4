import { ResourceData } from './custom-resource-event';
import { RequestScope } from './runtime';

/** The guard's answer where there is nothing to refuse. */
export function letThrough(why: string, { log }: RequestScope): ResourceData {
  log({ message: `let through: ${why}` });
  return {};
}
