/** What a transport lacks on this machine, each thing once. */
export class Lacking {
  readonly #what = new Set<string>();

  add(what: string): void {
    this.#what.add(what);
  }

  /** In words; undefined where nothing is lacking. */
  get text(): string | undefined {
    return this.#what.size === 0 ? undefined : [...this.#what].join('; ');
  }
}
