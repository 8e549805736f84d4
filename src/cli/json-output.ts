import { Io } from './io';

/** The version of the JSON that commands write; a change that could break its readers raises it. See `docs/command-line.md`. */
const JSON_SCHEMA_VERSION = 1;

/** Writes the result of a command as JSON. */
export function writeJson(io: Io, command: string, body: object): void {
  io.stdout.write(`${JSON.stringify({ schemaVersion: JSON_SCHEMA_VERSION, command, ...body }, undefined, 2)}\n`);
}
