import { describe, expect, it } from 'vitest';
import { latestValues } from './server-statistics.js';

describe('Kea statistics', () => {
  it('are the latest value of each', () => {
    expect(
      latestValues({
        'pkt4-ack-sent': [
          [20, '2026-11-23 02:24:11.109139'],
          [19, '2026-11-23 02:24:11.073655'],
        ],
        'a text': [['x', '2026-11-23 02:24:11.109139']],
        empty: [],
      }),
    ).toEqual({ 'pkt4-ack-sent': 20 });
  });
});
