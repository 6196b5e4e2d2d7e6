import { describe, expect, it } from 'vitest';
import { GREETING, LOGGED_IN, loginPacket, readinessQuestion, readyRow } from './check-packets.js';

/** What MariaDB 10.11.19 said to these packets, first as the only node of a cluster, then without the cluster. */
const SAID = {
  greeting:
    '640000000a352e352e352d31302e31312e31392d4d6172696144422d302b64656231327531002c00000048424e4449236f2a00fef7080200' +
    'ff81150000000000001d0000007c58213a40723d7a6f3e294e006d7973716c5f6e61746976655f70617373776f726400',
  loggedIn: '0700000200000002000000',
  ready:
    '01000001025e0000020364656612696e666f726d6174696f6e5f736368656d610e53455353494f4e5f5354415455530e53455353494f4e5f' +
    '5354415455530d5661726961626c655f6e616d650d5641524941424c455f4e414d450c2d0000010000fd0110000000570000030364656612' +
    '696e666f726d6174696f6e5f736368656d610e53455353494f4e5f5354415455530e53455353494f4e5f5354415455530556616c75650e56' +
    '41524941424c455f56414c55450c2d0000400000fd011000000005000004fe000022000f0000050b77737265705f7265616479024f4e0500' +
    '0006fe00000200',
  lastRowsOfNotReady: '05000004fe00002200100000050b77737265705f7265616479034f464605000006fe00000200',
};

const bytes = (hex: string): Buffer => Buffer.from(hex, 'hex');

/** The payloads of packets that follow each other, each after its sequence number. */
function payloads(packets: Buffer): [sequence: number, payload: string][] {
  if (packets.length === 0) return [];
  const end = 4 + packets.readUIntLE(0, 3);
  return [[packets.readUInt8(3), packets.toString('latin1', 4, end)], ...payloads(packets.subarray(end))];
}

describe('the login', () => {
  it('is the packet that MariaDB took', () => {
    expect(loginPacket('check', 'mysql_native_password').toString('hex')).toBe(
      '3d000001' +
        '01820800ffffff002d' +
        '00'.repeat(23) +
        '636865636b00' +
        '00' +
        '6d7973716c5f6e61746976655f70617373776f726400',
    );
  });

  it('tells each plugin in its own way that there is no password', () => {
    const [[sequence, payload] = []] = payloads(loginPacket('check', 'caching_sha2_password'));
    expect(sequence).toBe(1);
    expect(payload?.slice(32)).toBe('check\0\u{1}\0caching_sha2_password\0');
  });
});

it('the question is one statement, and the end of the session', () => {
  expect(payloads(readinessQuestion())).toEqual([
    [0, "\u{3}SHOW GLOBAL STATUS LIKE 'wsrep_ready'"],
    [0, '\u{1}'],
  ]);
});

describe('what the check waits for', () => {
  it.each([
    ['the greeting', SAID.greeting, GREETING],
    ['the answer to the login', SAID.loggedIn, LOGGED_IN],
    ['the row of a node that is ready', SAID.ready, readyRow()],
  ])('is in %s', (_, said, wanted) => {
    expect(bytes(said).includes(wanted)).toBe(true);
  });

  it('is not in the answer of a node that is not ready, and not in a refusal', () => {
    expect(bytes(SAID.lastRowsOfNotReady).toString('latin1')).toContain('wsrep_ready\u{3}OFF');
    expect(bytes(SAID.lastRowsOfNotReady).includes(readyRow())).toBe(false);
    // ERR packets: 1040 (too many connections) in place of the greeting, 1045 (access denied) after the login.
    expect(bytes('17000000ff1004303830303454').includes(GREETING)).toBe(false);
    expect(bytes('48000002ff15042332383030').includes(LOGGED_IN)).toBe(false);
  });
});
