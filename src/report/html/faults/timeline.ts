import type { Result } from '../../../results/result.js';
import { html } from '../markup.js';
import type { Section } from '../sections/section.js';
import { faultAxisOf } from './axis.js';
import { axisLane } from './lane.js';
import { nodeLane } from './node-lane.js';
import { serverLane } from './server-lane.js';
import { timelineLegend } from './timeline-legend.js';

/**
 * What happened when, in a lane for each node and each server. Absent for a run without faults, and for results of
 * earlier versions. The section of the faults says the same in words and tables.
 *
 * @param page the address of the timeline of exchanges, if there is one
 */
export function timeline(result: Result, page?: string): Section | undefined {
  const axis = faultAxisOf(result);
  const { faults } = result;
  if (axis === undefined || faults === undefined) return undefined;
  const nodes = [...new Set(faults.nodes.map(({ node }) => node))].sort();
  const served = [...(faults.served ?? [])].sort((one, other) => placeOf(one).localeCompare(placeOf(other)));
  return {
    id: 'timeline',
    title: 'What happened when',
    content: html`<div class="panel timeline">
        ${axisLane(axis)} ${nodes.map((node) => nodeLane(node, faults, axis))}
        ${served.map((one) => serverLane(one, faults, axis))} ${axisLane(axis)} ${timelineLegend()}
      </div>
      <p class="note">
        Each column has the attempts to get a lease that began in it. A client that gets none begins another. The
        <a href="#faults">faults in words and figures</a> stand
        below.${page === undefined ? null : html` Each single request is in the <a href="${page}">timeline of exchanges</a>.`}
      </p>`,
  };
}

/** Servers of the same number stand together, whatever their case: they share a node. */
function placeOf({ server }: { server: string }): string {
  return server.split(' ').at(-1) ?? '';
}
