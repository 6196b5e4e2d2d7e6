import type { CommandParts } from './lazy-command.js';
import { worstExitCode } from '../errors.js';
import { unpackedOf } from '../observations/import/capture/file/gzip.js';
import { Anonymiser } from '../report/anonymise/anonymiser.js';
import { analyze } from '../run/analyze/analyze.js';
import { requireRecording, writeRecordingReports } from '../run/analyze/recording-reports.js';
import { printRun } from '../run/print-run.js';
import { printableLines } from '../terminal/printable.js';
import { anonymiseOption } from './options/anonymise-option.js';
import { onlyOne } from './options/once-only-option.js';
import { wholeWithin } from './options/whole-number-option.js';

interface AnalyzeArguments {
  source: string[];
  json: boolean;
  'prefix-length': number | undefined;
  port: number[];
  partial: boolean;
  anonymise: boolean;
  case: string[];
  'declined-for': number | undefined;
  vlans: 'apart' | 'together' | undefined;
  'match-client-id': 'true' | 'false' | undefined;
  verbose: boolean;
  out: string | undefined;
}

/** Splits at commas: `--case a,b` means the same as `--case a --case b`. */
function pieces(values: readonly string[]): string[] {
  return values.flatMap((value) => value.split(',').map((piece) => piece.trim()));
}

/** `analyze`: judges again what a run or another program has stored. It does not change its sources. */
export const analyzeCommand: CommandParts<AnalyzeArguments> = {
  builder: (yargs) =>
    yargs
      .positional('source', {
        type: 'string',
        array: true,
        demandOption: true,
        describe:
          'run directories, or suites of them; outputs of `perfdhcp -x l`, one for each server; or one pcap or pcapng file, plain or in gzip',
      })
      .option('json', { type: 'boolean', default: false, describe: 'print the result as JSON' })
      .option('case', {
        type: 'string',
        array: true,
        nargs: 1,
        requiresArg: true,
        default: [],
        coerce: pieces,
        describe:
          'judge only these cases of a capture or log: dhcp4, dhcp6-ia-pd, "VLAN 10 dhcp4". dhcp6 stands for all cases whose names begin with it, "VLAN 10" for all cases of that VLAN. Separate several by commas',
      })
      .option('declined-for', {
        type: 'number',
        requiresArg: true,
        describe: 'how many seconds the servers of a capture hold back a declined lease',
      })
      .option('prefix-length', {
        type: 'number',
        requiresArg: true,
        describe: 'length of the delegated prefixes, as perfdhcp does not print it',
      })
      .option('port', {
        type: 'number',
        array: true,
        nargs: 1,
        requiresArg: true,
        default: [],
        describe: 'a UDP port whose datagrams are DHCP; other ports are recognised by content',
      })
      .option('partial', {
        type: 'boolean',
        default: false,
        describe: 'judge a capture that is cut off or damaged, as far as it can be read',
      })
      .option('vlans', {
        choices: ['apart', 'together'] as const,
        coerce: onlyOne<'apart' | 'together'>('--vlans', 'of them'),
        describe: 'whether each VLAN of a capture is a network of its own (default), or all are one network',
      })
      .option('match-client-id', {
        choices: ['true', 'false'] as const,
        requiresArg: true,
        coerce: onlyOne<'true' | 'false'>('--match-client-id', 'of them'),
        describe:
          'false: identify the DHCPv4 clients of a capture by hardware address alone, as Kea does with match-client-id false',
      })
      .option('out', {
        type: 'string',
        requiresArg: true,
        coerce: onlyOne('--out', 'directory'),
        describe:
          'a directory to make, for report.html and timeline.html of a capture; perfdhcp logs have no times, and so no timeline',
      })
      .option('anonymise', anonymiseOption)
      .option('verbose', { type: 'boolean', default: false, describe: 'print the whole report' })
      .example('$0 analyze reports/latest', 'judge the last run again')
      .example('$0 analyze reports/latest --anonymise --json', 'a result to share')
      .example('$0 analyze a.out b.out c.out', 'what perfdhcp -x l printed for three servers')
      .example('$0 analyze capture.pcap --case dhcp4', 'only its DHCPv4 exchanges')
      .example('$0 analyze capture.pcap --out capture', 'its page, and every exchange on a timeline')
      .example('$0 analyze capture.pcap --declined-for 86400', "with Kea's probation period"),
  handler: async (argv) => {
    const length = argv['prefix-length'];
    const prefixLength = length === undefined ? undefined : wholeWithin(length, '--prefix-length', 1, 128);
    const ports = argv.port.map((port) => wholeWithin(port, '--port', 1, 65_535));
    const seconds = argv['declined-for'];
    const declinedForS =
      seconds === undefined ? undefined : wholeWithin(seconds, '--declined-for', 0, 0xffff_ffff);
    const { source: sources, partial, vlans, case: cases, 'match-client-id': matches } = argv;
    if (argv.out !== undefined) requireRecording(sources);
    const unpacked = await unpackedOf(sources, partial);
    let judged;
    try {
      judged = analyze(sources, process.argv.slice(2), {
        prefixLength,
        ports,
        partial,
        unpacked,
        cases,
        declinedForS,
        vlans,
        matchClientId: matches === undefined ? undefined : matches === 'true',
      });
    } finally {
      unpacked?.close();
    }
    const anonymiser = argv.anonymise ? new Anonymiser() : undefined;
    const analyzed = judged.map((run) =>
      anonymiser === undefined ? run : { ...run, result: anonymiser.result(run.result), runDirectory: '' },
    );
    const { out } = argv;
    const written = analyzed.map((run) =>
      out === undefined ? undefined : writeRecordingReports(run, out, anonymiser),
    );
    if (written.some((one) => one?.hasTimeline === false))
      process.stderr.write('There is no timeline: the logs have no times of messages.\n');
    if (argv.json) {
      const results = analyzed.map(({ result }) => result);
      const json = JSON.stringify(results.length === 1 ? results[0] : results, null, 2);
      // JSON may write control characters as `\u001b` too, so the output stays valid JSON.
      process.stdout.write(printableLines(json) + '\n');
    } else {
      const verbosity = argv.verbose ? 'verbose' : 'normal';
      analyzed.forEach((run, index) => {
        const pageIn = written[index]?.directory;
        printRun({ ...run, ...(pageIn === undefined ? {} : { pageIn }) }, { verbosity });
      });
    }
    process.exitCode = worstExitCode(analyzed.map(({ exitCode }) => exitCode));
  },
};
