/** The subnet of a case, from the documentation and private ranges. It is big enough for any load of one run. */
export interface CaseSubnet {
  /** Kea's subnet-id. Each case has its own, which tells the cases' rows in the lease tables apart. */
  id: number;
  subnet: string;
  /** The first and the last address; absent for prefix delegation. */
  pool?: { first: string; last: string };
  prefixPool?: { prefix: string; length: number; delegatedLength: number };
  /**
   * The address that selects the subnet (Kea manual, "DHCPv4/DHCPv6 Server: Subnet Selection"). In DHCPv4 it is the
   * relay's own address, to which Kea sends its answers; in DHCPv6 it is the link-address.
   */
  relayAddress: string;
}
