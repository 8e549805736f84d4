import { sentence } from '../../src/engine/messages/sentence';
import { warnings } from '../../src/preview/messages';

/** With what the warning begins that says what could not be read. */
export const INCOMPLETE = sentence(warnings.previewIncomplete({ why: '' }));
