import type { Abilities, Ability } from './abilities.js';

/** What a fault may be done to. */
export type TargetKind = 'node' | 'server';

/** A kind of fault: what it does, and how it is undone. Each kind is one file of this folder. */
export interface FaultKind {
  /** What happens, for the reference: `ends the program with SIGKILL`. */
  readonly meaning: string;
  /** What the undoing does, for the reference: `starts it again`. */
  readonly undoing: string;
  /** In the past tense, for reports: `killed`. */
  readonly done: string;
  /** The same for the undoing: `started again`. */
  readonly undone: string;
  readonly of: readonly TargetKind[];
  readonly needs: readonly Ability[];
  /** Resolves when the fault has taken place. */
  begin(target: Abilities): Promise<void>;
  /** Resolves when the undoing is complete. Rejects when the signal is aborted. */
  undo(target: Abilities, signal: AbortSignal): Promise<void>;
}
