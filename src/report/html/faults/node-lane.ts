import { isOutside } from '../../../judgement/faults/outside/spans.js';
import type { FaultsResult } from '../../../results/faults.js';
import { faultWords } from '../../words/faults.js';
import { seconds } from '../../words/seconds.js';
import type { TimeAxis } from '../charts/time-axis.js';
import { html, type Markup } from '../markup.js';
import { lane, stretch, textIn } from './lane.js';
import { hasFaults, ownFaults, OWN_FAULTS_HEIGHT } from './own-faults.js';

type NodeState = FaultsResult['nodes'][number];

/** How the states of a node look, and what the looks mean. */
export const STATE_LOOKS = {
  well: 'Primary and Synced',
  'not-synced': 'Primary, and not Synced',
  outside: 'outside the primary component',
  silent: 'does not answer',
} as const;
export type StateLook = keyof typeof STATE_LOOKS;

function lookOf({ status, state }: NodeState): StateLook {
  if (status === 'silent') return 'silent';
  if (isOutside(status)) return 'outside';
  // A node without replication serves, and says nothing of a state.
  return status === 'serving' || state === 'Synced' ? 'well' : 'not-synced';
}

/** What a node said of itself, and what was done to it. */
export function nodeLane(node: string, faults: FaultsResult, axis: TimeAxis): Markup {
  const states = faults.nodes.filter((one) => one.node === node);
  const { lengthMs } = axis;
  const isTarget = hasFaults(faults, node);
  const top = isTarget ? OWN_FAULTS_HEIGHT : 0;
  const bands = states.map((state, index) => {
    const at = { fromMs: Math.max(0, state.atMs), untilMs: states[index + 1]?.atMs ?? lengthMs };
    if (at.untilMs <= at.fromMs) return null;
    return html`<g class="mark state"
      ><title>${stateTitle(state, states[index + 1])}</title
      ><rect class="${lookOf(state)}" ${stretch(at, lengthMs)} y="${top}" height="17" />${textIn(
        stateTexts(state),
        at,
        lengthMs,
        { y: top + 12.5 },
      )}</g
    >`;
  });
  return lane({
    name: node,
    text: nodeText(node, faults, states),
    axis,
    height: top + 17,
    content: [isTarget ? ownFaults(faults, node, lengthMs) : null, bands],
  });
}

/** Such as `Primary Synced, 3 nodes`, `Synced 3`, `3`. */
function stateTexts({ status, state, size }: NodeState): string[] {
  const whole = [status, state].filter((part) => part !== '').join(' ');
  if (size === null) return [whole, status];
  return [`${whole}, cluster size ${size}`, `${state === '' ? status : state} ${size}`, String(size)];
}

/** Such as `node-2 from 4.2 s to 15.0 s: silent`. */
function stateTitle(state: NodeState, next: NodeState | undefined): string {
  const until = next === undefined ? 'on' : `to ${seconds(next.atMs)}`;
  return `${state.node} from ${seconds(Math.max(0, state.atMs))} ${until}: ${stateTexts(state)[0] ?? ''}`;
}

/** What was done to the node, or how small its cluster became. */
function nodeText(node: string, { faults }: FaultsResult, states: readonly NodeState[]): string {
  const done = faults
    .filter(({ targets, beganAtMs }) => beganAtMs !== null && targets.includes(node))
    .map(({ beganAtMs, undoneAtMs, ...fault }) => {
      const { done, undone, endsByItself } = faultWords(fault);
      if (endsByItself && fault.doneAtMs !== null)
        return `${done} from ${seconds(beganAtMs ?? 0)} to ${seconds(fault.doneAtMs)}`;
      const back = undoneAtMs === null ? `not ${undone}` : `${undone} ${seconds(undoneAtMs)}`;
      return `${done} ${seconds(beganAtMs ?? 0)}, ${back}`;
    });
  if (done.length > 0) return done.join('; ');
  const sizes = states.flatMap(({ size }) => size ?? []);
  const [first] = sizes;
  if (first === undefined) return '';
  const smallest = Math.min(...sizes);
  return `cluster size ${first}${smallest < first ? `, at times ${smallest}` : ''}`;
}
