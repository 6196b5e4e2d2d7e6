import type { CaseKind } from '../../../protocol/cases.js';
import type { LeaseType } from '../../../protocol/leases.js';
import type { Client } from './exchange/client.js';

/** A case of a capture: what the clients of one network ask for together. It is judged together. */
export interface CaptureCase {
  /** The case without its network: `dhcp6-ia-na`. */
  kind: CaseKind;
  network: string;
  family: 4 | 6;
  leaseTypes: readonly LeaseType[];
  /** In the order of their numbers. */
  clients: Client[];
}
