/**
 * What MiniStack asks the bench: which resource types it has, what becomes of a resource, what AWS publishes.
 */
import { RESOURCE_TYPES } from './resource-types';
import { Endpoint } from '../aws/endpoint';
import type { WireRequest, WireResponse } from '../aws/wire-protocol';
import type { Handling, Properties, Resource } from './resource-types/resource-type';

/** One step of a stack operation. */
interface ResourceRequest {
  readonly type: string;
  readonly action: 'create' | 'update' | 'delete';
  readonly stackStatus: string | null;
  readonly isExpress: boolean;
  readonly logicalId: string;
  readonly physicalId: string;
  readonly previous: Properties;
  readonly properties: Properties;
}

/** What CloudFormation did to a resource: events tell of every resource of a stack, changed or not. */
export interface Done {
  readonly action: 'create' | 'update' | 'replace' | 'delete';
  readonly logicalId: string;
  readonly type: string;

  /** Names of those that an update or a replacement changed. */
  readonly properties?: readonly string[];
}

export interface BenchServerProps {
  readonly handling: Handling;

  /** What AWS publishes in SSM. */
  publicParameter(name: string): object | undefined;

  /** Is told what CloudFormation did. */
  note(done: Done): void;
}

/** Answers the questions of `launcher.py`. */
export function benchServer({ handling, publicParameter, note }: BenchServerProps): Endpoint {
  const questions: Record<string, (question: never) => Promise<unknown>> = {
    '/resource-types': async () => Object.fromEntries(Object.entries(RESOURCE_TYPES).map(([name, { createOnly }]) => [name, createOnly])),
    '/resource': async (request: ResourceRequest) => handle(handling, request).catch(
      ({ name, message }) => ({ error: `${message} (${name})` }),
    ),
    '/behaviour': async () => handling.behaviour,
    '/done': async (done: Done) => note(done) ?? {},
    '/public-parameter': async ({ name }: { name: string }) => ({ parameter: publicParameter(name) }),
  };
  return new Endpoint(async ({ url, body }: WireRequest): Promise<WireResponse> => ({
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(await questions[url.pathname](JSON.parse(body) as never)),
  }));
}

async function handle(bench: Handling, request: ResourceRequest): Promise<Resource | object> {
  const { type, action, stackStatus, isExpress, logicalId, physicalId, previous, properties } = request;
  const resourceType = RESOURCE_TYPES[type];
  const handling = { ...bench, waits: !isExpress };
  switch (action) {
    case 'create': {
      const create = async () => resourceType.create(handling, logicalId, properties);
      return isExpress ? tried(create, handling) : create();
    }
    case 'update':
      return resourceType.update(handling, { physicalId, previous, properties, isRollback: stackStatus?.includes('ROLLBACK') ?? false });
    case 'delete':
      await resourceType.delete(handling, physicalId, properties);
      return {};
  }
}

/** Says of what a resource refers to that it is not ready yet. */
const NOT_READY = ['ResourceInUseException', 'InvalidRequestException'];

/**
 * In express mode nothing waits for what it refers to, and tries again instead.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stack-express-mode.html
 */
async function tried(make: () => Promise<Resource>, { passTime }: Handling): Promise<Resource> {
  return make().catch(async (error: Error) => {
    if (!NOT_READY.includes(error.name) || error.message.includes('already exists')) throw error;
    await passTime();
    return make();
  });
}
