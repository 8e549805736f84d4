/**
 * The AWS wire protocol REST JSON (EKS): the action is told by method and path.
 *
 * @see https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html
 */
import type { Input } from './aws-service';
import { jsonOf, type WireProtocol, type WireRequest } from './wire-protocol';

/** Method and path template of an action, such as `GET /clusters/{name}`. */
export type Routes = Readonly<Record<string, string>>;

/** How the members that travel in the query string are to be read; the others are texts. */
export interface QueryMembers {
  readonly numbers: readonly string[];
  readonly booleans: readonly string[];
  readonly lists: readonly string[];
}

const HEADERS = { 'content-type': 'application/json' };

export function restJson(routes: Routes, queryMembers: QueryMembers): WireProtocol {
  const matchers = Object.entries(routes).map(([action, route]) => {
    const [method, template] = route.split(' ');
    return { action, method, path: new RegExp(`^${template.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`) };
  });

  return {
    read: ({ method, url, body }: WireRequest) => {
      for (const matcher of matchers) {
        const match = matcher.method === method ? matcher.path.exec(url.pathname) : null;
        if (match) {
          return {
            action: matcher.action, input: { ...pathMembers(match), ...readQuery(url.searchParams, queryMembers), ...readBody(body) },
          };
        }
      }
      return { action: `${method} ${url.pathname}`, input: {} };
    },
    result: (_action, output) => ({ status: 200, headers: HEADERS, body: jsonOf(output) }),
    error: ({ code, message, status, members }) => ({
      status,
      headers: { ...HEADERS, 'x-amzn-errortype': code },
      body: jsonOf({ ...members, message }),
    }),
  };
}

function pathMembers({ groups = {} }: RegExpExecArray): Input {
  return Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, decodeURIComponent(value)]));
}

function readQuery(query: URLSearchParams, { numbers, booleans, lists }: QueryMembers): Input {
  const read = (name: string) => {
    if (lists.includes(name)) return query.getAll(name);
    if (numbers.includes(name)) return Number(query.get(name));
    return booleans.includes(name) ? query.get(name) === 'true' : query.get(name);
  };
  return Object.fromEntries([...new Set(query.keys())].map((name) => [name, read(name)]));
}

function readBody(body: string): Input {
  return body ? JSON.parse(body) : {};
}
