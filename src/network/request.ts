import type { Programs } from '../packages/programs.js';
import type { Cleanup } from '../processes/cleanup.js';
import type { LiveDirectory } from '../processes/live-directory.js';
import type { RunAs } from '../processes/unprivileged-user.js';
import type { Machine } from './machine.js';

export interface PrivateNetworkRequest {
  /** Each machine once. */
  machines: readonly Machine[];
  programs: Pick<Programs, 'ip' | 'nft' | 'tc' | 'tcpdump' | 'environment'>;
  live: LiveDirectory;
  runAs: RunAs | undefined;
  /** Takes what the programs that make the network say. */
  logFile: string;
  /** Whether the network stays when the harness ends. */
  keep: boolean;
  timeoutMs: number;
  signal: AbortSignal;
  cleanup: Pick<Cleanup, 'push'>;
}
