/** A UDP datagram as a capture shows it. */
export interface Datagram {
  family: 4 | 6;
  /** The network that the addresses belong to: empty, `VLAN 10`, `VNI 5000` or both. */
  network: string;
  /** The VLAN of the datagram, if VLANs count as one network; else absent. */
  heardIn?: string;
  source: Endpoint;
  destination: Endpoint;
  /** Only what the capture has of it, if the capture cut it short. */
  payload: Buffer;
  cut: boolean;
  /** The number of bytes that the capture has of the datagram's frame. */
  captured: number;
}

export interface Endpoint {
  address: string;
  port: number;
}
