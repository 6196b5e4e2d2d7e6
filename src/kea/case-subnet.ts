/** The subnet a case lives in: documentation and private ranges, big enough for any load of one run. */
export interface CaseSubnet {
  /** Kea's subnet-id, one for each case, so that the cases' rows in the lease tables can be told apart. */
  id: number;
  subnet: string;
  /** Addresses, first and last; absent for prefix delegation. */
  pool?: { first: string; last: string };
  prefixPool?: { prefix: string; length: number; delegatedLength: number };
  /**
   * What selects the subnet (Kea manual, "DHCPv4/DHCPv6 Server: Subnet Selection"): in v4 the relay's own address,
   * to which Kea sends its answers; in v6 the link-address.
   */
  relayAddress: string;
}
