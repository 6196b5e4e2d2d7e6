import { spawn, type ChildProcess } from 'node:child_process';
import { Socket } from 'node:dgram';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { HarnessError } from '../errors.js';
import { commandLine } from '../processes/command-line.js';
import { lastLinesOf } from '../processes/managed-process.js';
import { handleOf } from './socket-handle.js';

/** A UDP socket to be opened. */
export interface SocketRequest {
  type: 'udp4' | 'udp6';
  address: string;
  port: number;
  /** Whether other sockets may have the same address and port. */
  isShared: boolean;
  /** The name of the link to which it sends broadcast and multicast messages; absent where it sends none. */
  toAllOn?: string;
}

/** What the program inside is told. */
export interface SocketOrder extends SocketRequest {
  id: number;
}

/** What it answers, with the socket beside it where it opened one. The answer 0 says that it is ready. */
export interface SocketAnswer {
  id: number;
  failed?: { message: string; code: string };
}

export interface SocketsInsideRequest {
  /** The words that start a program inside, as one who may bind any port there. */
  enter: readonly string[];
  cwd: string;
  env: Readonly<Record<string, string>>;
  logFile: string;
}

/**
 * Opens UDP sockets inside a private network for the harness, which is outside: a process with several threads, as Node
 * is, can't enter a user namespace (setns(2)).
 */
export class SocketsInside {
  readonly #agent: ChildProcess;
  readonly #logFile: string;
  readonly #waiting = new Map<
    number,
    { resolve: (socket: Socket) => void; reject: (error: Error) => void }
  >();
  #orders = 0;

  private constructor(agent: ChildProcess, logFile: string) {
    this.#agent = agent;
    this.#logFile = logFile;
    agent.on('message', ({ id, failed }: SocketAnswer, socket: unknown) => {
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (failed !== undefined)
        waiting?.reject(Object.assign(new Error(failed.message), { code: failed.code }));
      else if (socket instanceof Socket) waiting?.resolve(withConnect(socket));
      else waiting?.reject(new Error('the socket got lost on its way'));
    });
    // Whoever waits is told by the end of the program.
    agent.on('error', () => undefined);
    agent.once('exit', () => {
      for (const { reject } of this.#waiting.values()) reject(this.#ended());
      this.#waiting.clear();
    });
  }

  /** Starts the program inside. It dies with the harness. Errors: PREREQUISITE. */
  static async start({ enter, cwd, env, logFile }: SocketsInsideRequest): Promise<SocketsInside> {
    const { file, args } = commandLine({ command: process.execPath, args: [agentFile()], enter });
    const log = openSync(logFile, 'a', 0o600);
    const agent = spawn(file, args, { cwd, env, detached: true, stdio: ['ignore', log, log, 'ipc'] });
    closeSync(log);
    const sockets = new SocketsInside(agent, logFile);
    const ready = await Promise.race([
      once(agent, 'message').then(() => true),
      once(agent, 'exit').then(() => false),
    ]).catch(() => false);
    if (!ready) throw sockets.#ended();
    // The harness may end without it.
    agent.unref();
    agent.channel?.unref();
    return sockets;
  }

  /** Opens a socket and binds it. Rejects with the error of bind(2). Errors: PREREQUISITE where the program has ended. */
  open(request: SocketRequest): Promise<Socket> {
    const id = ++this.#orders;
    return new Promise((resolve, reject) => {
      if (!this.#agent.connected) {
        reject(this.#ended());
        return;
      }
      this.#agent.channel?.ref();
      this.#waiting.set(id, { resolve, reject });
      this.#agent.send({ ...request, id } satisfies SocketOrder, (error) => {
        if (error === null) return;
        this.#waiting.delete(id);
        reject(error);
      });
    }).finally(() => {
      if (this.#waiting.size === 0) this.#agent.channel?.unref();
    }) as Promise<Socket>;
  }

  /** Ends the program. Sockets that it has handed out stay open. */
  async close(): Promise<void> {
    if (this.#agent.exitCode !== null || this.#agent.signalCode !== null) return;
    const ended = once(this.#agent, 'exit');
    this.#agent.ref();
    this.#agent.kill('SIGKILL');
    await ended;
  }

  #ended(): HarnessError {
    return new HarnessError(
      'PREREQUISITE',
      [
        'the program that opens sockets inside the private network has ended',
        ...lastLinesOf(this.#logFile, 5),
      ].join('\n  '),
      { hint: `its log is in ${this.#logFile}` },
    );
  }
}

/**
 * Repairs an IPv6 socket that was handed over. Node puts the handle that arrives in the place of its own one, and forgets
 * that `connect` is `connect6` for IPv6 (`replaceHandle` in lib/dgram.js, in all versions up to 24). The socket then
 * can't be connected (EINVAL).
 */
function withConnect(socket: Socket): Socket {
  const handle = handleOf(socket);
  const { type } = socket as unknown as { type: string };
  if (type === 'udp6' && handle?.connect6 !== undefined) handle.connect = handle.connect6;
  return socket;
}

/** The compiled program, also for tests that run the sources. */
function agentFile(): string {
  return fileURLToPath(new URL('../../dist/network/socket-agent.js', import.meta.url));
}
