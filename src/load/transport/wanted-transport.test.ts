import { expect, it } from 'vitest';
import { wantedTransport } from './wanted-transport.js';

it('is the best one unless the environment names another, which must exist', () => {
  expect(wantedTransport({})).toBeUndefined();
  expect(wantedTransport({ KEA_CONFORMANCE_TRANSPORT: '' })).toBeUndefined();
  expect(wantedTransport({ KEA_CONFORMANCE_TRANSPORT: 'dgram' })).toBe('dgram');
  expect(() => wantedTransport({ KEA_CONFORMANCE_TRANSPORT: 'raw' })).toThrow(
    expect.objectContaining({ code: 'USAGE', hint: expect.stringContaining('native, dgram') as string }),
  );
});
