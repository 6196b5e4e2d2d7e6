import { messageOf } from '../../errors.js';
import { DgramTransport } from './dgram-transport.js';
import { NativeTransport } from './native/native-transport.js';
import type { TransportName } from '../../results/transport-names.js';
import type { Transport } from './transport.js';

export interface OpenedTransport {
  transport: Transport;
  /** Why it is not the native one; absent where it is, or where another was asked for. */
  instead?: string;
}

/**
 * Opens the native transport, or `node:dgram` where this machine lacks what the native one needs.
 *
 * @param wanted another choice; a transport that is asked for and can't be had is an error
 * @param nowUs the load's clock, microseconds
 */
export async function openTransport(
  wanted: TransportName | undefined,
  nowUs: () => number,
): Promise<OpenedTransport> {
  if (wanted === 'dgram') return { transport: new DgramTransport(nowUs) };
  try {
    return { transport: await NativeTransport.open(nowUs) };
  } catch (error) {
    if (wanted === 'native') throw error;
    return { transport: new DgramTransport(nowUs), instead: messageOf(error) };
  }
}
