import type Docker from 'dockerode';

/** An image, and how much it takes of the engine's disk; layers that it shares with others count in each of them. */
export interface RemovedImage {
  reference: string;
  bytes: number;
}

/** What became of the images that the harness built. */
export interface RemovedImages {
  removed: RemovedImage[];
  /** Those that a container still uses. */
  used: string[];
}

/** The images that the harness builds have names below this one. Published ones that they build on have their own. */
const BUILT = 'kea-lease-conformance/*';
const CONFLICT = 409;

/**
 * Removes the images that the harness built, of all versions. Rejects with the engine's error.
 *
 * @param names a pattern of the names to remove, as in `docker images --filter reference=PATTERN`
 */
export async function removeImages(engine: Docker, names = BUILT): Promise<RemovedImages> {
  const images = await engine.listImages({ filters: { reference: [names] } });
  const found = images.flatMap(({ RepoTags: names, Size: bytes }) =>
    (names ?? []).map((reference): RemovedImage => ({ reference, bytes })),
  );
  const all: RemovedImages = { removed: [], used: [] };
  for (const image of found) {
    if (await isRemoved(engine, image.reference)) all.removed.push(image);
    else all.used.push(image.reference);
  }
  return all;
}

/** False where a container uses the image. */
async function isRemoved(engine: Docker, reference: string): Promise<boolean> {
  try {
    await engine.getImage(reference).remove();
    return true;
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode === CONFLICT) return false;
    throw error;
  }
}
