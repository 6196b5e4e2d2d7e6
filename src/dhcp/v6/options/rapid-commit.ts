import type { Writer } from '../../writer.js';
import { OPTION } from './code.js';

/** Asks for an exchange of two messages instead of four, RFC 8415 section 21.14. The option has no data. */
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
