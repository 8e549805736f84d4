import { Limit } from 'p-limit';
import { AwsClients } from './aws-clients';

/**
 * Lets only so many calls be under way at once, of all services together and of all connections that share the limit: EKS
 * throttles by account and Region.
 *
 * A call that waits for another attempt is still under way: when the service throttles, fewer calls are sent.
 */
export function limitCalls(clients: AwsClients, limit: Limit): AwsClients {
  const limited = new WeakSet<object>();
  const limitOnce = <T extends LimitedClient>(client: T): T => {
    if (!limited.has(client)) {
      client.middlewareStack.add(
        (next) => async (args) => limit(async () => next(args)),
        { step: 'initialize', priority: 'high', name: 'limitCalls' }, // around the SDK's retries, and ours
      );
    }
    limited.add(client);
    return client;
  };
  const { connectTo, ...connected } = clients;
  Object.values(connected).forEach(limitOnce);
  return { ...clients, connectTo: (Service, service) => limitOnce(connectTo(Service, service)) };
}

/** What all clients of the SDK share, as far as it is needed here. */
interface LimitedClient {
  readonly middlewareStack: {
    add(middleware: (next: Next) => Next, options: { step: 'initialize'; priority: 'high'; name: string }): void;
  };
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- goes around every call of every service, and looks at none of their types
type Next = (args: any) => Promise<any>;
