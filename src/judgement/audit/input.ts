import type { ReadRow } from '../../evidence/lease-file.js';
import type { ClientsOfRun } from '../../load/identities/identities-of-run.js';
import type { LeaseTableName, SystemEvidence } from '../../evidence/system.js';

/** How the identity in a row tells the client. */
export interface WhoseRows extends ClientsOfRun {
  /** DHCPv4: false where the servers know a client by its hardware address alone; true by default. */
  matchClientId?: boolean | undefined;
}

/** What the audit works from, besides the observations. */
export interface AuditInput extends WhoseRows {
  system: SystemEvidence;
  /**
   * DHCPv4: for how many seconds a server reserves an offered lease in the lease table; 0 or absent where it stores
   * nothing.
   */
  offerLifetime?: number | undefined;
  /** How many answers of each server a fault let come twice, by the server's name; absent where none did. */
  doubledAnswers?: ReadonlyMap<string, number> | undefined;
  /** How far the clocks of all servers are ahead of the harness's, microseconds; absent where they are not. */
  aheadUs?: number | undefined;
  /** Goes once over a table as it was read through a node. It is called as often as needed. */
  rows: (node: string, table: LeaseTableName) => Iterable<ReadRow>;
}

/** Why there is no audit. */
export interface NoAudit {
  notMade: string;
}
