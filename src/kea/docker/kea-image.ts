import type { KeaOfRun } from '../versions/keas-of-run.js';

/** An image with Kea's programs and scripts where Debian's packages put them. */
export interface KeaImage extends KeaOfRun {
  reference: string;
  /** Kea's own script for the lease schema of MySQL. */
  schema: string;
}

/** Where an image has Kea's scripts for the lease schema of MySQL. */
export const SCHEMA_SCRIPTS = '/usr/share/kea/scripts/mysql';
