/**
 * The AWS wire protocols whose action is named inside the request: JSON 1.1 (SSM) and Query (STS, CloudFormation, in a dialect EC2).
 *
 * @see https://smithy.io/2.0/aws/protocols/
 */
import type { IncomingHttpHeaders } from 'node:http';
import type { AwsError, Input } from './aws-service';

/** An HTTP request with its body read. */
export interface WireRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface WireResponse {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** How a service's actions, results and errors look on the wire. */
export interface WireProtocol {
  read(request: WireRequest): { readonly action: string; readonly input: Input };
  result(action: string, output: object): WireResponse;
  error(error: AwsError): WireResponse;
}

const REQUEST_ID = '00000000-0000-4000-8000-000000000000';

const JSON_HEADERS = { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': REQUEST_ID };

/** Renders JSON as AWS does: times are seconds since 1970. */
export function jsonOf(output: object): string {
  return JSON.stringify(output, function (this: Input, name, value) {
    return this[name] instanceof Date ? this[name].getTime() / 1000 : value;
  });
}

/** `POST /` with the action in `X-Amz-Target` and JSON in both directions. */
export const JSON_1_1: WireProtocol = {
  read: ({ headers, body }) => ({
    action: String(headers['x-amz-target']).split('.').pop()!,
    input: JSON.parse(body),
  }),
  result: (_action, output) => ({ status: 200, headers: JSON_HEADERS, body: jsonOf(output) }),
  error: ({ code, message, status, members }) => ({
    status,
    headers: JSON_HEADERS,
    body: JSON.stringify({ __type: code, ...(message && { message }), ...members }),
  }),
};

const XML_HEADERS = { 'content-type': 'text/xml', 'x-amzn-requestid': REQUEST_ID };

/** A form in, XML out, with the result wrapped in `<ActionResult>`. */
export function awsQuery(namespace: string): WireProtocol {
  return {
    read: readForm,
    result: (action, output) => ({
      status: 200,
      headers: XML_HEADERS,
      body: `<${action}Response xmlns="${namespace}"><${action}Result>${xml(output, 'member')}</${action}Result>`
        + `<ResponseMetadata><RequestId>${REQUEST_ID}</RequestId></ResponseMetadata></${action}Response>`,
    }),
    error: ({ code, message, status }) => ({
      status,
      headers: XML_HEADERS,
      body: `<ErrorResponse xmlns="${namespace}"><Error>${xml({ Type: status < 500 ? 'Sender' : 'Receiver', Code: code, Message: message }, 'member')}`
        + `</Error><RequestId>${REQUEST_ID}</RequestId></ErrorResponse>`,
    }),
  };
}

/** EC2's dialect of Query: no wrapper around the result, lists of `<item>`. */
export function ec2Query(namespace: string): WireProtocol {
  return {
    read: readForm,
    result: (action, output) => ({
      status: 200,
      headers: XML_HEADERS,
      body: `<${action}Response xmlns="${namespace}"><requestId>${REQUEST_ID}</requestId>${xml(output, 'item')}</${action}Response>`,
    }),
    error: ({ code, message, status }) => ({
      status,
      headers: XML_HEADERS,
      body: `<Response><Errors><Error>${xml({ Code: code, Message: message }, 'item')}</Error></Errors><RequestID>${REQUEST_ID}</RequestID></Response>`,
    }),
  };
}

function readForm({ body }: WireRequest): { action: string; input: Input } {
  const { Action: action, Version: _version, ...members } = Object.fromEntries(new URLSearchParams(body));
  const input: Input = {};
  for (const [path, value] of Object.entries(members)) {
    setMember(input, path.split('.').filter((step) => step !== 'member'), value);
  }
  return { action, input };
}

/** Puts `Names.1=a` where it belongs: `{ Names: ['a'] }`. */
function setMember(into: Input, [step, ...rest]: string[], value: string): void {
  const key = /^\d+$/.test(step) ? Number(step) - 1 : step;
  if (rest.length === 0) {
    into[key] = value;
  } else {
    into[key] ??= /^\d+$/.test(rest[0]) ? [] : {};
    setMember(into[key], rest, value);
  }
}

/** Renders members as elements; a list's elements are called `member` or, in EC2, `item`. */
function xml(value: unknown, listElement: 'item' | 'member'): string {
  if (Array.isArray(value)) {
    return value.map((item) => `<${listElement}>${xml(item, listElement)}</${listElement}>`).join('');
  }
  if (value instanceof Date) {
    return value.toISOString();
  }
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([name, member]) => `<${name}>${xml(member, listElement)}</${name}>`)
      .join('');
  }
  return String(value).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
