import type { DatabaseAccess } from '../../cluster/model.js';
import type { KeaVersion } from '../../packages/kea-version.js';
import type { CaseKind } from '../../protocol/cases.js';
import type { CaseSubnet } from '../case-subnet.js';
import type { KeaSettings } from './by-version.js';

/** What is known of one Kea server before it starts. */
export interface KeaServerConfiguration {
  kind: CaseKind;
  version: KeaVersion;
  /** What the scenario says about allocation; what it leaves out stays at the version's default. */
  settings: KeaSettings;
  /** Those of its case, by relay. */
  subnets: readonly [CaseSubnet, ...CaseSubnet[]];
  /** Where it takes requests: an interface with one of its addresses, such as `lo/127.0.0.1`. */
  listensOn: string;
  database: DatabaseAccess;
  controlSocket: string;
  /** The directory of the hook libraries; undefined for those of Kea's own installation. */
  hooks: string | undefined;
  /** What a DHCPv4 server is known by; its address by default, which several servers on one address share. */
  serverIdentifier?: string | undefined;
  /** From 1; makes the DHCPv6 server identifier its own. */
  serverNumber: number;
}
