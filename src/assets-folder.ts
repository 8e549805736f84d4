import { join } from 'node:path';

/** Where the bundled programs are. This module stands where the package's only module will: what is here holds for both. */
export const ASSETS_FOLDER = join(__dirname, '../assets');
