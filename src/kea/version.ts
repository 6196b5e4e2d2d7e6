/** A Kea version such as `2.6.3`, comparable. */
export class KeaVersion {
  readonly #parts: readonly number[];
  readonly text: string;

  constructor(text: string) {
    this.text = text.trim();
    this.#parts = this.text.split('.').map((part) => parseInt(part, 10));
  }

  /** True for this version and later ones. */
  atLeast(other: string): boolean {
    const wanted = other.split('.').map(Number);
    for (const [index, part] of wanted.entries()) {
      const own = this.#parts[index] ?? 0;
      if (own !== part) return own > part;
    }
    return true;
  }
}
