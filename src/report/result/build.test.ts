import { describe, expect, it } from 'vitest';
import { v4 } from '../../judgement/synthetic.test-support.js';
import { FACTS, dhcp4AsPublished, dhcp6WithRefusals, resultOf } from '../report.test-support.js';
import { resultJsonSchema, resultSchema } from '../../results/result.js';

describe('result.json', () => {
  it('fulfils its schema, and has no field outside it', () => {
    const result = resultOf([dhcp4AsPublished(), dhcp6WithRefusals()]);
    const stored: unknown = JSON.parse(JSON.stringify(result));
    expect(resultSchema.parse(stored)).toEqual(stored);
  });

  it('has the figures of the contract, percentages with two decimals', () => {
    const { cases } = resultOf([dhcp4AsPublished()]);
    expect(cases[0]).toMatchObject({
      name: 'dhcp4',
      servers: 3,
      clients: 357,
      clientsWithLease: 356,
      heldConcurrently: 0,
      overlappingLeases: 0,
      witnesses: [],
      audit: null,
      phases: [
        {
          name: 'DISCOVER-OFFER',
          leaseType: 'address',
          committing: false,
          firstAttempt: {
            requests: 357,
            responses: 356,
            distinctLeases: 120,
            duplicateLeases: 119,
            duplicatePercent: 33.43,
            appearancePercent: 99.17,
            allocationsPerDistinctLease: 2.96,
            sharing: { 1: 1, 2: 2, 3: 117 },
          },
          outcomes: { lease: 356, nak: 0, 'no-lease': 0, partial: 0, timeout: 1, late: 0, malformed: 0 },
        },
        { name: 'REQUEST-ACK', committing: true, withoutOffer: 1, firstAttempt: { duplicateLeases: 0 } },
      ],
    });
  });

  it('records how the run was made', () => {
    expect(resultOf([dhcp4AsPublished()])).toMatchObject({
      schemaVersion: 2,
      scenario: {
        name: 'galera',
        seed: 7,
        argv: ['run', 'galera'],
        effective: { load: { ratePerServer: 1 } },
      },
      startedAt: '2022-11-21T01:02:03.000Z',
      expectedVerdict: 'pass',
      environment: FACTS.environment,
    });
  });

  it('has a JSON Schema', () => {
    expect(resultJsonSchema()).toMatchObject({
      type: 'object',
      properties: { schemaVersion: { const: 2 }, verdict: { enum: ['pass', 'fail', 'inconclusive'] } },
    });
  });
});

describe('the exit code', () => {
  const duplicate = () => {
    const run = dhcp4AsPublished();
    run.ask(0, 1, { attempt: 2 }).give(v4(5001));
    return run;
  };

  it.each([
    [0, 'pass', resultOf([dhcp4AsPublished()])],
    [1, 'fail', resultOf([duplicate()])],
    [0, 'fail', resultOf([duplicate()], { facts: { scenario: { ...FACTS.scenario, expect: 'fail' } } })],
    [2, 'inconclusive', resultOf([dhcp4AsPublished()], { evidence: { drops: [{ socket: 'x', drops: 1 }] } })],
    [130, 'inconclusive', resultOf([dhcp4AsPublished()], { evidence: { interruptedBy: 'SIGINT' } })],
    [143, 'inconclusive', resultOf([dhcp4AsPublished()], { evidence: { interruptedBy: 'SIGTERM' } })],
    [143, 'inconclusive', resultOf([dhcp4AsPublished()], { evidence: { interruptedBy: 'SIGHUP' } })],
    [69, 'pass', resultOf([dhcp4AsPublished()], { facts: { exitCode: 69 } })],
  ])('is %i, verdict %s', (exitCode, verdict, result) => {
    expect(result).toMatchObject({ exitCode, verdict });
  });
});
