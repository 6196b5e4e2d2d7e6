/** A UDP datagram as a capture shows it. */
export interface Datagram {
  family: 4 | 6;
  /** Whose addresses these are: empty, `VLAN 10`, `VNI 5000` or both. */
  network: string;
  /** Where it was heard, where VLANs count as one network; absent for none. */
  heardIn?: string;
  source: Endpoint;
  destination: Endpoint;
  /** Shorter than it was where the capture cut it off. */
  payload: Buffer;
  cut: boolean;
  /** Of the frame that it came in: how much the capture has. */
  captured: number;
}

export interface Endpoint {
  address: string;
  port: number;
}
