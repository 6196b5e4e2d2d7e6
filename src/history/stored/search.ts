import { readdirSync, realpathSync, statSync, type Dirent } from 'node:fs';
import { join, sep } from 'node:path';
import { messageOf } from '../../errors.js';
import { isThere, kindAt } from '../../files/entries.js';
import { whyNot } from '../../files/why-not.js';
import { STORED } from '../../store/stored-files.js';
import { SUITE } from '../../store/stored-suite.js';

/** What a directory holds, as far as a search for runs needs it. */
export interface Entries {
  has: (name: string) => boolean;
  /** The paths of its HTML files. */
  pages: string[];
  /** The paths of the directories in it that are to be searched, and of links to runs and suites elsewhere. */
  directories: string[];
}

const FILES: ReadonlySet<string> = new Set([...Object.values(STORED), SUITE]);

/**
 * The directories below one. Each is entered once, whatever links lead to it, so a search ends also where links lead
 * in a circle. What is not entered is told, with the reason.
 */
export class Search {
  readonly #realRoot: string;
  readonly #passOver: (path: string, why: string) => void;
  /** Device and number of each directory that was entered. Its path may not be unique: a name need not be UTF-8. */
  readonly #entered = new Set<string>();

  constructor(root: string, passOver: (path: string, why: string) => void) {
    this.#realRoot = realpathSync(root);
    this.#passOver = passOver;
  }

  /** Undefined for a directory that can't be read, which is told, and for one that was entered before. */
  entriesOf(directory: string): Entries | undefined {
    let found: Dirent[];
    try {
      const { dev, ino } = statSync(directory, { bigint: true });
      const number = `${dev}:${ino}`;
      if (this.#entered.has(number)) return undefined;
      this.#entered.add(number);
      found = readdirSync(directory, { withFileTypes: true });
    } catch (error) {
      this.#passOver(directory, whyNot(error));
      return undefined;
    }
    const names = new Set(found.map(({ name }) => name));
    const ordered = found
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map((entry) => ({ entry, path: join(directory, entry.name) }))
      // What stands in the place of a file is told by whoever reads that file.
      .filter(({ entry, path }) => !FILES.has(entry.name) && (entry.isFile() || !this.#isUnreadable(path)));
    return {
      has: (name) => names.has(name),
      pages: ordered
        .filter(({ entry }) => entry.isFile() && entry.name.endsWith('.html'))
        .map(({ path }) => path),
      directories: ordered
        .filter(
          ({ entry, path }) => entry.isDirectory() || (entry.isSymbolicLink() && this.#isFollowed(path)),
        )
        .map(({ path }) => path),
    };
  }

  /** Whether Node can't name the entry: bytes that are not UTF-8 became another character. */
  #isUnreadable(path: string): boolean {
    const isLost = path.includes('\uFFFD') && !isThere(path);
    if (isLost) this.#passOver(path, 'its name is not UTF-8, so it is not read: rename it');
    return isLost;
  }

  /** A link into the searched directory needs not be followed: what it leads to is found without it. */
  #isFollowed(link: string): boolean {
    try {
      if (kindAt(link) !== 'directory') {
        if (kindAt(link) === undefined) this.#passOver(link, 'it is a link that leads nowhere');
        return false;
      }
      const target = realpathSync(link);
      if (`${target}${sep}`.startsWith(`${this.#realRoot}${sep}`)) return false;
      if ([STORED.result, STORED.facts, SUITE].some((name) => isThere(join(link, name)))) return true;
      this.#passOver(
        link,
        `it is a link to ${target}, which is neither a run nor a suite: list that directory by itself`,
      );
    } catch (error) {
      this.#passOver(link, messageOf(error));
    }
    return false;
  }
}
