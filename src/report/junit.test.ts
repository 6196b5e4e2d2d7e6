import { describe, expect, it } from 'vitest';
import { v4 } from '../analysis/synthetic.test-support.js';
import { junitOfFailure, junitReport } from './junit.js';
import { dhcp4AsPublished, FACTS, resultOf } from './report.test-support.js';

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
  it('has a test case a check; what holds passes', () => {
    const result = resultOf([dhcp4AsPublished()]);
    const xml = junitReport(result);
    expect(counts(xml)).toEqual({ tests: result.checks.length, failures: 0, errors: 0, skipped: 0 });
    expect(xml.match(/<testcase /g)).toHaveLength(result.checks.length);
    expect(xml).toContain(
      '<testcase classname="galera.dhcp4.REQUEST-ACK" name="conformance.heldConcurrently" time="0"/>',
    );
    expect(xml).toMatch(/<testsuite name="galera" .*time="120\.000" timestamp="2022-11-21T01:02:03\.000Z">/);
  });

  it("calls a check that does not hold a failure, and one that can't tell skipped, with the reason", () => {
    const xml = junitReport(broken());
    expect(counts(xml)).toMatchObject({ failures: 1, errors: 0, skipped: 1 });
    expect(xml).toContain('<failure type="conformance.heldConcurrently" message="expected 0; found 1">');
    expect(xml).toContain('<skipped message="can\'t tell: ');
  });

  it("calls what can't tell a failure where that is asked for", () => {
    const xml = junitReport(broken(), { inconclusive: 'fail' });
    expect(counts(xml)).toMatchObject({ failures: 2, errors: 0, skipped: 0 });
    expect(xml).toContain('<failure type="inconclusive"');
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

  it('of a run that could not be made is one error, whatever it says', () => {
    const xml = junitOfFailure('galera', {
      code: 'PREREQUISITE',
      message: 'no <node> "1" & \u0000',
      hint: 'install it',
    });
    expect(counts(xml)).toEqual({ tests: 1, failures: 0, errors: 1, skipped: 0 });
    expect(xml).toContain('message="no &lt;node&gt; &quot;1&quot; &amp; \ufffd"');
    expect(xml).toContain('install it</error>');
  });
});
