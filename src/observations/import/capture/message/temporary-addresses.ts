import type { ClientServerMessage, ReplyLease } from '../../../../dhcp/v6/index.js';
import type { Association } from './dhcp-message.js';

/** RFC 8415 sections 21.5, 21.6 and 21.13. */
const OPTION = { iaTa: 4, iaAddress: 5, statusCode: 13 } as const;

export interface TemporaryAssociation {
  association: Association;
  /** An IA_TA has neither T1 nor T2. */
  t1: 0;
  t2: 0;
  statusCode: number;
  leases: ReplyLease[];
}

/**
 * The identity associations for temporary addresses in a message (RFC 8415 section 21.5). The codec keeps them as
 * bytes, because Kea does not support them. Other servers give temporary addresses, and these are leases like others.
 * Options in an association that are cut short are left out.
 *
 * ```text
 * at  size  IA_TA              IA Address
 *  0  u32   IAID               address, 16 bytes
 * 16  u32                      preferred lifetime, s
 * 20  u32                      valid lifetime, s
 *           then options       then options
 * ```
 */
export function temporaryAssociations(options: ClientServerMessage['options']): TemporaryAssociation[] {
  return options.flatMap((option): TemporaryAssociation[] => {
    if (option.type !== 'opaque' || option.code !== OPTION.iaTa || option.data.length < 4) return [];
    const data = viewOf(option.data);
    const association: Association = { kind: 'ta', iaid: data.getUint32(0) };
    const inner = [...optionsIn(option.data.subarray(4))];
    return [
      {
        association,
        t1: 0,
        t2: 0,
        statusCode: statusIn(inner),
        leases: inner.flatMap(({ code, data: bytes }) =>
          code === OPTION.iaAddress && bytes.length >= 24 ? [leaseIn(bytes)] : [],
        ),
      },
    ];
  });
}

interface InnerOption {
  code: number;
  data: Uint8Array;
}

function* optionsIn(bytes: Uint8Array): Generator<InnerOption> {
  const view = viewOf(bytes);
  for (let at = 0; at + 4 <= bytes.length;) {
    const length = view.getUint16(at + 2);
    if (at + 4 + length > bytes.length) return;
    yield { code: view.getUint16(at), data: bytes.subarray(at + 4, at + 4 + length) };
    at += 4 + length;
  }
}

function leaseIn(bytes: Uint8Array): ReplyLease {
  const view = viewOf(bytes);
  return {
    prefix: bytes.subarray(0, 16),
    prefixLength: 128,
    preferredLifetime: view.getUint32(16),
    validLifetime: view.getUint32(20),
    statusCode: statusIn([...optionsIn(bytes.subarray(24))]),
  };
}

function statusIn(options: readonly InnerOption[]): number {
  const status = options.find(({ code, data }) => code === OPTION.statusCode && data.length >= 2);
  return status === undefined ? 0 : viewOf(status.data).getUint16(0);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
