import { describe, expect, it } from 'vitest';
import { v4 } from '../../judgement/synthetic.test-support.js';
import { markdownReport } from './markdown.js';
import { dhcp4AsPublished, dhcp6WithRefusals, FACTS, resultOf } from '../report.test-support.js';

const duplicated = () => {
  const run = dhcp4AsPublished();
  for (let client = 0; client < 200; client++) run.ask(client, 1, { attempt: 2 }).give(v4(5001 + client));
  return resultOf([run]);
};

describe('summary.md', () => {
  it('begins with the verdict and the second phase of each case, and folds the details', () => {
    const lines = markdownReport(resultOf([dhcp4AsPublished(), dhcp6WithRefusals()])).split('\n');
    expect(lines[0]).toBe(
      '## ✅ PASS galera: every check holds, and all 4 expected figures are as expected; only partly as published: ' +
        'dhcp6-ia-na SOLICIT-ADVERTISE, where duplicates are as published, but 11% of the requests got no lease (published: 1%)',
    );
    expect(lines[2]).toMatch(/^\*\*Conformance: pass · Reproduction: reproduced\*\*/);
    expect(lines[4]).toMatch(/^- \*\*dhcp4\*\* REQUEST-ACK: no lease was held by two clients/);
    expect(lines).toContain(
      '| dhcp4 | DISCOVER-OFFER | 357 | 356 | 120 | 119 | 33.4% | 99.2% | Duplicates for DISCOVER-OFFER (119/356, 33% with 99% appearance) — reproduced |',
    );
    const firstFold = lines.findIndex((line) => line.startsWith('<details>'));
    expect(lines[firstFold]).toContain('Reproduction: reproduced');
    expect(lines.join('\n')).toContain('    kea-lease-conformance run galera --set seed=7');
  });

  it('shows failed checks unfolded, and the first witnesses', () => {
    const text = markdownReport(duplicated());
    expect(text).toMatch(
      /^## ❌ FAIL galera: dhcp4 REQUEST-ACK: 200 leases were held by several clients at once/,
    );
    expect(text.indexOf('### Failed checks (1)')).toBeLessThan(text.indexOf('<details>'));
    expect(text).not.toContain('### Inconclusive checks');
    expect(text.match(/^- dhcp4 held-concurrently/gm)).toHaveLength(50);
    expect(text).toContain('- and 150 more');
  });

  it('shows why a run is not comparable before any fold, and lists known failures', () => {
    const drops = [{ socket: 'kea dhcp4 server-1', drops: 2 }];
    const limits = { ...FACTS.scenario.limits, maxDroppedDatagrams: 5, maxDroppedAtServers: 5 };
    const facts = { scenario: { ...FACTS.scenario, limits } };
    const result = resultOf([dhcp4AsPublished()], { facts, evidence: { drops } });
    const known = { cause: 'stale-read', text: 'a node read stale' };
    const text = markdownReport({
      ...result,
      checks: result.checks.map((check, i) => (i === 0 ? { ...check, known } : check)),
    });
    expect(text).toMatch(/^## ❔ PASS, not comparable /);
    const visible = text.slice(0, text.indexOf('<details>'));
    expect(visible).toContain("### Reproduction: can't tell");
    expect(visible.match(/ not kept /g)).toHaveLength(1);
    expect(visible).toMatch(/### Known failures\n\n- .*: a node read stale/);
  });

  it.each([600, 2_000, 20_000])('fits into %i bytes, with the verdict first', (limit) => {
    const text = markdownReport(duplicated(), limit);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(limit);
    expect(text).toMatch(/^## ❌ FAIL galera/);
    expect(text.match(/<details>/g)?.length).toBe(text.match(/<\/details>/g)?.length);
  });

  it('escapes Markdown and HTML in texts', () => {
    const { environment } = FACTS;
    const hostile = '</details><script>|`*[x](y)\n# a';
    const text = markdownReport(
      resultOf([dhcp4AsPublished()], { facts: { environment: { ...environment, node: hostile } } }),
    );
    expect(text).not.toContain('<script>');
    expect(text).toContain('&lt;/details&gt;&lt;script&gt;&#124;&#96;&#42;&#91;x&#93;(y) &#35; a');
  });
});
