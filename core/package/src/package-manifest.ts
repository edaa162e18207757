import * as z from 'zod';

/** Name of the file that says what a package is. */
export const MANIFEST_FILE = 'plugin.manifest.json';
/** Name of the file that says which tests it passed. */
export const REPORT_FILE = 'plugin.report.json';

const SHA256 = z.string().regex(/^[0-9a-f]{64}$/, 'expected a SHA-256 in hexadecimal digits');
const ID = z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*(\.[a-z][a-z0-9]*(-[a-z0-9]+)*)*$/, 'expected a plugin id');
const VERSION = z.string().regex(/^\d+\.\d+\.\d+(-[\w.-]+)?(\+[\w.-]+)?$/, 'expected a version such as 1.2.3');

/** Whether a path stays in its folder on every system: `/` between plain names, none of them hidden. */
export const isPlainPath = (path: string): boolean =>
  path.length <= 300 &&
  path.split('/').every((name) => /^[\w@+][\w@.+-]*$/.test(name) && !name.endsWith('.') && name !== 'node_modules');

const PATH = z.string().refine(isPlainPath, 'expected a plain path inside the package');

/** A contribution to the page. */
const Contribution = z.looseObject({ id: z.string() });

/** The static part of the plugin, as `manifestOf` gives it. More may stand in it than is named here. */
const Plugin = z.looseObject({
  id: ID,
  version: VERSION,
  kernel: z.string(),
  permissions: z.looseObject({
    network: z.array(z.string()).default([]),
    declares: z.array(z.string()).default([]),
  }),
  ui: z.looseObject({ module: z.string(), slots: z.record(z.string(), z.array(Contribution)) }).optional(),
});

/** One operation the plugin serves. */
const Route = z.object({
  contract: z.string(),
  name: z.string(),
  method: z.string(),
  path: z.string(),
  access: z.union([z.string(), z.object({ permission: z.string() })]),
  summary: z.string(),
});

/** `plugin.manifest.json`: everything a host or an operator asks of a package before any of its code runs. */
export const PackageManifest = z.object({
  formatVersion: z.literal(1, 'this Parley reads format 1'),
  /** Name of the npm package. */
  package: z.string(),
  plugin: Plugin,
  /** Operations of its contract door; it can serve no other. */
  routes: z.array(Route),
  /** Version of each contract, capability and library it was compiled with, by id: `capability:cache`. */
  compiledAgainst: z.record(z.string(), z.string()),
  /** What it takes from the host: ranges of the kernel's API and of the modules its server code imports. */
  parley: z.object({ kernel: z.string(), modules: z.record(z.string(), z.string()) }),
  /** Its server code, and its contract and kits where it has them. */
  doors: z.object({ server: PATH, contract: PATH.optional(), kit: PATH.optional() }),
  /** Its federated remote. */
  web: z
    .object({
      /** Name of the container, new with each build. */
      remote: z.string().regex(/^[A-Za-z_]\w*$/),
      /** Folder of the remote's files. */
      dir: PATH,
      /** The first of them, inside `dir`. */
      entry: PATH,
      /** Range of React it runs with. */
      react: z.string(),
      /** Ranges of all it takes from the page, by module. */
      shared: z.record(z.string(), z.string()),
    })
    .optional(),
  /** SHA-256 of each file by its path, `/` between folders. */
  files: z.record(PATH, SHA256),
  /** SHA-256 over the sorted list of files and hashes. */
  integrity: SHA256,
});
export type PackageManifest = z.output<typeof PackageManifest>;
