import type { DatabaseAccess } from '../../cluster/started-cluster.js';
import type { KeaVersion } from '../../packages/kea/kea-version.js';
import type { CaseKind } from '../../protocol/cases.js';
import type { CaseSubnet } from '../case-subnet.js';
import type { KeaSettings } from './settings.js';

/** What is known of one Kea server before it starts. */
export interface KeaServerConfiguration {
  kind: CaseKind;
  version: KeaVersion;
  /** What the scenario says about allocation; what it leaves out stays at the version's default. */
  settings: KeaSettings;
  /** The subnets of the server's case, one for each relay. */
  subnets: readonly [CaseSubnet, ...CaseSubnet[]];
  /** Where the server takes requests: interfaces, or one of the addresses of an interface, such as `lo/127.0.0.1`. */
  listensOn: readonly string[];
  /** The interface of its clients, if there is no relay between them; it then selects the subnet. */
  clientsOn?: string | undefined;
  database: DatabaseAccess;
  controlSocket: string;
  /** The directory of the hook libraries; if undefined, Kea looks in its own installation. */
  hooks: string | undefined;
  /**
   * The DHCPv4 server identifier. By default it is the server's address, which servers on one address have in common.
   */
  serverIdentifier?: string | undefined;
  /** From 1; it makes the DHCPv6 server identifier unique. */
  serverNumber: number;
}
