import { describe, expect, it } from 'vitest';
import { SyntheticRun } from '../../judgement/synthetic.test-support.js';
import type { Result } from '../../results/result.js';
import { reportPage } from '../html/page.js';
import { junitReport } from '../junit/junit.js';
import { markdownReport } from '../markdown/markdown.js';
import { FACTS, resultOf } from '../report.test-support.js';
import { environmentLine } from '../text/findings.js';
import { accompanyingLines } from '../text/logs-and-nodes.js';
import { figuresByNodeNote } from './proxy.js';

/** A run on nodes that replicate. The result of an earlier version says nothing of a proxy. */
function result(proxy?: string | null): Result {
  const facts = { environment: { ...FACTS.environment, proxy } };
  const node = { node: 'node-1', growth: { wsrep_last_committed: 7 } };
  return {
    ...resultOf([new SyntheticRun({ name: 'dhcp4', clients: 1 })], { facts }),
    accompanying: { messages: [], nodes: [node] },
  };
}

const HAPROXY = result('haproxy 2.6.12');
const NOT_PINNED = 'haproxy 2.6.12 between servers and nodes, so no server is pinned to a node';

describe('a proxy', () => {
  it('stands among the settings, with what it means for the servers', () => {
    expect(environmentLine(HAPROXY)).toContain(`galera 10.11.6 (wsrep 26.4.23); ${NOT_PINNED}; Node`);
    expect(junitReport(HAPROXY)).toContain('<property name="proxy" value="haproxy 2.6.12"/>');
    expect(reportPage({ result: HAPROXY, witnesses: [], witnessesOmitted: 0 })).toMatch(
      /<dt>Proxy<\/dt>\s*<dd>haproxy 2\.6\.12<\/dd>/,
    );
  });

  it('stands beside the figures by node: on the terminal, on the page and in Markdown', () => {
    const note = `${NOT_PINNED}: what a node counted may come from every server`;
    expect(figuresByNodeNote(HAPROXY)).toBe(note);
    expect(accompanyingLines(HAPROXY, 300).at(-1)).toBe(`- ${note}`);
    expect(reportPage({ result: HAPROXY, witnesses: [], witnessesOmitted: 0 })).toContain(note);
    expect(markdownReport(HAPROXY)).toContain(note);
  });

  it.each([[null], [undefined]])('that is not there (%s) is not told of', (proxy) => {
    const pinned = result(proxy);
    expect(figuresByNodeNote(pinned)).toBeUndefined();
    for (const text of [
      environmentLine(pinned),
      junitReport(pinned),
      accompanyingLines(pinned, 300).join('\n'),
      reportPage({ result: pinned, witnesses: [], witnessesOmitted: 0 }),
      markdownReport(pinned),
    ])
      expect(text).not.toMatch(/haproxy|between servers and nodes|<dt>Proxy|name="proxy"/);
  });
});
