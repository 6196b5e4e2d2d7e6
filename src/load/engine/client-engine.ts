import { DecodeError } from '../../dhcp/decode-error.js';
import type { Observation } from '../../observations/observation.js';
import { Attempts, type AttemptsRequest } from './attempts.js';
import { Clients } from './clients.js';
import { STEP, type Reply } from '../exchanges/exchange.js';
import { Exchanges } from '../exchanges/exchanges.js';
import { Identities, type IdentitySource } from '../identities/identities.js';
import { Holding, type HoldingRequest } from './holding.js';
import { Leases } from './leases.js';
import { Matching } from './matching.js';
import { Messages } from '../exchanges/messages.js';
import { Recorder } from './recorder.js';
import { CatchUp } from '../pacing/catch-up.js';
import type { Arrivals } from '../pacing/schedule.js';
import { DUE, Timers } from '../pacing/timers.js';
import { TransactionTable } from './transaction-table.js';
import { Transmission, type TransmissionRequest } from './transmission.js';

export interface ClientEngineRequest extends AttemptsRequest, TransmissionRequest, HoldingRequest {
  caseIndex: number;
  seed: number;
  /** By default those that the seed decides, which send nothing besides. */
  identities?: IdentitySource | undefined;
  /** Through each relay; by default only `exchange`. */
  exchanges?: Exchanges | undefined;
  /** When each client starts, microseconds of the load's clock. */
  arrivals: Arrivals;
  /** Bits of a transaction id; by default as many as the protocol has. */
  idBits?: number | undefined;
  /**
   * How long a transaction can still be answered after its place in the table was taken, milliseconds. Its id is not
   * given to another transaction in that time.
   */
  idKeptMs: number;
  /** Takes each observation. The object is valid until the call returns. */
  observe: (observation: Observation) => void;
}

/** DISCOVER and REQUEST, or SOLICIT and REQUEST. */
const STEPS_TO_A_LEASE = 2;

/**
 * The clients of one case. The first attempts follow the schedule, whatever the servers answer. A client that is
 * refused, or gets no answer in time, keeps its identity and starts over, up to a limit. The acts of `life` begin
 * when all clients have started. The engine never waits for anything itself: `advance` tells it the time, and
 * `receive` gives it datagrams. It makes no object, promise or timer for an exchange.
 */
export class ClientEngine {
  readonly #request: ClientEngineRequest;
  readonly #timers = new Timers();
  readonly #table: TransactionTable;
  readonly #messages: Messages;
  readonly #matching: Matching;
  readonly #recorder: Recorder;
  readonly #transmission: Transmission;
  readonly #attempts: Attempts;
  /** Absent where clients do nothing with their leases. */
  readonly #holding: Holding | undefined;
  readonly #catchUp = new CatchUp();

  constructor(request: ClientEngineRequest) {
    this.#request = request;
    const { exchange, arrivals, idBits = exchange.idBits, idKeptMs, roams, life } = request;
    const timers = this.#timers;
    const table = new TransactionTable({
      ids: 2 ** idBits,
      keepMs: idKeptMs,
      expected: STEPS_TO_A_LEASE * arrivals.clients,
    });
    const clients = new Clients(arrivals.clients);
    const leases =
      life === undefined && roams !== true
        ? undefined
        : new Leases(arrivals.clients, exchange, life?.life.renewAtT1);
    const { identities = new Identities(request.seed, request.caseIndex) } = request;
    const { exchanges = new Exchanges(1, () => exchange) } = request;
    const messages = new Messages({ ...request, identities, exchanges, table, clients, leases });
    const recorder = new Recorder(request, table);
    const transmission = new Transmission(request, table, messages, recorder, timers);
    this.#table = table;
    this.#messages = messages;
    this.#recorder = recorder;
    this.#transmission = transmission;
    this.#matching = new Matching(exchange, table, messages);
    const attempts = new Attempts(request, table, clients, messages, transmission, timers);
    this.#attempts = attempts;
    if (leases !== undefined) {
      const parts = { table, clients, leases, messages, transmission, attempts, timers };
      this.#holding = new Holding(request, arrivals.clients, parts);
    }
  }

  /**
   * True when every client has its lease or has given up, and the acts with the leases are over. Also true when the
   * engine was stopped.
   */
  get finished(): boolean {
    const { accepting, active } = this.#attempts;
    if (!accepting) return true;
    return this.#request.arrivals.nextAtUs === Infinity && active === 0 && (this.#holding?.finished ?? true);
  }

  /**
   * How often each act was due, and how often no client could do it; absent where clients do nothing with their
   * leases.
   */
  get acts(): Pick<Holding, 'due' | 'missed'> | undefined {
    return this.#holding;
  }

  /** How many transactions have no answer yet and still have time for one. */
  get waiting(): number {
    return this.#table.waiting;
  }

  /** When something is due next, microseconds; Infinity if nothing is. */
  get nextAtUs(): number {
    // Nearly all transactions are answered in time. Nobody is to be woken for what has become of them.
    this.#timers.dropDeadlines(this.#table);
    if (!this.#attempts.accepting) return this.#timers.nextAtUs;
    const start = this.#catchUp.startsAtUs(this.#request.arrivals.nextAtUs);
    return Math.min(start, this.#timers.nextAtUs, this.#holding?.nextAtUs ?? Infinity);
  }

  /** From now on no attempt starts. Transactions under way can still be answered. */
  stop(): void {
    this.#attempts.stop();
  }

  /**
   * Does what is due, in order of time, but at most `most` things at once, so that answers are read in between.
   * Starts and deadlines are done in one sequence: an engine that is late with the starts is as late with the
   * deadlines, and no later.
   */
  advance(nowUs: number, most = Infinity): void {
    const { arrivals } = this.#request;
    const timers = this.#timers;
    for (let left = most; left > 0; left--) {
      const timerUs = timers.nextAtUs;
      const startUs = this.#attempts.accepting ? this.#catchUp.startsAtUs(arrivals.nextAtUs) : Infinity;
      const actUs = this.#attempts.accepting ? (this.#holding?.nextAtUs ?? Infinity) : Infinity;
      if (timerUs > nowUs && startUs > nowUs && actUs > nowUs) return;
      if (timerUs <= startUs && timerUs <= actUs) {
        timers.take(nowUs);
        this.#doWhatIsDue(timers);
      } else if (startUs <= actUs) this.#start(nowUs);
      else this.#holding?.advance(nowUs);
    }
  }

  /** Records the messages that have left since the last call. Call it after a flush, and before answers are read. */
  noteDepartures(): void {
    this.#transmission.noteDepartures();
  }

  /** Takes a datagram that arrived from a server of this case. */
  receive(server: number, datagram: Uint8Array, nowUs: number): void {
    const reply = this.#read(datagram);
    if (reply === undefined) {
      this.#receiveMalformed(server, this.#request.exchange.guessId(datagram), nowUs);
      return;
    }
    const transaction = this.#matching.answeredBy(reply, server);
    if (transaction === -1) {
      this.#recorder.unmatched(server, nowUs, reply);
      return;
    }
    if (!this.#messages.isFor(reply, transaction)) {
      if (this.#messages.wasFor(reply, transaction)) this.#recorder.unmatched(server, nowUs, reply);
      else this.#recorder.astray(transaction, server, nowUs, 'wrong-client', reply);
      return;
    }
    if (this.#table.serverOf(transaction) !== server || !this.#messages.isByNamed(reply, transaction)) {
      this.#recorder.astray(transaction, server, nowUs, 'wrong-server', reply);
      return;
    }
    if (this.#transmission.isOverdue(transaction, nowUs)) this.#timeOut(transaction, nowUs);
    this.#recorder.answered(transaction, server, nowUs, reply);
    if (this.#transmission.end(transaction)) this.#goOn(transaction, reply, nowUs);
  }

  #start(nowUs: number): void {
    const { arrivals } = this.#request;
    const atUs = arrivals.nextAtUs;
    this.#attempts.seek(arrivals.take(), atUs);
    this.#catchUp.made(atUs, arrivals.nextAtUs, nowUs);
    if (arrivals.nextAtUs === Infinity) this.#holding?.begin(atUs);
  }

  #read(datagram: Uint8Array): Reply | undefined {
    try {
      return this.#request.exchange.read(datagram);
    } catch (error) {
      if (error instanceof DecodeError) return undefined;
      throw error;
    }
  }

  #receiveMalformed(server: number, guessedId: number, nowUs: number): void {
    const transaction = guessedId === -1 ? -1 : this.#matching.latestUnder(guessedId, server);
    if (transaction !== -1 && this.#table.serverOf(transaction) !== server) {
      this.#recorder.astray(transaction, server, nowUs, 'wrong-server', undefined);
      return;
    }
    this.#recorder.malformed(transaction, server, nowUs);
    if (transaction !== -1 && this.#transmission.end(transaction)) this.#goOn(transaction, undefined, nowUs);
  }

  #doWhatIsDue({ what, number, atUs, delayMs }: Timers): void {
    switch (what) {
      case DUE.start:
        this.#attempts.start(number, atUs);
        break;
      case DUE.send:
        this.#attempts.sendKept(number, atUs);
        break;
      case DUE.deadline:
        this.#timeOut(number, this.#request.nowUs());
        break;
      case DUE.retransmit:
        this.#transmission.retransmit(number, atUs, delayMs);
        break;
      case DUE.expire:
        this.#holding?.expire(number, atUs);
        break;
      case DUE.renew:
        this.#holding?.renew(number, atUs);
        break;
      case DUE.comeBack:
        this.#holding?.comeBack(number, atUs);
        break;
    }
  }

  #timeOut(transaction: number, nowUs: number): void {
    if (this.#transmission.timeOut(transaction, nowUs)) this.#goOn(transaction, undefined, nowUs);
  }

  /**
   * Decides what a client does when one of its transactions is over.
   *
   * @param reply absent where none came in time, or none that can be read
   */
  #goOn(transaction: number, reply: Reply | undefined, nowUs: number): void {
    if (this.#table.stepOf(transaction) >= STEP.renew) this.#holding?.goOn(transaction, reply, nowUs);
    else if (reply !== undefined && isTakenOffer(reply)) this.#attempts.takeOffer(transaction, reply, nowUs);
    else if (reply?.kind === 'lease') {
      this.#attempts.succeed();
      this.#holding?.bound(transaction, reply, nowUs);
    } else this.#attempts.fail(transaction, nowUs);
  }
}

/**
 * Whether a reply is an offer that the client takes: of all that it asked for, or of some of it. The REQUEST asks for
 * the rest again (RFC 8415 section 18.2.2).
 */
function isTakenOffer({ answer, kind }: Reply): boolean {
  return answer === 'offer' && (kind === 'lease' || kind === 'partial');
}
