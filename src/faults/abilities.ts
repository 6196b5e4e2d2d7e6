/**
 * What can be done to a node or a server during a run. Whoever starts one says which of these it can do: each ability
 * is optional. A kind of fault names the abilities that it needs.
 */
export interface Abilities {
  /** Ends the program at once, with SIGKILL. Resolves when it has ended. */
  kill?: () => Promise<void>;
  /** Ends the program as an operator does, with SIGTERM. Resolves when it has ended. */
  stop?: () => Promise<void>;
  /**
   * Starts the program again after it has ended, with the same configuration and data. Resolves when the program
   * serves: a node is in the primary component again, a server answers on its control socket. Rejects when the signal
   * is aborted, or the program ends.
   */
  start?: (signal: AbortSignal) => Promise<void>;
  /** Stops the program where it stands, with SIGSTOP. Its connections stay open, and nobody answers on them. */
  freeze?: () => void | Promise<void>;
  /** Lets the program go on. */
  thaw?: () => void | Promise<void>;
  /** Removes the data of a node that has ended. */
  wipe?: () => Promise<void>;
  /**
   * Finds the number of the last transaction in the data of a node that has ended, -1 where it has none. The node
   * forgets which nodes it was last together with, so that it begins no cluster by itself.
   */
  recover?: (signal: AbortSignal) => Promise<number>;
  /** As `start`, but the node begins a new cluster with its data. */
  startFirst?: (signal: AbortSignal) => Promise<void>;
  /** Cuts a node off from all other nodes (`gmcast.isolate=1` of `wsrep_provider_options`). */
  isolate?: () => Promise<void>;
  /** Lets an isolated node reach the others again. */
  rejoin?: () => Promise<void>;
  /** Does to the messages between machines what the fault says. */
  impair?: () => Promise<void>;
  /** Lets these messages pass again. */
  repair?: () => Promise<void>;
}

/** The name of an ability. */
export type Ability = keyof Abilities;
