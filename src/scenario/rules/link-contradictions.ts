import type { FaultNumbers } from '../../faults/fault.js';
import { faultKind, isOfLinks } from '../../faults/index.js';
import { isInRelay, type LinkRule } from '../../faults/links.js';
import { isBeside, linkRulesOf, linksOf } from '../fault-links.js';
import type { Path } from '../language/paths.js';
import type { Finding } from '../language/problems.js';
import type { Fault } from '../schema/faults.js';
import type { Scenario } from '../schema.js';
import { unknownTarget } from './unknown-target.js';

/** How a fault says between which machines it is. */
const WAYS = ['groups', 'between', 'from', 'to'] as const;

/** A fault of links without links, or without a network that it can be done to; links where a fault has none. */
export function findLinkContradictions(scenario: Scenario, fault: Fault, index: number): Finding[] {
  const at = (
    key: keyof Fault | undefined,
    message: string,
    hint: string,
    related: Path[] = [],
  ): Finding[] => [
    {
      path: key === undefined ? ['faults', index] : ['faults', index, key],
      related,
      at: 'value' as const,
      message: `faults.${index}${key === undefined ? '' : `.${key}`}: ${message}`,
      hint,
    },
  ];
  const { fault: name, on, groups, between, from, to } = fault;
  const { numbers = [], between: passing } = faultKind(name);
  const unused = (['percent', 'ms'] as const).find(
    (key) => fault[key] !== undefined && !numbers.some((one) => one.name === key),
  );
  if (unused !== undefined)
    return at(unused, `${name} does not take it`, 'leave it out, or take another fault');
  if (!isOfLinks(fault)) {
    const inVain = WAYS.find((key) => fault[key] !== undefined);
    if (inVain !== undefined)
      return at(inVain, `${name} is not done to links`, 'leave it out, or take partition or lose');
    return on === undefined
      ? at(undefined, `${name} needs on, what it is done to`, 'such as on: node-2, or on: servers')
      : [];
  }
  if (on !== undefined)
    return at('on', `${name} is done to the links between machines, not to ${on}`, howToName(fault));
  const ways = [groups, between, from ?? to].filter((one) => one !== undefined).length;
  if (ways !== 1 || (from === undefined) !== (to === undefined))
    return at(undefined, `${name} needs one way to say between which machines it is`, howToName(fault));
  if (groups !== undefined && name !== 'partition')
    return at('groups', `only partition has groups`, howToName(fault));
  const missing = numbers.find((one) => one.needed && fault[one.name] === undefined);
  if (missing !== undefined)
    return at(
      undefined,
      `${name} needs ${missing.name}`,
      `such as ${missing.name}: ${EXAMPLES[missing.name]}`,
    );
  const unknown = unknownMachines(scenario, fault, index);
  if (unknown.length > 0) return unknown;
  const rules = linkRulesOf(fault, scenario);
  if (rules.length === 0)
    return at(
      undefined,
      `${name} concerns no link: nothing is sent between these machines, or they hear each other all the same`,
      howToName(fault),
    );
  const idle = groups === undefined ? idleOf(fault, scenario, rules) : idleIn(groups, fault, scenario);
  if (idle.length > 0)
    return at(
      undefined,
      `${name} concerns no link of ${idle.join(', ')}: nothing is sent between these machines`,
      'leave it out, or name the machine that it speaks with',
    );
  const inRelay = rules.filter((rule) => isInRelay(rule));
  if (passing === undefined && inRelay.length < rules.length)
    return at(
      between === undefined ? 'from' : 'between',
      `${name} can only be done between clients and servers, where the harness passes messages on`,
      howToName(fault),
    );
  if (inRelay.length < rules.length && scenario.cluster.network !== 'private')
    return at(
      'fault',
      `${name} needs links of its own between the machines, and cluster.network is ${scenario.cluster.network}`,
      'set cluster.network: private (provider local)',
      [['cluster', 'network']],
    );
  return [];
}

/** The machines that a fault names in vain. */
function idleOf(fault: Fault, scenario: Scenario, rules: readonly LinkRule[]): string[] {
  const { between = [], from = [], to = [] } = linksOf(fault, scenario);
  const named = [...new Set([...between.flat(), ...from, ...to])];
  return named.filter((one) => !rules.some((rule) => rule.from === one || rule.to === one));
}

/** The machines in groups that speak with no other machine there. */
function idleIn(groups: NonNullable<Fault['groups']>, fault: Fault, scenario: Scenario): string[] {
  const named = [...new Set(linksOf({ ...fault, groups }, scenario).groups?.flat())];
  // Each machine in a group of its own: then all links between them are cut.
  const links = linkRulesOf({ ...fault, groups: named.map((one) => [one]) }, scenario);
  return named.filter((one) => !links.some(({ from, to }) => from === one || to === one));
}

const EXAMPLES: Readonly<Record<keyof FaultNumbers, number>> = { percent: 30, ms: 50 };

function howToName({ fault }: Fault): string {
  if (fault === 'partition')
    return 'such as groups: [[node-1, node-2], [node-3]]; or from: node-3 and to: [node-1, node-2] for one direction';
  return faultKind(fault).between === undefined
    ? 'such as between: [clients, server-2]; or from: server-2 and to: clients for one direction'
    : 'such as between: [node-3, [node-1, node-2]]; or from: node-3 and to: [node-1, node-2] for one direction';
}

/** Machines that are not there. */
function unknownMachines(scenario: Scenario, fault: Fault, index: number): Finding[] {
  return WAYS.flatMap((key) => {
    const value = fault[key];
    if (value === undefined) return [];
    return placesOf(value).flatMap(([machine, rest]): Finding[] => {
      const path: Path = ['faults', index, key, ...rest];
      if (!isBeside(machine)) return unknownTarget(scenario, machine, path);
      if (machine !== 'haproxy' || scenario.kea.proxy !== undefined) return [];
      return [
        {
          path,
          related: [['kea', 'proxy']],
          at: 'value',
          message: `${path.join('.')} is haproxy, but there is no proxy`,
          hint: 'set kea.proxy to haproxy, or name another machine',
        },
      ];
    });
  });
}

type Named = string | readonly Named[];

/** Each name in a list of lists, and where it stands. */
function placesOf(value: Named): [name: string, path: number[]][] {
  if (typeof value === 'string') return [[value, []]];
  return value.flatMap((one, index) =>
    placesOf(one).map(([name, path]): [string, number[]] => [name, [index, ...path]]),
  );
}
