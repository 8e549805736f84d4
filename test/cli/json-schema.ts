import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';

const validate = new Ajv2020({ strict: false, allErrors: true })
  .compile(JSON.parse(readFileSync(join(__dirname, '../../docs/command-line.schema.json'), 'utf8')));

/** Reads what a command wrote with `--json`, and holds it against the schema that the documentation gives. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the schema has looked at it
export function readJsonOutput(text: string): any {
  const value = JSON.parse(text);
  if (!validate(value)) throw new Error(`it does not fit the schema: ${JSON.stringify(validate.errors, undefined, 2)}`);
  return value;
}
