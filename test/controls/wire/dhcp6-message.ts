import * as v6 from '../../../src/dhcp/v6/index.js';
import { hex, type Identity, type LeaseBytes, type Message, type Role } from './message.js';

const ROLES = new Map<number, Role>([
  [v6.MESSAGE_TYPE.solicit, 'start'],
  [v6.MESSAGE_TYPE.advertise, 'offer'],
  [v6.MESSAGE_TYPE.request, 'request'],
  [v6.MESSAGE_TYPE.reply, 'grant'],
]);

type Ia = v6.IaNaOption | v6.IaPdOption;

export class Dhcp6 implements Message {
  private constructor(
    readonly role: Role,
    readonly message: v6.Dhcp6Message,
  ) {}

  static read(datagram: Uint8Array): Dhcp6 | undefined {
    const message = v6.decodeMessage(datagram);
    const role = ROLES.get(v6.unwrap(message).message.messageType);
    if (role === undefined) return undefined;
    const read = new Dhcp6(role, message);
    return (role === 'offer' || role === 'grant') && read.lease === undefined ? undefined : read;
  }

  get identity(): Identity {
    return { duid: hex(this.#duid), iaid: this.#ia.iaid };
  }

  get lease(): LeaseBytes | undefined {
    for (const option of this.#ia.options) {
      if (option.type === 'ia-address') return { bytes: option.address, length: 128 };
      if (option.type === 'ia-prefix') return { bytes: option.prefix, length: option.prefixLength };
    }
    return undefined;
  }

  withLease({ bytes, length }: LeaseBytes): Message {
    return this.#changed(({ options }) => {
      for (const ia of options) {
        if (ia.type !== 'ia-na' && ia.type !== 'ia-pd') continue;
        for (const option of ia.options) {
          if (option.type === 'ia-address') option.address = bytes;
          if (option.type === 'ia-prefix') Object.assign(option, { prefix: bytes, prefixLength: length });
        }
      }
    });
  }

  withIdentityOf(other: Dhcp6): Message {
    return this.#changed(({ options }) => {
      for (const option of options) {
        if (option.type === 'client-id') option.duid = other.#duid;
        if (option.type === 'ia-na' || option.type === 'ia-pd') option.iaid = other.#ia.iaid;
      }
    });
  }

  asGrantFor(request: Dhcp6): Message {
    const { xid } = v6.unwrap(request.message).message;
    return this.#changed(
      (inner) => Object.assign(inner, { messageType: v6.MESSAGE_TYPE.reply, xid }),
      'grant',
    );
  }

  asRefusal(): Message {
    const { noBinding: statusCode } = v6.STATUS;
    return this.#changed(({ options }) => {
      for (const ia of options) {
        if (ia.type !== 'ia-na' && ia.type !== 'ia-pd') continue;
        ia.options = [{ type: 'status-code', statusCode, message: new Uint8Array() }];
      }
    });
  }

  encode(): Uint8Array {
    return v6.encodeMessage(this.message);
  }

  /** A copy with its relay headers, in which the message between client and server is changed. */
  #changed(change: (inner: v6.ClientServerMessage) => void, role = this.role): Message {
    const copy = v6.decodeMessage(this.encode());
    change(v6.unwrap(copy).message);
    return new Dhcp6(role, copy);
  }

  get #ia(): Ia {
    const found = this.#options.find((option) => option.type === 'ia-na' || option.type === 'ia-pd');
    if (found === undefined) throw new Error('a message without an IA');
    return found;
  }

  get #duid(): Uint8Array {
    const found = this.#options.find((option) => option.type === 'client-id');
    if (found === undefined) throw new Error('a message without a client identifier');
    return found.duid;
  }

  get #options(): v6.ClientServerOption[] {
    return v6.unwrap(this.message).message.options;
  }
}
