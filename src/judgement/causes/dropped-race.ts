import type { Cause } from './cause.js';
import { byServer, serversOf } from './run-context.js';
import { seenOf } from '../../evidence/system.js';

export const droppedRace: Cause = {
  title: 'messages dropped after a lost race',
  meaning:
    'A server that takes over an expired or released row, and finds when it writes that another server has changed the row meanwhile, drops the message of its client. To the client that looks like loss; earlier versions refused it.',
  versions: 'Since Kea 2.6.2 and 2.7.6.',
  upstream: "Kea's ChangeLog, entry 2326 (Kea issue 3648).",
  shownBy:
    'A server of the case logged messages that it could not process with the words "detected data race".',
  whatToDo: 'Nothing: the client sends its message again, and is then served.',
  found: (run) =>
    run.cases.flatMap((one) => {
      const dropped = serversOf(one, run).flatMap(({ name, its }) => {
        const count = (seenOf(its.log) ?? []).reduce((sum, { dataRaces = 0 }) => sum + dataRaces, 0);
        return count > 0 ? [{ name, count }] : [];
      });
      if (dropped.length === 0) return [];
      const text = `the servers dropped messages because another server had changed the row: ${byServer(dropped)}`;
      return [{ case: one.figures.name, explains: 'outcomes.timeout', text }];
    }),
};
