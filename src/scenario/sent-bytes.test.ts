import { describe, expect, it } from 'vitest';
import * as v4 from '../dhcp/v4/index.js';
import { scenarioSchema } from './schema.js';
import { problemOfSent } from './sent-bytes.js';

const load = (given: Record<string, unknown>) =>
  scenarioSchema.parse({ name: 'mine', description: 'made up', load: given }).load;
const option = (code: number, length: number) => ({ code, value: 'x'.repeat(length) });

describe('what clients and relays send', () => {
  it.each<[4 | 6, Record<string, unknown>, string | undefined]>([
    [4, {}, undefined],
    [4, { dhcp4: { circuitId: 'x'.repeat(125), remoteId: 'y'.repeat(126) } }, undefined],
    [
      4,
      { dhcp4: { circuitId: 'x'.repeat(126), remoteId: 'y'.repeat(126) } },
      '256 bytes, and option 82 holds 255',
    ],
    [6, { dhcp6: { interfaceId: 'x'.repeat(255), remoteId: 'y'.repeat(255) } }, undefined],
    [6, { dhcp6: { options: [100, 101, 102].map((code) => option(code, 255)) } }, undefined],
    [
      6,
      { dhcp6: { options: Array.from({ length: 12 }, (_, index) => option(100 + index, 250)) } },
      'the options make 3048 bytes, and at most 3000 fit',
    ],
    [
      4,
      { dhcp4: { options: Array.from({ length: 12 }, (_, index) => option(100 + index, 250)) } },
      'the options make 3024 bytes, and at most 3000 fit',
    ],
  ])('in DHCPv%i, %j', (family, given, problem) => {
    const found = problemOfSent(family, load(given));
    if (problem === undefined) expect(found).toBeUndefined();
    else expect(found?.message).toContain(problem);
  });

  it('is not prepared where the encoder would split option 82', () => {
    const sent = { own: [], relay: [1, 2].map((code) => ({ code, value: new Uint8Array(126) })) };
    const identity = { hardwareAddress: new Uint8Array(6), sent };
    const message = v4.discover({ xid: 1, identity, relay: { address: new Uint8Array(4) } });
    expect(() => new v4.PreparedMessage(message, sent)).toThrow(RangeError);
  });
});
