import { describe, expect, it } from 'vitest';
import { SyntheticRun, v4 } from '../../judgement/synthetic.test-support.js';
import { junitOfFailure, junitReport } from './junit.js';
import { dhcp4AsPublished, FACTS, resultOf } from '../report.test-support.js';
import type { Result } from '../../results/result.js';

const broken = () => {
  const run = dhcp4AsPublished();
  run.ask(0, 1, { attempt: 2 }).give(v4(5001));
  return resultOf([run], { evidence: { drops: [{ socket: 'kea dhcp4 server-1', drops: 2 }] } });
};

const counts = (xml: string) =>
  Object.fromEntries(
    ['tests', 'failures', 'errors', 'skipped'].map((name) => [
      name,
      Number(new RegExp(`<testsuites [^>]*${name}="(\\d+)"`).exec(xml)?.[1]),
    ]),
  );

describe('junit.xml', () => {
  it('has a test case for each check, which passes if the check holds', () => {
    const result = resultOf([dhcp4AsPublished()]);
    const xml = junitReport(result);
    const tests = result.checks.length + 2;
    expect(result.reproduction?.figures).toHaveLength(2);
    expect(counts(xml)).toEqual({ tests, failures: 0, errors: 0, skipped: 0 });
    expect(xml.match(/<testcase /g)).toHaveLength(tests);
    expect(xml.match(/<testcase classname="galera\.reproduction"/g)).toHaveLength(2);
    expect(xml).not.toMatch(/<testcase [^>]*time=/);
    expect(xml).toContain(
      '<testcase classname="galera.dhcp4.REQUEST-ACK" name="conformance.heldConcurrently"/>',
    );
    expect(xml).toMatch(/<testsuite name="galera" .*timestamp="2022-11-21T01:02:03\.000Z" time="120\.000">/);
  });

  it("calls a check that does not hold a failure, and one that can't tell skipped, with the reason", () => {
    const xml = junitReport(broken());
    expect(counts(xml)).toMatchObject({ failures: 1, errors: 0, skipped: 1 });
    expect(xml).toContain('<failure type="conformance.heldConcurrently" message="expected 0; found 1">');
    expect(xml).toContain('<skipped message="can\'t tell: ');
  });

  it('reports an inconclusive check as a failure on request', () => {
    const xml = junitReport(broken(), { inconclusive: 'fail' });
    expect(counts(xml)).toMatchObject({ failures: 2, errors: 0, skipped: 0 });
    expect(xml).toContain('<failure type="inconclusive"');
  });

  it('shows for a failure who held which lease and when, and the page', () => {
    const xml = junitReport(broken(), { page: 'reports/galera/x/report.html' });
    const [, text = ''] =
      /<failure type="conformance\.heldConcurrently"[^>]*>([^]*?)<\/failure>/.exec(xml) ?? [];
    expect(text).toMatch(
      /held-concurrently \S+: client \d+ by server-\d \S+–?\S* s.*; client \d+ by server-\d /,
    );
    expect(text).toContain('page: reports/galera/x/report.html');
  });

  it('has expected figures as test cases of their own', () => {
    const alone = () => {
      const run = new SyntheticRun({ name: 'dhcp4', clients: 90 });
      for (let client = 0; client < 90; client++) run.lease(client, v4(client));
      return run;
    };
    const drops = [{ socket: 'kea dhcp4 server-1', drops: 2 }];
    const outside = junitReport(resultOf([alone()]));
    expect(counts(outside)).toMatchObject({ failures: 2, skipped: 0 });
    expect(outside.match(/<failure type="not reproduced"/g)).toHaveLength(2);
    const open = resultOf([alone()], { evidence: { drops } });
    // The check on drops is one of them.
    expect(counts(junitReport(open))).toMatchObject({ failures: 0, skipped: 3 });
    expect(counts(junitReport(open, { inconclusive: 'fail' }))).toMatchObject({ failures: 3, skipped: 0 });
  });

  it('passes a check with a known failure, and names the cause', () => {
    const result = broken();
    const known = { cause: 'stale-read', text: 'a node read stale' };
    const checks = result.checks.map((check) =>
      check.verdict === 'fail' ? { ...check, verdict: 'pass' as const, known } : check,
    );
    const xml = junitReport({ ...result, checks });
    expect(counts(xml)).toMatchObject({ failures: 0 });
    expect(xml).toMatch(/<system-out>known: a node read stale/);
  });

  describe('of a negative control', () => {
    const control = (expectedFailures: string[], result = broken()): Result => ({
      ...result,
      expectedVerdict: 'fail',
      scenario: { ...result.scenario, effective: { expectedFailures } },
    });

    it('that held is one passing test case, alone and in a suite', () => {
      const xml = junitReport({ ...control(['conformance.heldConcurrently']), outcome: 'control held' });
      expect(counts(xml)).toMatchObject({ failures: 0, errors: 0 });
      expect(xml).toMatch(/name="the control holds">\s*<system-out>conformance\.heldConcurrently: /);
      expect(xml).not.toContain('name="conformance.heldConcurrently"');
    });

    it('that found nothing fails', () => {
      const passed = control(['conformance.heldConcurrently'], resultOf([dhcp4AsPublished()]));
      const xml = junitReport({ ...passed, outcome: 'control not held' });
      expect(counts(xml)).toMatchObject({ failures: 1 });
      expect(xml).toContain('<failure type="control not held"');
    });

    it('fails for a check that it is not made to fail', () => {
      const xml = junitReport({ ...control(['audit.oneLease']), outcome: 'fail' });
      expect(xml).toContain('<failure type="conformance.heldConcurrently"');
      expect(counts(xml)).toMatchObject({ failures: 1 });
    });
  });

  it.each([
    [
      'run.deaths',
      {
        deaths: [
          { kind: 'server' as const, name: 'kea dhcp4 server-1', how: 'exit code 1', lastLines: [], atUs: 1 },
        ],
      },
    ],
    ['run.endedEarly', { endedEarly: { code: 'STORAGE' as const, message: 'the disk is full' } }],
  ])('calls a crash an error: %s', (name, evidence) => {
    const xml = junitReport(resultOf([dhcp4AsPublished()], { evidence }));
    expect(counts(xml)).toMatchObject({ errors: 1, failures: 0 });
    expect(xml).toContain(`<error type="${name}"`);
  });

  it('has versions and settings as properties', () => {
    const { environment } = FACTS;
    const database = { ...environment.database, settings: { wsrep_sync_wait: 1 } };
    const xml = junitReport(
      resultOf([dhcp4AsPublished()], { facts: { environment: { ...environment, database } } }),
    );
    for (const property of [
      '<property name="kea.version" value="2.2.0"/>',
      '<property name="database.settings.wsrep_sync_wait" value="1"/>',
      '<property name="seed" value="7"/>',
      '<property name="kea-lease-conformance" value="0.1.0"/>',
    ])
      expect(xml).toContain(property);
  });

  it('of a run that could not be made is one error, for any message', () => {
    const xml = junitOfFailure('galera', {
      code: 'PREREQUISITE',
      message: 'no <node> "1" & \u0000',
      hint: 'install it',
    });
    expect(counts(xml)).toEqual({ tests: 1, failures: 0, errors: 1, skipped: 0 });
    expect(xml).toContain('message="no &lt;node&gt; &quot;1&quot; &amp; \\u0000"');
    expect(xml).toContain('install it</error>');
  });
});
