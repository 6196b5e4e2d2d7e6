import * as v4 from '../../src/dhcp/v4/index.js';
import * as v6 from '../../src/dhcp/v6/index.js';
import type { Meddler } from './meddling-proxy.js';

type Change<T> = (answer: T, number: number) => readonly T[] | Promise<readonly T[]>;

/** Lets `change` do something to each ACK; `number` counts them from 1. Everything else passes. */
export function onEachAck(change: Change<v4.Dhcp4Message>): Meddler {
  let number = 0;
  return async (datagram) => {
    const message = v4.decodeMessage(datagram);
    if (v4.messageType(message) !== v4.MESSAGE_TYPE.ack) return [datagram];
    const instead = await change(message, ++number);
    return instead.map(v4.encodeMessage);
  };
}

/** The same for each REPLY that delegates a prefix, in its RELAY-REPL; a refusal passes. */
export function onEachReply(change: Change<v6.Dhcp6Message>): Meddler {
  let number = 0;
  return async (datagram) => {
    const message = v6.decodeMessage(datagram);
    const isReply = v6.unwrap(message).message.messageType === v6.MESSAGE_TYPE.reply;
    if (!isReply || delegatedPrefix(message) === undefined) return [datagram];
    const instead = await change(message, ++number);
    return instead.map(v6.encodeMessage);
  };
}

/** The first prefix of a REPLY, to be read or changed. */
export function prefixOf(reply: v6.Dhcp6Message): v6.IaPrefixOption {
  const prefix = delegatedPrefix(reply);
  if (prefix === undefined) throw new Error('a REPLY without a prefix');
  return prefix;
}

function delegatedPrefix(reply: v6.Dhcp6Message): v6.IaPrefixOption | undefined {
  return v6
    .unwrap(reply)
    .message.options.flatMap((option) => (option.type === 'ia-pd' ? option.options : []))
    .find((inner) => inner.type === 'ia-prefix');
}
