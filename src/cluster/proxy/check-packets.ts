import type { AccountPlugin } from '../flavors/server.js';

/**
 * The packets that the proxy's check sends, and the bytes that it waits for. The protocol is that of MariaDB and MySQL
 * (MariaDB manual, "Client/Server Protocol"). A packet is the length of its payload in three bytes, a sequence number,
 * and the payload. All numbers are little-endian.
 */

/** The bytes before the payload of a packet. */
const HEADER_BYTES = 4;
const PROTOCOL_VERSION = 10;

/** The greeting of a server that takes connections: a length below 65,536, sequence number 0, version 10. */
export const GREETING = Buffer.from([0, 0, PROTOCOL_VERSION]);

/** The answer to a login that succeeded: an OK packet of 7 bytes, with sequence number 2. */
export const LOGGED_IN = Buffer.from([7, 0, 0, 2, 0]);

/** CLIENT_LONG_PASSWORD, CLIENT_PROTOCOL_41, CLIENT_SECURE_CONNECTION and CLIENT_PLUGIN_AUTH. */
const CAPABILITIES = 0x1 | 0x200 | 0x8000 | 0x8_0000;
const MAX_PACKET_BYTES = 0xff_ffff;
/** `utf8mb4_general_ci`. */
const COLLATION = 45;
const RESERVED_BYTES = 23;

/**
 * The login of a user without a password. It has no answer to the greeting's challenge in it, so it is the same for
 * every connection.
 */
export function loginPacket(user: string, plugin: AccountPlugin): Buffer {
  const fixed = Buffer.alloc(9 + RESERVED_BYTES);
  fixed.writeUInt32LE(CAPABILITIES, 0);
  fixed.writeUInt32LE(MAX_PACKET_BYTES, 4);
  fixed.writeUInt8(COLLATION, 8);
  return packet(1, Buffer.concat([fixed, terminated(user), NO_PASSWORD[plugin], terminated(plugin)]));
}

/** How each plugin is told that there is no password: the length of the answer, and the answer. */
const NO_PASSWORD: Readonly<Record<AccountPlugin, Buffer>> = {
  mysql_native_password: Buffer.from([0]),
  caching_sha2_password: Buffer.from([1, 0]),
};

/** The commands COM_QUERY and COM_QUIT. */
const QUERY = 3;
const QUIT = 1;
const VARIABLE = 'wsrep_ready';

/**
 * Asks for the variable and ends the session. Both packets are sent at once, so the server closes the connection after
 * its answer. The check then fails at once where the answer is not the wanted one, and need not wait for more.
 */
export function readinessQuestion(): Buffer {
  const statement = Buffer.from(`SHOW GLOBAL STATUS LIKE '${VARIABLE}'`, 'latin1');
  return Buffer.concat([
    packet(0, Buffer.concat([Buffer.from([QUERY]), statement])),
    packet(0, Buffer.from([QUIT])),
  ]);
}

/** The row of the answer of a node in the primary component: two texts, each after its length. */
export function readyRow(): Buffer {
  return Buffer.concat([VARIABLE, 'ON'].flatMap((text) => [Buffer.from([text.length]), Buffer.from(text)]));
}

function packet(sequence: number, payload: Buffer): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUIntLE(payload.length, 0, 3);
  header.writeUInt8(sequence, 3);
  return Buffer.concat([header, payload]);
}

function terminated(text: string): Buffer {
  return Buffer.from(`${text}\0`, 'latin1');
}
