import type { Abilities, Ability } from './abilities.js';
import type { LinkEffect } from './links.js';

/** The numbers of a fault. */
export interface FaultNumbers {
  /** How many of 100 messages it is done to. */
  percent?: number | undefined;
  /** Milliseconds. */
  ms?: number | undefined;
}

/** What a fault may be done to: one node or server, all of them, or the links between machines. */
export type TargetKind = 'node' | 'server' | 'nodes' | 'servers' | 'links';

/** A kind of fault: what it does, and how it is undone. Each kind is one file of this folder. */
export interface FaultKind {
  /** What happens, for the reference: `ends the program with SIGKILL`. */
  readonly meaning: string;
  /** In the past tense, for reports: `killed`. */
  readonly done: string;
  readonly of: readonly TargetKind[];
  readonly needs: readonly Ability[];
  /** Of a fault of links: what it does to messages, by its numbers; undefined where one is missing. */
  readonly effectOf?: (numbers: FaultNumbers) => LinkEffect | undefined;
  /** Of a fault of links: the numbers that it takes, the needed ones first. */
  readonly numbers?: readonly { name: keyof FaultNumbers; needed: boolean }[];
  /** Of a fault of links: what else does it than the relay of the harness; nothing by default. */
  readonly between?: 'switch';
  /** Resolves when the fault has taken place at all targets. */
  readonly begin: Step;
  /** How the fault is undone; absent for one that ends by itself. */
  readonly undoing?: Undoing;
}

export interface Undoing {
  /** What the undoing does, for the reference: `starts it again`. */
  readonly meaning: string;
  /** In the past tense, for reports: `started again`. */
  readonly done: string;
  /** Resolves when the undoing is complete at all targets. */
  readonly begin: Step;
}

/** Something that is done to all targets of a fault. Rejects when the signal is aborted. */
export type Step = (targets: readonly Abilities[], signal: AbortSignal) => Promise<void>;

/** A step that is done to each target at the same time. What `work` returns is awaited. */
export function toEach(work: (target: Abilities, signal: AbortSignal) => unknown): Step {
  return async (targets, signal) => {
    await Promise.all(targets.map((target) => work(target, signal)));
  };
}
