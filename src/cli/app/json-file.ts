import { readFile } from 'node:fs/promises';
import { sentence } from '../../engine/messages/sentence';
import { says } from '../messages';

/** Some editors put it before a text; JSON knows none, and the CDK takes it away. */
const BYTE_ORDER_MARK = /^\uFEFF/;

/** The object in a JSON file; undefined when there is no such file, or nothing in it. */
export async function readJsonFile(path: string): Promise<Record<string, unknown> | undefined> {
  const text = await readText(path);
  if (text === undefined || text.trim() === '') return undefined;
  const value: unknown = JSON.parse(text);
  if (value === null) return undefined;
  if (typeof value !== 'object' || Array.isArray(value)) {
    throw new SyntaxError(sentence(says.noObject({ found: Array.isArray(value) ? 'a list' : JSON.stringify(value) })));
  }
  return value as Record<string, unknown>;
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return (await readFile(path, 'utf8')).replace(BYTE_ORDER_MARK, '');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
