import { readFile } from 'node:fs/promises';

/** The object in a JSON file; undefined when there is no such file. */
export async function readJsonFile(path: string): Promise<Record<string, unknown> | undefined> {
  const text = await readText(path);
  if (text === undefined) return undefined;
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new SyntaxError(`it holds ${Array.isArray(value) ? 'a list' : JSON.stringify(value)} instead of an object`);
  }
  return value as Record<string, unknown>;
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
