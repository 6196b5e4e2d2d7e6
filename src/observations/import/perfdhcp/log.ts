import { basename } from 'node:path';
import type { Phase } from '../../../protocol/phases.js';
import { sourceError } from '../../source-error.js';
import { textLines } from '../text-lines.js';
import { OutputReader, type PerfdhcpExchange } from './output-reader.js';

/**
 * An output of `perfdhcp -x l`: a block of statistics for each exchange, then a list of leases for each.
 *
 * ```text
 * Running: perfdhcp -6 -A 1 -r 10 -R 60 -p 6 -e prefix-only -x l ::1
 * ***Statistics for: SOLICIT-ADVERTISE***
 * sent packets: 59
 * received packets: 59
 * ***Leases for SOLICIT-ADVERTISE***
 * client_id,adrress,prefix
 * 00:01:00:01:32:96:62:2c:00:0c:02:00:00:00,,2001:db8:8000:300::
 * 00:01:00:01:32:96:62:2c:00:0c:02:00:00:01,,
 * ```
 *
 * Each line of a list is an answer. A line without address and prefix is a refusal. DHCPNAKs are not listed. Text
 * that perfdhcp or another program prints behind the lists is not part of them.
 */
export interface PerfdhcpLog {
  path: string;
  /**
   * The file's name without its extension. If the file has several outputs, the number of the output follows:
   * `all#2`.
   */
  name: string;
  /**
   * Whether the file has other outputs too. Nobody knows whether they ran before this output, beside it or after it.
   */
  isOneOfSeveral: boolean;
  /** The command line of perfdhcp; empty if the output lacks it. */
  command: string;
  exchanges: ReadonlyMap<Phase, PerfdhcpExchange>;
  /** The number of lines behind the lists that are not part of them, and the first of these lines. */
  passedOver: { count: number; first: string };
}

const HINT = 'name what `perfdhcp -x l` printed, one file for each server, from beginning to end';

/** Whether the start of a file looks like an output of perfdhcp. */
export function isPerfdhcpLog(start: string): boolean {
  return /^(Running: perfdhcp |\*\*\*(Leases|Statistics|Rate|Malformed))/m.test(start);
}

/**
 * The outputs in a file, mostly one.
 * Errors: SOURCE, with the line, if the file has no output of perfdhcp or an incomplete one.
 */
export function readPerfdhcpLogs(path: string): PerfdhcpLog[] {
  let number = 0;
  const refuse = (why: string, line = number) => sourceError(path, `line ${line}: ${why}`, HINT);
  const outputs = [new OutputReader(1, refuse)];
  for (const { text, ended } of textLines(path)) {
    number++;
    let output = outputs.at(-1);
    if (output === undefined || output.isOverBefore(text)) {
      output?.end();
      outputs.push((output = new OutputReader(number, refuse)));
    }
    output.take(text.trim() === '' ? '' : text, ended);
  }
  outputs.at(-1)?.end();
  const isOneOfSeveral = outputs.length > 1;
  const name = basename(path).replace(/\.[^.]+$/, '');
  return outputs.map(({ command, exchanges, passedOver }, i) => ({
    path,
    name: isOneOfSeveral ? `${name}#${i + 1}` : name,
    isOneOfSeveral,
    command,
    exchanges,
    passedOver,
  }));
}
