import type { Writer } from '../../writer.js';
import { OPTION } from './code.js';

/** Two messages instead of four, RFC 8415 section 21.14. It has no data. */
export interface RapidCommitOption {
  type: 'rapid-commit';
}

export function decodeRapidCommit(): RapidCommitOption {
  return { type: 'rapid-commit' };
}

export function encodeRapidCommit(writer: Writer): void {
  writer.u16(OPTION.rapidCommit);
  writer.u16(0);
}
