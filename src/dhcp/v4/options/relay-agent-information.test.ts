import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeRelayAgentInformation,
  encodeRelayAgentInformation,
  SUB_OPTION,
} from './relay-agent-information.js';

describe('relay agent information', () => {
  it('is read and written sub-option by sub-option', () => {
    const subOptions = [
      { code: SUB_OPTION.circuitId, value: Uint8Array.of(0, 255) },
      { code: 0, value: Uint8Array.of() }, // no pad here (RFC 3046 section 2.0)
      { code: 255, value: Uint8Array.of(1) }, // and no end
    ];
    const value = Uint8Array.of(1, 2, 0, 255, 0, 0, 255, 1, 1);
    expect(encodeRelayAgentInformation(subOptions)).toEqual(value);
    expect(decodeRelayAgentInformation(value)).toEqual(subOptions);
  });

  it('survives being written and read', () => {
    const subOption = fc.record({
      code: fc.integer({ min: 0, max: 255 }),
      value: fc.uint8Array({ maxLength: 255 }),
    });
    fc.assert(
      fc.property(fc.array(subOption), (subOptions) => {
        expect(decodeRelayAgentInformation(encodeRelayAgentInformation(subOptions))).toEqual(subOptions);
      }),
    );
  });

  it.each([[[1]], [[1, 2, 0]], [[1, 0, 2]]])('is refused cut short: %j', (value) => {
    expect(() => decodeRelayAgentInformation(Uint8Array.from(value))).toThrow(
      expect.objectContaining({ name: 'DecodeError', code: 'OPTION_LENGTH' }),
    );
  });

  it('has no sub-options of more than 255 bytes', () => {
    const tooLong = [{ code: 1, value: new Uint8Array(256) }];
    expect(() => encodeRelayAgentInformation(tooLong)).toThrow(RangeError);
  });
});
