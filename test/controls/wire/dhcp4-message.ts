import * as v4 from '../../../src/dhcp/v4/index.js';
import { hex, type Identity, type LeaseBytes, type Message, type Role } from './message.js';

const ROLES = new Map<number, Role>([
  [v4.MESSAGE_TYPE.discover, 'start'],
  [v4.MESSAGE_TYPE.offer, 'offer'],
  [v4.MESSAGE_TYPE.request, 'request'],
  [v4.MESSAGE_TYPE.ack, 'grant'],
]);

export class Dhcp4 implements Message {
  private constructor(
    readonly role: Role,
    readonly message: v4.Dhcp4Message,
  ) {}

  static read(datagram: Uint8Array): Dhcp4 | undefined {
    const message = v4.decodeMessage(datagram);
    const role = ROLES.get(v4.messageType(message));
    return role && new Dhcp4(role, message);
  }

  get identity(): Identity {
    return {
      clientIdentifier: hex(this.#option(v4.OPTION.clientIdentifier)),
      hardwareAddress: hex(v4.hardwareAddress(this.message)),
    };
  }

  get lease(): LeaseBytes {
    return { bytes: this.message.yiaddr, length: 32 };
  }

  withLease({ bytes }: LeaseBytes): Message {
    return new Dhcp4(this.role, { ...this.message, yiaddr: bytes });
  }

  withIdentityOf(other: Dhcp4): Message {
    const identifier = other.#option(v4.OPTION.clientIdentifier);
    const options = new Map([...this.message.options, [v4.OPTION.clientIdentifier, identifier]]);
    return new Dhcp4(this.role, { ...this.message, chaddr: other.message.chaddr, options });
  }

  asGrantFor({ message: { xid } }: Dhcp4): Message {
    const type = Uint8Array.of(v4.MESSAGE_TYPE.ack);
    const options = new Map([...this.message.options, [v4.OPTION.messageType, type]]);
    return new Dhcp4('grant', { ...this.message, xid, options });
  }

  asRefusal(): Message {
    const type = Uint8Array.of(v4.MESSAGE_TYPE.nak);
    const options = new Map([...this.message.options, [v4.OPTION.messageType, type]]);
    options.delete(v4.OPTION.leaseTime);
    return new Dhcp4(this.role, { ...this.message, yiaddr: v4.unspecifiedIpv4(), options });
  }

  encode(): Uint8Array {
    return v4.encodeMessage(this.message);
  }

  #option(code: number): Uint8Array {
    return this.message.options.get(code) ?? new Uint8Array();
  }
}
