import { RATES } from './cpu.mjs';
import { quiet } from './machine.mjs';
import { pairs, spread } from './numbers.mjs';

/**
 * What is to be reached, and what is hoped for. `npm run bench` says of each figure whether it is.
 */
const GOALS = {
  'cpu.5000': { most: 0.4, aim: 0.25 },
  'cpu.2000': { most: 0.45, aim: 0.3 },
  floor: { most: 2.5, aim: 1.6 },
  rate: { least: 1.3, aim: 1.7 },
  late: { most: 0.5, aim: 0.25 },
  aligned: { most: 0.3, aim: 0.1 },
  growth: { most: 1.2, aim: 1 },
  perClient: { most: 100 },
  whole: { most: 250 },
};

/** Summarizes the measured rounds as the published figures, without those that the machine disturbed. */
export function summarize(raw) {
  const figures = [
    ...RATES.map((rate) => cpuFigure(raw.cpu, rate)),
    floorFigure(raw.floor),
    rateFigure(raw.rate),
    lateFigure(raw.cpu),
    ...alignedFigures(raw.aligned),
    ...scaleFigures(raw.scale),
  ].filter((figure) => figure?.value !== undefined);
  return { figures: figures.map((figure) => ({ ...figure, ...judged(figure) })), busy: busyRounds(raw) };
}

function judged({ key, value: { median } }) {
  const goal = GOALS[key];
  if (goal === undefined) return {};
  const isReached = goal.least === undefined ? median <= goal.most : median >= goal.least;
  return { goal, isReached };
}

function cpuFigure(cpu, rate) {
  const all = cpu.filter((one) => one.rate === rate);
  const rounds = quiet(all);
  return {
    rounds: counted(all, rounds),
    key: `cpu.${rate}`,
    what: `CPU for an exchange at ${rate.toLocaleString('en')}/s, divided by perfdhcp's`,
    value: pairs(rounds, 'harness', 'perfdhcp', (one) => one.cpuPerExchangeUs),
    digits: 2,
    ...each(rounds, (one) => one.cpuPerExchangeUs, 'µs', 1),
  };
}

function floorFigure(floor) {
  const rounds = quiet(floor);
  return {
    rounds: counted(floor, rounds),
    key: 'floor',
    what: "CPU for an exchange with a reflector at 20,000/s, divided by that of a C loop's",
    value: pairs(rounds, 'harness', 'c', (one) => one.cpuPerExchangeUs),
    digits: 2,
    ...each(rounds, (one) => one.cpuPerExchangeUs, 'µs', 1),
  };
}

function rateFigure(rate) {
  const rounds = quiet(rate);
  return {
    rounds: counted(rate, rounds),
    key: 'rate',
    what: "highest rate with at most 2.5% failures, divided by perfdhcp's",
    value: pairs(rounds, 'harness', 'perfdhcp', (one) => one.highestRate),
    digits: 2,
    ...each(rounds, (one) => one.highestRate, '/s', 0),
  };
}

function lateFigure(cpu) {
  const all = cpu.filter((one) => one.rate === 5_000 && one.tool === 'harness');
  const rounds = quiet(all);
  return {
    rounds: counted(all, rounds),
    key: 'late',
    what: 'starts at 5,000/s late by, p99, ms',
    value: spread(rounds.map(({ latenessMs }) => latenessMs.p99)),
    digits: 2,
  };
}

function alignedFigures(aligned) {
  const rounds = quiet(aligned);
  const of = (name, rank) => spread(rounds.map((one) => one[name][rank]));
  const its = counted(aligned, rounds);
  return [
    {
      key: 'aligned',
      rounds: its,
      what: 'copies of an aligned moment at 10/s, one to each of three servers, apart by, p99, ms',
      value: of('spreadMs', 'p99'),
      digits: 3,
    },
    {
      key: 'received',
      rounds: its,
      what: 'times of arrival off by, p99, ms',
      value: of('receivedOffMs', 'p99'),
      digits: 3,
    },
    {
      key: 'sent',
      rounds: its,
      what: 'messages left later than noted by, p99, ms',
      value: of('sentEarlyMs', 'p99'),
      digits: 3,
    },
  ];
}

/** The figures for each number of clients, and what each more client costs. */
function scaleFigures(scale) {
  const sizes = [...new Set(scale.map(({ clients }) => clients))];
  const at = (clients) => quiet(scale.filter((one) => one.clients === clients));
  const [few, many] = [sizes[0], sizes.at(-1)];
  const rss = (clients) => spread(at(clients).map(({ rssBytes }) => rssBytes.highest / 2 ** 20));
  const cpu = (clients) => spread(at(clients).map((one) => one.cpuPerExchangeUs));
  const figures = sizes.map((clients) => ({
    key: `scale.${clients}`,
    rounds: counted(
      scale.filter((one) => one.clients === clients),
      at(clients),
    ),
    what: `CPU for an exchange with ${clients.toLocaleString('en')} clients at 20,000/s, µs`,
    value: cpu(clients),
    digits: 1,
  }));
  if (few === many) return figures;
  const perClient = ((rss(many).median - rss(few).median) * 2 ** 20) / (many - few);
  const growth = cpu(many).median / cpu(few).median;
  const ends = [few, many];
  const rounds = counted(
    scale.filter(({ clients }) => ends.includes(clients)),
    ends.flatMap(at),
  );
  return [
    ...figures,
    {
      key: 'growth',
      rounds,
      what: `the same with ${many.toLocaleString('en')} clients, divided by that with ${few.toLocaleString('en')}`,
      value: spread([growth]),
      digits: 2,
    },
    { key: 'perClient', rounds, what: 'memory for a client, bytes', value: spread([perClient]), digits: 0 },
    {
      key: 'whole',
      rounds,
      what: `memory of the whole program with ${many.toLocaleString('en')} clients, MiB`,
      value: rss(many),
      digits: 0,
    },
  ];
}

/** How many rounds a figure is of, how many there were, and whether all of them were disturbed. */
function counted(all, rounds) {
  const count = (those) => new Set(those.map(({ round, clients }) => `${round} ${clients ?? ''}`)).size;
  return { used: count(rounds), of: count(all), isBusy: rounds.some(({ isBusy }) => isBusy) };
}

/** The values of each tool, to be shown beside their ratio. */
function each(rounds, value, unit, digits) {
  const tools = [...new Set(rounds.map(({ tool }) => tool))];
  return {
    tools: Object.fromEntries(
      tools.map((tool) => [tool, spread(rounds.filter((one) => one.tool === tool).map(value))]),
    ),
    unit,
    toolDigits: digits,
  };
}

/** How many of the rounds other programs or other machines of the host disturbed. */
function busyRounds(raw) {
  const all = Object.values(raw).flat();
  return { busy: all.filter(({ isBusy }) => isBusy).length, of: all.length };
}

/** The table for the README. */
export function tableOf({ machine, figures, busy }) {
  const rows = figures.map(({ what, value, digits, rounds, tools, unit, toolDigits, goal, isReached }) => [
    what,
    shown(value, digits),
    roundsText(rounds),
    goal === undefined ? '' : goalText(goal),
    isReached === undefined ? '' : isReached ? 'yes' : '**no**',
    tools === undefined
      ? ''
      : Object.entries(tools)
          .map(([tool, values]) => `${tool === 'c' ? 'C' : tool} ${shown(values, toolDigits)} ${unit}`)
          .join('; '),
  ]);
  return [
    `${machine.cpu}, ${machine.cores} cores, Linux ${machine.kernel}, Node ${machine.node}, Kea ${machine.kea} ` +
      `(memfile, 2 threads) on the same machine, ${machine.date.slice(0, 10)}; median (least – most). ` +
      `${busy.busy} of ${busy.of} measurements were disturbed by other work. A round with one is left out of a figure, ` +
      `unless there is no other.`,
    '',
    '| figure | measured | rounds | to be reached | reached | of each |',
    '|---|---|---|---|---|---|',
    ...rows.map((cells) => `| ${cells.join(' | ')} |`),
    '',
  ].join('\n');
}

/** `2 of 3`, or `3, disturbed` where no round was left alone. */
function roundsText({ used, of, isBusy }) {
  if (isBusy) return `${used}, disturbed`;
  return used === of ? String(of) : `${used} of ${of}`;
}

function goalText({ least, most, aim }) {
  const floor = least === undefined ? `at most ${most}` : `at least ${least}`;
  return aim === undefined ? floor : `${floor} (aim ${aim})`;
}

const fixed = (value, digits) => value.toFixed(digits);
const shown = (values, digits) =>
  values.least === values.most
    ? fixed(values.median, digits)
    : `${fixed(values.median, digits)} (${fixed(values.least, digits)} – ${fixed(values.most, digits)})`;
