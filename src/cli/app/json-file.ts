import { readFile } from 'node:fs/promises';
import { unlessMissing } from './unless-missing';
import { sentence } from '../../engine/messages/sentence';
import { says } from '../messages';

/** Some editors put it before a text; JSON knows none, and the CDK takes it away. */
const BYTE_ORDER_MARK = /^\uFEFF/;

/** The object in a JSON file; undefined when there is no such file, or nothing in it. */
export async function readJsonFile(path: string): Promise<Record<string, unknown> | undefined> {
  const text = (await unlessMissing(readFile(path, 'utf8')))?.replace(BYTE_ORDER_MARK, '');
  if (text === undefined || text.trim() === '') return undefined;
  const value: unknown = JSON.parse(text);
  if (value === null) return undefined;
  if (typeof value !== 'object' || Array.isArray(value)) {
    throw new SyntaxError(sentence(says.noObject({ found: Array.isArray(value) ? 'a list' : JSON.stringify(value) })));
  }
  return value as Record<string, unknown>;
}
