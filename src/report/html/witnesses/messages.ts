import { momentOf } from '../../../numbers.js';
import { OFFERING_PHASES } from '../../../protocol/phases.js';
import type { HolderOfCase, SeenMessage } from '../input.js';

/** How a message is drawn. */
export const LOOKS = {
  asked: 'the client asks',
  offered: 'a server offers a lease',
  given: 'a server gives a lease',
  refused: 'refused, or an answer that does not count',
  waited: 'the client no longer waits',
} as const;
export type Look = keyof typeof LOOKS;

export function lookOf({ what, phase }: SeenMessage): Look {
  if (what === 'sent') return 'asked';
  if (what === 'timeout') return 'waited';
  if (what === 'offer' || (what === 'lease' && OFFERING_PHASES.has(phase))) return 'offered';
  return what === 'lease' ? 'given' : 'refused';
}

/** What an answer is called that does not give what was asked for. */
const INSTEAD: Partial<Record<SeenMessage['what'], string>> = {
  nak: 'NAK',
  timeout: 'no answer',
  'no-lease': 'no lease',
  malformed: 'malformed answer',
  'wrong-client': 'answer to another client',
  'wrong-server': 'answer of another server',
};

/** Such as `DISCOVER 0.181 s`, `OFFER of 192.0.2.7 by server-1 0.182 s`. */
export function messageText(message: SeenMessage): string {
  const { what, phase, server, lease, atUs } = message;
  const [request = phase, answer = phase] = phase.split('-');
  const name = INSTEAD[what] ?? (what === 'sent' ? request : answer);
  const of = lease === '' ? '' : ` of ${lease}`;
  const by = what === 'sent' ? ` to ${server}` : what === 'timeout' ? '' : ` by ${server}`;
  return `${name}${of}${by} at ${secondsText(atUs)}`;
}

/** Such as `0.182 s`. */
export function secondsText(us: number): string {
  return `${momentOf(us)} s`;
}

/**
 * The messages that led to the holding of a witness: those of the same attempt, up to the answer. All that are known if
 * none of them is that answer.
 */
export function leadingTo(
  { fromUs }: HolderOfCase,
  messages: readonly SeenMessage[],
): readonly SeenMessage[] {
  const before = messages.filter(({ atUs }) => fromUs === null || atUs <= fromUs);
  const answer = before.findLast(({ what }) => what !== 'sent');
  const its = before.filter(({ attempt }) => attempt === answer?.attempt);
  return its.length === 0 ? before : its;
}
