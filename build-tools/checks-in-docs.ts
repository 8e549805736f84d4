/**
 * Writes what the checks of the upgrade guard say into the page of messages: `npx tsx build-tools/checks-in-docs.ts [--check]`.
 *
 * `--check` writes nothing, and exits with 1 when a page is out of date.
 */
import { PAGES, renew } from './checks-in-docs/pages';

const write = !process.argv.includes('--check');
const complaints = PAGES.flatMap((page) => renew(page, { write }) ?? []);
if (!write && complaints.length > 0) {
  console.error(complaints.join('\n'));
  process.exitCode = 1;
}
