import { RATES } from './cpu.mjs';
import { spread } from './numbers.mjs';

/** Summarizes the measured rounds as the published figures; undefined for what `--only` left out. */
export function summarize({ cpu, rate, scale }) {
  const cpuOf = (tool, at) =>
    spread(cpu.filter((one) => one.tool === tool && one.rate === at).map((one) => one.cpuPerExchangeUs));
  const rateOf = (tool) => spread(rate.filter((one) => one.tool === tool).map((one) => one.highestRate));
  const own = cpu.filter(({ tool }) => tool === 'harness');
  const scaling = scalingOf(scale);
  const [few] = scaling;
  const many = scaling.at(-1);
  return {
    ratios: {
      ...Object.fromEntries(
        RATES.map((at) => [`cpuPerExchange${at}`, ratio(cpuOf('harness', at), cpuOf('perfdhcp', at))]),
      ),
      highestRate: ratio(rateOf('harness'), rateOf('perfdhcp')),
    },
    latenessP99Ms2000: spread(own.filter((one) => one.rate === 2_000).map((one) => one.latenessMs.p99))
      ?.median,
    latenessP99Ms5000: spread(own.filter((one) => one.rate === 5_000).map((one) => one.latenessMs.p99))
      ?.median,
    bytesPerClient:
      few === many
        ? undefined
        : (many.highestRssBytes.median - few.highestRssBytes.median) / (many.clients - few.clients),
    cpuGrowth1MOver1k: few === many ? undefined : many.cpuPerExchangeUs.median / few.cpuPerExchangeUs.median,
    scaling,
    cpuPerExchangeUs: Object.fromEntries(
      RATES.map((at) => [at, { perfdhcp: cpuOf('perfdhcp', at), harness: cpuOf('harness', at) }]),
    ),
    highestRate: { perfdhcp: rateOf('perfdhcp'), harness: rateOf('harness') },
  };
}

/** The figures for each number of clients, over the rounds. */
function scalingOf(scale) {
  const sizes = [...new Set(scale.map(({ clients }) => clients))];
  return sizes.map((clients) => {
    const rounds = scale.filter((one) => one.clients === clients);
    return {
      clients,
      cpuPerExchangeUs: spread(rounds.map((one) => one.cpuPerExchangeUs)),
      highestRssBytes: spread(rounds.map(({ rssBytes }) => rssBytes.highest)),
    };
  });
}

const ratio = (own, peer) => (own === undefined || peer === undefined ? undefined : own.median / peer.median);

/** The table for the README. */
export function tableOf(report) {
  const { machine, ratios, cpuPerExchangeUs, highestRate, scaling } = report;
  const rows = [
    ...RATES.map((at) => [
      `CPU for an exchange at ${at.toLocaleString('en')}/s, µs`,
      shown(cpuPerExchangeUs[at].perfdhcp, 1),
      shown(cpuPerExchangeUs[at].harness, 1),
      fixed(ratios[`cpuPerExchange${at}`], 2),
    ]),
    [
      'highest rate with at most 2.5% failures, /s',
      shown(highestRate.perfdhcp, 0),
      shown(highestRate.harness, 0),
      fixed(ratios.highestRate, 2),
    ],
    ['starts at 5,000/s late by, p99, ms', '', fixed(report.latenessP99Ms5000, 2), ''],
    ...scaling.map(({ clients, cpuPerExchangeUs: us, highestRssBytes }) => [
      `CPU for an exchange with ${clients.toLocaleString('en')} clients, µs`,
      '',
      `${shown(us, 1)}; ${fixed(highestRssBytes.most / 2 ** 20, 0)} MiB at most`,
      '',
    ]),
    ['the same with the most clients, over that with the fewest', '', fixed(report.cpuGrowth1MOver1k, 2), ''],
    ['memory for a client, bytes', '', fixed(report.bytesPerClient, 0), ''],
  ];
  return [
    `${machine.cpu}, ${machine.cores} cores, Linux ${machine.kernel}, Node ${machine.node}, Kea ${machine.kea} ` +
      `(memfile, 2 threads) on the same machine, ${machine.date.slice(0, 10)}; median (least – most)`,
    '',
    '| | perfdhcp | harness | harness / perfdhcp |',
    '|---|---|---|---|',
    ...rows
      .filter((cells) => cells.slice(1).some((cell) => cell !== ''))
      .map((cells) => `| ${cells.join(' | ')} |`),
    '',
  ].join('\n');
}

const fixed = (value, digits) => (value === undefined ? '' : value.toFixed(digits));
const shown = (values, digits) =>
  values === undefined
    ? ''
    : `${fixed(values.median, digits)} (${fixed(values.least, digits)} – ${fixed(values.most, digits)})`;
