import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { Browser } from './browser.js';

export const THEMES = ['light', 'dark'] as const;
/** The keys that a browser knows by their codes. */
const KEY_CODES: Readonly<Record<string, number>> = { Tab: 9, ArrowRight: 39, Escape: 27 };
export interface Point {
  x: number;
  y: number;
}
export type Theme = (typeof THEMES)[number];

/** An open page, and what the browser reports about it. */
export class BrowserPage {
  /** Console messages, uncaught errors, and what the page's policy refused. */
  readonly complaints: string[] = [];
  /** The addresses of all requests, that of the page itself first. */
  readonly requests: string[] = [];
  readonly #browser: Browser;
  readonly #session: string;

  private constructor(browser: Browser, session: string) {
    this.#browser = browser;
    this.#session = session;
  }

  /** Opens a file and waits until it is loaded. */
  static async open(browser: Browser, file: string): Promise<BrowserPage> {
    const { targetId } = await browser.send('Target.createTarget', { url: 'about:blank' });
    const { sessionId } = await browser.send('Target.attachToTarget', { targetId, flatten: true });
    const page = new BrowserPage(browser, String(sessionId));
    page.#listen();
    for (const domain of ['Page', 'Runtime', 'Log', 'Network']) await page.#send(`${domain}.enable`);
    const loaded = new Promise<void>((resolve) =>
      browser.on('Page.loadEventFired', page.#session, () => resolve()),
    );
    // Else only the page that was opened last has a focus to see.
    await page.#send('Emulation.setFocusEmulationEnabled', { enabled: true });
    await page.#send('Page.navigate', { url: pathToFileURL(file).href });
    await loaded;
    return page;
  }

  /** Sets the size and theme of the window. */
  async shownAt(width: number, height: number, theme: Theme): Promise<void> {
    const metrics = { width, height, deviceScaleFactor: 1, mobile: false };
    await this.#send('Emulation.setDeviceMetricsOverride', metrics);
    await this.#send('Emulation.setEmulatedMedia', {
      features: [{ name: 'prefers-color-scheme', value: theme }],
    });
  }

  /** A world for scripts that examine the page: they see its elements, and nothing that its own scripts define. */
  async isolatedWorld(): Promise<number> {
    const { frameTree } = await this.#send('Page.getFrameTree');
    const { id: frameId } = (frameTree as { frame: { id: string } }).frame;
    const { executionContextId } = await this.#send('Page.createIsolatedWorld', { frameId });
    return Number(executionContextId);
  }

  /** Presses and releases a key, such as `Tab`. */
  async press(key: string): Promise<void> {
    for (const type of ['rawKeyDown', 'keyUp'])
      await this.#send('Input.dispatchKeyEvent', { type, key, windowsVirtualKeyCode: KEY_CODES[key] });
  }

  /** Puts fingers on the page, moves them step by step to other places, and lifts them. */
  async dragFingers(fingers: readonly (readonly [from: Point, to: Point])[], steps = 8): Promise<void> {
    for (let step = 0; step <= steps; step++)
      await this.#send('Input.dispatchTouchEvent', {
        type: step === 0 ? 'touchStart' : 'touchMove',
        touchPoints: fingers.map(([from, to], id) => ({
          id,
          x: from.x + ((to.x - from.x) * step) / steps,
          y: from.y + ((to.y - from.y) * step) / steps,
        })),
      });
    await this.#send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  }

  /** The value of an expression in the page, or in an isolated world. The page's policy does not bind it. */
  async value<T>(expression: string, contextId?: number): Promise<T> {
    const { result, exceptionDetails } = await this.#send('Runtime.evaluate', {
      expression,
      returnByValue: true,
      awaitPromise: true,
      ...(contextId === undefined ? {} : { contextId }),
    });
    if (exceptionDetails !== undefined) throw new Error(JSON.stringify(exceptionDetails));
    return (result as { value: T }).value;
  }

  /** Takes a picture of the visible part, or of the whole page. */
  async screenshot(file: string, whole = false): Promise<void> {
    const options = { format: 'png', captureBeyondViewport: whole, ...(whole ? await this.#whole() : {}) };
    const { data } = await this.#send('Page.captureScreenshot', options);
    writeFileSync(file, Buffer.from(String(data), 'base64'));
  }

  async pdf(file: string): Promise<void> {
    const { data } = await this.#send('Page.printToPDF', { preferCSSPageSize: true });
    writeFileSync(file, Buffer.from(String(data), 'base64'));
  }

  async #whole(): Promise<object> {
    const [width, height] = await this.value<[number, number]>(
      '[innerWidth, document.documentElement.scrollHeight]',
    );
    return { clip: { x: 0, y: 0, width, height, scale: 1 } };
  }

  #listen(): void {
    const on = (method: string, listener: (params: Record<string, unknown>) => void) =>
      this.#browser.on(method, this.#session, listener);
    const complain = (params: unknown) => this.complaints.push(JSON.stringify(params));
    on('Runtime.consoleAPICalled', complain);
    on('Runtime.exceptionThrown', complain);
    on('Log.entryAdded', complain);
    on('Network.requestWillBeSent', ({ request }) => this.requests.push((request as { url: string }).url));
  }

  #send(method: string, params: object = {}): Promise<Record<string, unknown>> {
    return this.#browser.send(method, params, this.#session);
  }
}
