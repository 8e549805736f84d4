/*
 * Renews what this library knows of Kubernetes, where that is published in a form that a machine can read: needs Go and its
 * module proxy. Not a part of any build: what changes is to be reviewed.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readRemovedApis, renderRemovedApis } from './facts/removed-apis';

const TABLE = join(__dirname, '../src/engine/kubernetes/removed-apis-data.ts');

const found = readRemovedApis((line) => process.stdout.write(`${line}\n`));
writeFileSync(TABLE, renderRemovedApis(found));
process.stdout.write(`${found.facts.length} APIs written to ${TABLE}\n`);
