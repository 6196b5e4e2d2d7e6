import { spawn, type ChildProcess } from 'node:child_process';
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Readable, Writable } from 'node:stream';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

/** `KEA_CONFORMANCE_CHROMIUM`, or the first of these on PATH; `node setup/browser.mjs` installs one. */
function chromiumPath(): string {
  const named = process.env['KEA_CONFORMANCE_CHROMIUM'];
  if (named !== undefined) return named;
  const places = (process.env['PATH'] ?? '').split(delimiter).filter((directory) => directory !== '');
  const found = places
    .flatMap((directory) => NAMES.map((name) => join(directory, name)))
    .find((path) => isExecutable(path));
  if (found === undefined) {
    throw new Error(
      'there is no Chromium: `node setup/browser.mjs` installs it, or name one in KEA_CONFORMANCE_CHROMIUM',
    );
  }
  return found;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

interface Message {
  id?: number;
  method?: string;
  params?: Record<string, unknown>;
  result?: Record<string, unknown>;
  error?: { message: string };
  sessionId?: string;
}

type Listener = (params: Record<string, unknown>) => void;

/** A headless Chromium, driven through a pipe by its DevTools protocol. It opens no port. */
export class Browser {
  readonly #child: ChildProcess;
  readonly #profile: string;
  readonly #to: Writable;
  readonly #ended: Promise<void>;
  readonly #waiting = new Map<
    number,
    { resolve: (result: Message) => void; reject: (error: Error) => void }
  >();
  readonly #listeners: { method: string; sessionId: string; listener: Listener }[] = [];
  #lastId = 0;
  #unread = '';
  #stderr = '';

  constructor() {
    this.#profile = mkdtempSync(join(tmpdir(), 'klt-browser-'));
    this.#child = spawn(
      chromiumPath(),
      [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--disable-dev-shm-usage',
        '--disable-background-networking',
        '--disable-component-update',
        '--no-first-run',
        '--hide-scrollbars',
        '--remote-debugging-pipe',
        `--user-data-dir=${this.#profile}`,
      ],
      {
        stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
        env: { ...process.env, HOME: this.#profile, XDG_CONFIG_HOME: this.#profile },
      },
    );
    this.#to = this.#child.stdio[3] as Writable;
    const from = this.#child.stdio[4] as Readable;
    from.setEncoding('utf8').on('data', (text: string) => this.#read(text));
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.#stderr += text));
    this.#to.on('error', () => undefined);
    this.#ended = new Promise((resolve) => {
      const gone = (why: string) => {
        const error = new Error(`Chromium ${why}: ${this.#stderr.slice(-2_000)}`);
        for (const { reject } of this.#waiting.values()) reject(error);
        this.#waiting.clear();
        resolve();
      };
      this.#child.once('error', ({ message }) => gone(message));
      this.#child.once('close', () => gone('has ended'));
    });
  }

  /** Sends one command and waits for the answer. */
  async send(method: string, params: object = {}, sessionId?: string): Promise<Record<string, unknown>> {
    const id = ++this.#lastId;
    const answered = new Promise<Message>((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    this.#to.write(JSON.stringify({ id, method, params, sessionId }) + '\0');
    const { result, error } = await answered;
    if (error !== undefined) throw new Error(`${method}: ${error.message}`);
    return result ?? {};
  }

  on(method: string, sessionId: string, listener: Listener): void {
    this.#listeners.push({ method, sessionId, listener });
  }

  /** Ends the browser with all its processes, and removes its profile. */
  async close(): Promise<void> {
    await this.send('Browser.close').catch(() => this.#child.kill('SIGKILL'));
    await this.#ended;
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }

  #read(text: string): void {
    const [last = '', ...whole] = (this.#unread + text).split('\0').reverse();
    this.#unread = last;
    for (const json of whole.reverse()) this.#take(JSON.parse(json) as Message);
  }

  #take(message: Message): void {
    if (message.id !== undefined) {
      this.#waiting.get(message.id)?.resolve(message);
      this.#waiting.delete(message.id);
      return;
    }
    for (const { method, sessionId, listener } of this.#listeners) {
      if (method === message.method && sessionId === message.sessionId) listener(message.params ?? {});
    }
  }
}
