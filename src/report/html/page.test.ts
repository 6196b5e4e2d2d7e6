import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { v4 } from '../../judgement/synthetic.test-support.js';
import { dhcp4AsPublished, dhcp6WithRefusals, FACTS, resultOf } from '../report.test-support.js';
import type { WitnessOfCase } from './input.js';
import { reportPage } from './page.js';

const HOSTILE = `</script><script>alert('1')</script><img src=x onerror="alert(2)">`;

const page = (
  result = resultOf([dhcp4AsPublished(), dhcp6WithRefusals()]),
  witnesses: WitnessOfCase[] = [],
) => reportPage({ result, witnesses, witnessesOmitted: 0 });

const witness: WitnessOfCase = {
  case: HOSTILE,
  kind: 'held-concurrently',
  phase: null,
  lease: HOSTILE,
  otherLease: null,
  holders: [
    {
      client: 1,
      identity: { identifier: HOSTILE },
      server: HOSTILE,
      lease: HOSTILE,
      fromUs: 1,
      untilUs: null,
    },
  ],
};

/** The ids of the sections, in order. */
const sections = (html: string) => [...html.matchAll(/<section id="([\w-]+)"/g)].map(([, id]) => id);

/** The raw text between the tags of each match. */
const contentsOf = (html: string, tag: RegExp) => [...html.matchAll(tag)].map(([, content = '']) => content);

describe('report.html', () => {
  it('allows only the style and the script that its policy names by their hashes', () => {
    const html = page();
    const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html)?.[1] ?? '';
    expect(policy).toContain('default-src &#39;none&#39;');
    const [script = ''] = contentsOf(html, /<script>([^]*?)<\/script>/g);
    const [style = ''] = contentsOf(html, /<style>([^]*?)<\/style>/g);
    for (const text of [script, style]) {
      expect(text).not.toBe('');
      expect(policy).toContain(`sha256-${createHash('sha256').update(text).digest('base64')}`);
    }
    expect(html).not.toMatch(/(src|href)="(?!#|data:,)/);
    expect(html).not.toMatch(/ style="/);
  });

  it('escapes names of scenarios, servers, clients and settings', () => {
    const { scenario, environment } = FACTS;
    const hostile = {
      ...resultOf([dhcp4AsPublished()], {
        facts: {
          scenario: { ...scenario, description: HOSTILE },
          argv: ['run', HOSTILE],
          environment: {
            ...environment,
            kea: { ...environment.kea, version: HOSTILE },
            database: { ...environment.database, settings: { [HOSTILE]: HOSTILE } },
          },
        },
      }),
      accompanying: {
        messages: [
          { server: HOSTILE, identifier: HOSTILE, severity: HOSTILE, count: 1, errorCodes: { [HOSTILE]: 1 } },
        ],
        nodes: [{ node: HOSTILE, growth: { wsrep_last_committed: 1 } }],
      },
      checks: [
        {
          name: HOSTILE,
          case: HOSTILE,
          phase: HOSTILE,
          expected: HOSTILE,
          actual: HOSTILE,
          verdict: 'fail' as const,
        },
      ],
    };
    const html = page(hostile, [witness]);
    expect(html).toContain('&lt;img src=x onerror=&quot;alert(2)&quot;&gt;');
    expect(html).not.toContain('<img');
    expect(html).not.toContain("<script>alert('1')");
    // One script holds the data of the witnesses, the other is the page's own.
    expect(html.match(/<script/g)).toHaveLength(2);
    expect(html.match(/<\/script/g)).toHaveLength(2);
    const [json = ''] = contentsOf(html, /<script type="application\/json"[^>]*>([^]*?)<\/script>/g);
    expect(JSON.parse(json)).toEqual([
      [HOSTILE, 'held-concurrently', HOSTILE, expect.stringContaining(HOSTILE), ''],
    ]);
  });

  it('leaves out unknown figures, and begins with failed checks', () => {
    expect(sections(page())).toEqual([
      'reproduction',
      'measured',
      'sharing',
      'further',
      'answered',
      'latency',
      'rate',
      'checks',
      'environment',
      'again',
    ]);
    const duplicate = dhcp4AsPublished();
    duplicate.ask(0, 1, { attempt: 2 }).give(v4(5001));
    expect(sections(page(resultOf([duplicate]), [witness]))).toEqual([
      'broken',
      'reproduction',
      'measured',
      'sharing',
      'further',
      'answered',
      'latency',
      'rate',
      'witnesses',
      'checks',
      'environment',
      'again',
    ]);
  });

  it('shows both halves of the verdict in its title, its header and a section', () => {
    const drops = [{ socket: 'kea dhcp4 server-1', drops: 2 }];
    const limits = { ...FACTS.scenario.limits, maxDroppedDatagrams: 5, maxDroppedAtServers: 5 };
    const facts = { scenario: { ...FACTS.scenario, limits } };
    const html = page(resultOf([dhcp4AsPublished()], { facts, evidence: { drops } }));
    const halves = 'Conformance: pass · Reproduction: can&#39;t tell';
    expect(html).toContain(`<title>PASS, not comparable galera · ${halves}</title>`);
    expect(html).toContain(`<p class="halves">${halves}</p>`);
    const [section = ''] = contentsOf(html, /<section id="reproduction"([^]*?)<\/section>/g);
    expect(section.match(/as expected/g)).toHaveLength(2);
    expect(section.match(/not kept/g)).toHaveLength(1);
    const without = resultOf([dhcp4AsPublished()], {
      facts: { scenario: { ...FACTS.scenario, published: undefined } },
    });
    expect(page(without)).toContain('<title>PASS galera</title>');
    expect(sections(page(without))).not.toContain('reproduction');
  });

  it('lists known failures', () => {
    const result = resultOf([dhcp4AsPublished()]);
    const known = { cause: 'stale-read', text: 'a node read stale' };
    const html = page({
      ...result,
      checks: result.checks.map((check, i) => (i === 0 ? { ...check, known } : check)),
    });
    const [section = ''] = contentsOf(html, /<section id="known"([^]*?)<\/section>/g);
    expect(section).toContain('a node read stale');
    expect(html).toContain('known: a node read stale');
  });

  it('marks each figure with its path in the result', () => {
    const html = page();
    expect(html).toMatch(
      /data-value="119" data-figure="cases\.0\.phases\.0\.firstAttempt\.duplicateLeases"\s*>119/,
    );
    expect(html).toContain('119/356, 33%, 99%');
    expect(html).toContain('kea-lease-conformance run galera --set seed=7');
  });

  it('says plainly what failed, and that it must in a negative control', () => {
    const duplicate = dhcp4AsPublished();
    duplicate.ask(0, 1, { attempt: 2 }).give(v4(5001));
    const result = resultOf([duplicate]);
    const broken = (expectedVerdict: 'pass' | 'fail') =>
      contentsOf(page({ ...result, expectedVerdict }), /<section id="broken"([^]*?)<\/section>/g)[0] ?? '';
    expect(broken('pass')).toMatch(/<p>\d+ checks? failed\.<\/p>/);
    expect(broken('pass')).toMatch(/>1 lease was held by several clients at once</);
    expect(broken('fail')).toMatch(
      /<p>\d+ checks? failed\. This scenario is a negative control: [^<]*must fail\.<\/p>/,
    );
  });

  it('explains the published figures where it has them', () => {
    const key = 'Published: duplicate leases / leases, then dup % and app %';
    expect(page()).toContain(key);
    const without = resultOf([dhcp4AsPublished()], {
      facts: { scenario: { ...FACTS.scenario, published: undefined } },
    });
    expect(page(without)).not.toContain(key);
  });

  it('begins a row of charts for the latencies of each case', () => {
    const html = page();
    const over = html.split('<h3>Over time</h3>')[1]?.split('</section>')[0] ?? '';
    expect(
      over
        .split('<div class="panels">')
        .slice(1)
        .map((row) => />([\w-]+)<\/figcaption>/.exec(row)?.[1]),
    ).toEqual(resultOf([dhcp4AsPublished(), dhcp6WithRefusals()]).cases.map(({ name }) => name));
  });

  it('says how many witnesses are not on it', () => {
    const html = reportPage({
      result: resultOf([dhcp4AsPublished()]),
      witnesses: [witness],
      witnessesOmitted: 12_000,
    });
    expect(html).toContain('12,001 witnesses');
    expect(html).toContain('12,000 more are not on this page');
  });
});
