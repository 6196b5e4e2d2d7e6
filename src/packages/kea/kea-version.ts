import { isA, isAtLeast } from '../../versions.js';

/** A Kea version such as `2.6.3`, or the beginning of one such as `2.6`; comparable. */
export class KeaVersion {
  readonly text: string;

  constructor(text: string) {
    this.text = text.trim();
  }

  /** Whether this version is `other` or later. */
  atLeast(other: string): boolean {
    return isAtLeast(this.text, other);
  }

  /** Whether some version that begins like this one is `other` or later: `2.3` may be 2.3.8. */
  mayBeAtLeast(other: string): boolean {
    return isAtLeast(this.text, other, Infinity);
  }

  /** Whether this version belongs to the line that `wanted` names: 2.6.3 is a 2.6, and a 2.6.3. */
  isA(wanted: string): boolean {
    return isA(this.text, wanted);
  }
}
