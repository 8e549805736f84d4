/** The version of the JSON that commands write; a change that could break its readers raises it. See `docs/command-line.md`. */
const JSON_SCHEMA_VERSION = 1;

/** The result of a command as JSON. */
export function jsonOf(command: string, body: object): string {
  return `${JSON.stringify({ schemaVersion: JSON_SCHEMA_VERSION, command, ...body }, undefined, 2)}\n`;
}
