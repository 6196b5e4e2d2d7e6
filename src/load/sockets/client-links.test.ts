import { beforeEach, describe, expect, it } from 'vitest';
import type { LinkEffect } from '../../faults/links.js';
import { ClientLinks, withClientLinks } from './client-links.js';

const SERVER = 'dhcp4 server-1';

/** Milliseconds of the load's clock. */
let now = 0;
beforeEach(() => void (now = 0));
const nowUs = () => now * 1_000;
/** The links of the test. */
let all: ClientLinks;

function newLinks(random: () => number): ClientLinks {
  all = new ClientLinks(random, nowUs);
  return all;
}

/** The link of a server whose direction to the server has the effect, and the random numbers that are drawn. */
function linkWith(effect: LinkEffect, ...drawn: number[]) {
  const links = newLinks(() => drawn.shift() ?? 0.99);
  void links.impair(0, [{ from: 'clients', to: SERVER, effect }]);
  return { links, ...links.of(SERVER) };
}

/** When each of these messages arrives, milliseconds. They are sent at once. */
function arrivals(link: { pass: (deliver: () => void) => void }, messages: number): string[] {
  const arrived: string[] = [];
  const begun = now;
  for (let n = 1; n <= messages; n++) link.pass(() => arrived.push(`${n} after ${now - begun}`));
  while (all.nextAtUs < Infinity) {
    now = all.nextAtUs / 1_000;
    all.advance(nowUs());
  }
  return arrived;
}

describe('messages between clients and a server', () => {
  it('pass at once where no fault is active', () => {
    const link = newLinks(() => 0).of(SERVER).out;
    expect(arrivals(link, 2)).toEqual(['1 after 0', '2 after 0']);
  });

  it('are lost by chance', () => {
    expect(arrivals(linkWith({ losePercent: 30 }, 0.29, 0.3).out, 2)).toEqual(['2 after 0']);
  });

  it('come twice by chance', () => {
    expect(arrivals(linkWith({ duplicatePercent: 30 }, 0.3, 0.29).out, 2)).toEqual([
      '1 after 0',
      '2 after 0',
      '2 after 0',
    ]);
  });

  it('are held back by chance, and overtaken', () => {
    expect(arrivals(linkWith({ reorderPercent: 30, ms: 20 }, 0.29, 0.3).out, 2)).toEqual([
      '2 after 0',
      '1 after 20',
    ]);
  });

  it('are all delayed, and keep their order', () => {
    expect(arrivals(linkWith({ ms: 50 }).out, 2)).toEqual(['1 after 50', '2 after 50']);
  });

  it('of the other direction and of other servers pass', () => {
    const { links, in: inward } = linkWith({ losePercent: 99 }, 0, 0);
    expect(arrivals(inward, 1)).toEqual(['1 after 0']);
    expect(arrivals(links.of('dhcp4 server-2').out, 1)).toEqual(['1 after 0']);
  });

  it('pass again when the fault is undone, but not another one’s', () => {
    const { links, out } = linkWith({ ms: 50 });
    void links.impair(1, [{ from: 'clients', to: SERVER, effect: { ms: 5 } }]);
    expect(arrivals(out, 1)).toEqual(['1 after 55']);
    void links.repair(0);
    expect(arrivals(out, 1)).toEqual(['1 after 5']);
    void links.repair(1);
    expect(arrivals(out, 1)).toEqual(['1 after 0']);
  });

  it('are counted by what became of them', () => {
    const { links, out } = linkWith({ losePercent: 30, duplicatePercent: 30 }, 0.1, 0.9, 0.1, 0.9, 0.9);
    arrivals(out, 3);
    expect(links.evidence([SERVER, 'dhcp4 server-2'])).toEqual([
      {
        server: SERVER,
        toServer: { messages: 3, lost: 1, doubled: 1, late: 0 },
        toClients: { messages: 0, lost: 0, doubled: 0, late: 0 },
      },
    ]);
  });
});

describe('faults of links', () => {
  it('are counted for each fault', async () => {
    const { links, out } = linkWith({ losePercent: 30 }, 0.29, 0.3, 0.29, 0.3);
    await links.impair(1, [{ from: 'clients', to: SERVER, effect: { duplicatePercent: 30 } }]);
    arrivals(out, 3);
    const direction = { from: 'clients', to: SERVER };
    // The first message was lost, the second one came twice, and the third one passed.
    expect(links.met(0)).toEqual([{ ...direction, packets: 3, dropped: 1, affected: 1 }]);
    expect(links.met(1)).toEqual([{ ...direction, packets: 2, dropped: 0, affected: 1 }]);
  });

  it('are lost if the run ends while they are held back', () => {
    const { links, out } = linkWith({ ms: 500 });
    out.pass(() => undefined);
    links.close();
    expect(links.evidence([SERVER])[0]?.toServer).toMatchObject({ messages: 1, late: 0, lost: 1 });
  });

  it('are done in the relay or elsewhere, and a cut of clients elsewhere', async () => {
    const links = newLinks(() => 0);
    const elsewhere: string[] = [];
    const network = withClientLinks(links, {
      impair: (_, rules) =>
        Promise.resolve(void elsewhere.push(...rules.map(({ from, to }) => `${from} > ${to}`))),
      repair: () => Promise.resolve(),
    });
    await network.impair(0, [
      { from: 'clients', to: SERVER, effect: { losePercent: 50 } },
      { from: SERVER, to: 'clients', effect: { losePercent: 100 } },
      { from: 'node-1', to: 'node-2', effect: { losePercent: 50 } },
    ]);
    expect(elsewhere).toEqual([`${SERVER} > clients`, 'node-1 > node-2']);
    expect(arrivals(links.of(SERVER).out, 1)).toEqual([]);
    expect(arrivals(links.of(SERVER).in, 1)).toEqual(['1 after 0']);
  });
});
