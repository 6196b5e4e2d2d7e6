import type { NamedLease, Observation } from '../model.js';
import { phaseOfReply, type Ask } from './ask.js';
import type { Client, Clients } from './clients.js';
import { Correlator, type AnswerEvent, type Event } from './correlate.js';
import { leaseTypeOf, type Association, type Given, type Named } from './dhcp-message.js';
import { eventsOf, nothingRead, type CaptureOptions } from './events.js';
import type { Survey } from './survey.js';

const NOTHING = new Uint8Array(0);

/** The second pass over a capture: what was observed, in order of time. */
export function* observeCapture(
  path: string,
  found: Survey,
  options: CaptureOptions,
): Generator<Observation> {
  const correlator = new Correlator({ matchClientId: options.matchClientId ?? true });
  const observing = new Observing(found, correlator.clients);
  for (const event of eventsOf(path, options, correlator, nothingRead(found.reading))) {
    if (event.type === 'sent') yield* observing.sent(event);
    else if (event.type === 'answer') yield* observing.answer(event);
  }
}

class Observing {
  readonly #found: Survey;
  readonly #clients: Clients;
  /** Numbers of transactions given out in each case. */
  readonly #count: number[] = [];
  /** Of each request the number of its first transaction: it has one for each server. */
  readonly #first = new WeakMap<Ask, number>();

  constructor(found: Survey, clients: Clients) {
    this.#found = found;
    this.#clients = clients;
  }

  *sent({ ask, is, atUs }: Extract<Event, { type: 'sent' }>): Generator<Observation> {
    const phase = this.#found.phaseOf(ask.index);
    if (phase === undefined || is === 'copy') return;
    const servers = this.#found.serversOf(ask.index);
    const { caseIndex, attempt, client } = ask;
    if (is === 'new') {
      const first = this.#count[caseIndex] ?? 0;
      this.#first.set(ask, first);
      this.#count[caseIndex] = first + servers.length;
    }
    const first = this.#first.get(ask) ?? 0;
    const names = ask.named.map((named) => this.#named(client, named));
    for (const [place, server] of servers.entries()) {
      yield {
        type: 'sent',
        caseIndex,
        phase,
        server,
        client: placeIn(client, caseIndex),
        attempt,
        transaction: first + place,
        // Nothing tells when it should have left.
        intendedAtUs: atUs - this.#found.reading.firstUs,
        sentAtUs: atUs - this.#found.reading.firstUs,
        retransmission: ask.sendings - 1,
        ...(names.length === 0 ? {} : { names }),
      };
    }
  }

  *answer(event: AnswerEvent): Generator<Observation> {
    const { ask, client, caseIndex, is, answerIndex, reply, atUs } = event;
    const phase = ask === undefined ? reply && phaseOfReply(reply) : this.#found.phaseOf(ask.index);
    const layout = this.#found.layouts[caseIndex];
    if (phase === undefined || layout === undefined) return;
    const fromServer = reply === undefined ? 0 : this.#found.servers.numberOfSight(caseIndex, event.from);
    const at = ask === undefined ? undefined : this.#transaction(ask, fromServer);
    const of = {
      type: 'answer' as const,
      caseIndex,
      phase,
      server: at?.server ?? fromServer,
      client: client === undefined ? -1 : placeIn(client, caseIndex),
      attempt: ask?.attempt ?? 0,
      transaction: at?.transaction ?? -1,
      receivedAtUs: atUs - this.#found.reading.firstUs,
      fromServer: reply === undefined ? (at?.server ?? 0) : fromServer,
      answerIndex,
      ...(client === undefined ? {} : { owner: client.number }),
    };
    for (const given of this.#givenIn(event)) {
      const leaseType = leaseTypeOf(given.association);
      yield {
        ...of,
        kind: is === 'matched' ? given.kind : is === 'other-server' ? 'wrong-server' : is,
        ...(client === undefined ? {} : { holder: this.#clients.binding(client, given.association) }),
        leaseType,
        lease: given.lease,
        prefixLength: given.prefixLength,
        validLifetime: given.validLifetime,
        statusCode: given.statusCode,
      };
    }
  }

  /** Where an answer belongs: at its own server, or at the one that was asked instead. */
  #transaction(ask: Ask, fromServer: number): { server: number; transaction: number } {
    const servers = this.#found.serversOf(ask.index);
    const place = Math.max(0, servers.indexOf(fromServer));
    return { server: servers[place] ?? 0, transaction: (this.#first.get(ask) ?? 0) + place };
  }

  /** What the client asked for has an answer, if only that it is not there; one that went astray has what is in it. */
  #givenIn({ ask, is, reply, caseIndex }: AnswerEvent): readonly Given[] {
    const given = reply?.given ?? [];
    const asked = this.#found.cases[caseIndex]?.leaseTypes ?? [];
    const wanted = ask === undefined || is !== 'matched' ? [] : ask.associations;
    const none = wanted
      .filter(({ kind, iaid }) => !given.some((one) => isOf(one, kind, iaid)))
      .map((association) => nothingOf(association, reply?.statusCode ?? 0));
    const fitting = given.filter(({ association }) => asked.includes(leaseTypeOf(association)));
    const all = [...fitting, ...none];
    if (all.length > 0) return all;
    const kind = asked[0] === 'prefix' ? 'pd' : 'na';
    return [nothingOf({ kind, iaid: 0 }, reply?.statusCode ?? 0)];
  }

  #named(client: Client, { association, lease, prefixLength }: Named): NamedLease {
    return {
      leaseType: leaseTypeOf(association),
      lease,
      prefixLength,
      holder: this.#clients.binding(client, association),
      owner: client.number,
    };
  }
}

function isOf({ association }: Given, kind: Association['kind'], iaid: number): boolean {
  return association.kind === kind && association.iaid === iaid;
}

function nothingOf(association: Association, statusCode: number): Given {
  return { association, kind: 'no-lease', lease: NOTHING, prefixLength: 0, validLifetime: 0, statusCode };
}

function placeIn({ places }: Client, caseIndex: number): number {
  return places.get(caseIndex)?.client ?? -1;
}
