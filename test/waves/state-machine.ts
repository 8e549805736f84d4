/**
 * Runs a definition in the Amazon States Language with JSONata, as far as bakes need it, in a time of its own: what takes an hour takes
 * milliseconds. The reference implementation of JSONata evaluates.
 *
 * MiniStack runs the same definition as somebody else has understood the language (`test/deploy`).
 *
 * @see https://states-language.net/spec.html
 */
import jsonata from 'jsonata';

/** An error of a task by its name. */
export class TaskError extends Error {
  constructor(override readonly name: string, message: string) {
    super(message);
  }
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the language is untyped
type Json = any;

export interface World {
  /** What a task returns; a {@link TaskError} thrown is what it fails with. The time is in milliseconds since the start. */
  task(resource: string, args: Json, millis: number): Json;
}

export interface Execution {
  readonly status: 'SUCCEEDED' | 'FAILED';
  readonly error?: string;
  readonly cause?: string;
  /** How long it took. */
  readonly millis: number;
  /** Names of the states, in the order in which they were entered. */
  readonly states: readonly string[];
}

/** When an execution starts. */
export const START = Date.parse('2026-11-22T12:00:00Z');

/** Executes a definition. Only waiting takes time. */
export async function execute(definition: Json, input: Json, world: World): Promise<Execution> {
  let now = START;
  const variables: Record<string, Json> = {};
  const states: string[] = [];

  const evaluate = async (template: Json, known: Json): Promise<Json> => {
    if (typeof template === 'string' && template.startsWith('{%')) {
      const expression = jsonata(template.slice(2, -2));
      expression.registerFunction('millis', () => now);
      expression.registerFunction('now', () => new Date(now).toISOString());
      const value = await expression.evaluate({}, { states: { input, ...known }, ...variables });
      if (value === undefined) throw new TaskError('States.QueryEvaluationError', `nothing comes of ${template}`);
      return JSON.parse(JSON.stringify(value));
    }
    if (Array.isArray(template)) return Promise.all(template.map(async (item) => evaluate(item, known)));
    if (template === null || typeof template !== 'object') return template;
    return Object.fromEntries(
      await Promise.all(Object.entries(template).map(async ([name, member]) => [name, await evaluate(member, known)])),
    );
  };
  const assign = async ({ Assign = {} }: Json, known: Json = {}) => Object.assign(variables, await evaluate(Assign, known));

  const perform = async (state: Json): Promise<string> => {
    for (let attempt = 0; ; attempt++) {
      try {
        const result = world.task(state.Resource, await evaluate(state.Arguments, {}), now - START);
        await assign(state, { result });
        return state.Next;
      } catch (error) {
        if (!(error instanceof TaskError)) throw error;
        const [retry] = state.Retry ?? [];
        if (retry && attempt < retry.MaxAttempts) {
          now += Math.min(retry.IntervalSeconds * retry.BackoffRate ** attempt, retry.MaxDelaySeconds ?? Infinity) * 1000;
          continue;
        }
        const [handler] = state.Catch ?? [];
        if (!handler) throw error;
        await assign(handler, { errorOutput: { Error: error.name, Cause: error.message } });
        return handler.Next;
      }
    }
  };

  const choose = async ({ Choices, Default }: Json): Promise<string> => {
    for (const { Condition, Next } of Choices) {
      if (await evaluate(Condition, {}) === true) return Next;
    }
    return Default;
  };

  for (let name: string = definition.StartAt; ; ) {
    states.push(name);
    const state = definition.States[name];
    const ended = { millis: now - START, states };
    try {
      switch (state.Type) {
        case 'Pass': await assign(state); name = state.Next; break;
        case 'Choice': name = await choose(state); break;
        case 'Task': name = await perform(state); break;
        case 'Wait': now += await evaluate(state.Seconds, {}) * 1000; name = state.Next; break;
        case 'Succeed': return { ...ended, status: 'SUCCEEDED' };
        case 'Fail': return { ...ended, status: 'FAILED', error: state.Error, cause: await evaluate(state.Cause, {}) };
        default: throw new Error(`this executes no state of type ${state.Type}`);
      }
    } catch (error) {
      if (!(error instanceof TaskError)) throw error;
      return { ...ended, millis: now - START, status: 'FAILED', error: error.name, cause: error.message };
    }
  }
}
