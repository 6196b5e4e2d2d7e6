import { z } from 'zod';

/** The name of an image as Docker takes it: `mariadb:11.4`, `registry.example:5000/kea@sha256:…`. */
const image = z
  .string()
  .regex(/^[a-zA-Z0-9][a-zA-Z0-9._:/@-]*$/, { message: 'must be the name of an image' });

/** `cluster.docker`: the images of provider docker. */
export const docker = z
  .strictObject({
    suite: z
      .string()
      .regex(/^[a-z][a-z0-9-]*$/, { message: 'must be the name of a Debian suite' })
      .default('bookworm')
      .describe('the Debian suite of the images; Kea comes from another suite if kea.version needs one'),
    perconaVersion: z
      .enum(['5.7', '8.0', '8.4', '9.7'])
      .default('8.0')
      .describe('with the flavor percona: the version of the published image'),
    databaseImage: image
      .optional()
      .describe('an existing image with the database server, used unchanged, such as mariadb:11.4'),
    keaImage: image
      .optional()
      .describe('an existing image with Kea and its database scripts, used unchanged'),
  })
  .prefault({})
  .describe('the images of provider docker');
