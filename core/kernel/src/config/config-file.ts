import { LineCounter, parseDocument, visit } from 'yaml';
import type { Document, Node, Scalar } from 'yaml';
import * as z from 'zod';
import type { ConfigSource } from '../kernel-api.ts';
import { invalidComposition } from '../kernel-errors.ts';
import type { JsonSchema } from '../manifest/manifest.ts';
import { suggestion } from '../nearest-name.ts';
import { interpolate } from './interpolate.ts';
import type { InterpolationSources } from './interpolate.ts';
import { unknownKeys } from './unknown-keys.ts';

const PluginEntry = z.object({
  /** Id of a built-in plugin, name of a package, or a path. */
  use: z.string().min(1),
  id: z.string().min(1).optional(),
  enabled: z.boolean().default(true),
  config: z.record(z.string(), z.unknown()).optional(),
});

const ConfigFileSchema = z.object({
  /** Name of this installation. */
  name: z.string().min(1).optional(),
  plugins: z.array(PluginEntry).optional(),
  bindings: z.record(z.string(), z.string()).default({}),
  server: z
    .object({
      port: z.coerce.number().int().min(0).max(65_535).optional(),
      address: z.string().min(1).optional(),
      publicUrl: z.url().optional(),
      trustedProxies: z.array(z.string()).optional(),
    })
    .default({}),
});

/** What a `parley.config.yaml` says. Without `plugins` the host's default composition is meant. */
export type ConfigFile = z.output<typeof ConfigFileSchema> & { readonly source: ConfigSource };

/** The text of a configuration and what its `${...}` places are filled from. */
export interface ConfigFileInput extends InterpolationSources {
  readonly text: string;
  /** As errors name it. */
  readonly fileName: string;
}

type Path = readonly PropertyKey[];
type LineOf = (path: Path) => number | undefined;

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'range' in value;

/** Line of the value at a path, or of its nearest parent that is there. */
const createLineOf =
  (document: Document, lines: LineCounter): LineOf =>
  (path) => {
    for (let length = path.length; length > 0; length -= 1) {
      const node: unknown = document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
    }
    return undefined;
  };

/** A plain scalar keeps its YAML type after filling: `port: ${env:PORT:-3000}` is a number, `'${env:PORT}'` a text. */
function typedValue(node: Scalar, text: string, hasSecret: boolean): unknown {
  if (hasSecret || node.type !== 'PLAIN') return text;
  if (text === 'true' || text === 'false') return text === 'true';
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}

/** Something wrong in the file, with its line. */
type Finding = readonly [line: number | undefined, text: string];

/** Fills the places of every value in the document; gives what went wrong. */
function fillPlaces(document: Document, sources: InterpolationSources, lines: LineCounter): readonly Finding[] {
  const findings: Finding[] = [];
  visit(document, {
    Scalar(key, node) {
      if (key === 'key' || typeof node.value !== 'string' || !node.value.includes('${')) return;
      const filled = interpolate(node.value, sources);
      const line = node.range ? lines.linePos(node.range[0]).line : undefined;
      findings.push(...filled.problems.map((text): Finding => [line, text]));
      node.value = typedValue(node, filled.text, filled.hasSecret);
    },
  });
  return findings;
}

function createSource(file: string, entries: readonly z.output<typeof PluginEntry>[], lineOf: LineOf): ConfigSource {
  return {
    file,
    line(pluginId, path) {
      const index = entries.findIndex(({ id, use }) => (id ?? use) === pluginId);
      return index < 0 ? undefined : lineOf(['plugins', index, 'config', ...path]);
    },
  };
}

/** The schema of a whole `parley.config.yaml` but for the settings of plugins, for editors. */
export const configFileSchema = z.toJSONSchema(ConfigFileSchema, { io: 'input', unrepresentable: 'any' }) as JsonSchema;

function checkFile(given: unknown, lineOf: LineOf): readonly Finding[] {
  const unknown = unknownKeys(configFileSchema, given).map(({ path, known }): Finding => {
    const text = `${path.map(String).join('.')}: unknown key; ${suggestion(String(path.at(-1)), known)}`;
    return [lineOf(path), text];
  });
  const { error } = ConfigFileSchema.safeParse(given);
  const misfits = (error?.issues ?? []).map(({ path, message }): Finding => {
    return [lineOf(path), `${path.map(String).join('.') || 'the file'}: ${message}`];
  });
  return [...unknown, ...misfits];
}

/** One error for all findings in the order of the file. */
const invalidFile = (fileName: string, findings: readonly Finding[]) =>
  invalidComposition(
    findings
      .toSorted(([left = 0], [right = 0]) => left - right)
      .map(([line, text]) => `${fileName}${line === undefined ? '' : `:${line}`}: ${text}`),
  );

/**
 * Reads a `parley.config.yaml`.
 * @throws KERNEL_INVALID with every problem, each with file and line
 */
export function readConfigFile(input: ConfigFileInput): ConfigFile {
  const { text, fileName } = input;
  const lines = new LineCounter();
  const document: Document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    const findings = document.errors.map(({ pos, message }): Finding => [lines.linePos(pos[0]).line, message]);
    throw invalidFile(fileName, findings);
  }
  const lineOf = createLineOf(document, lines);
  const places = fillPlaces(document, input, lines);
  const badLines = new Set(places.map(([line]) => line));
  const given: unknown = document.toJS() ?? {};
  // A place that could not be filled is one problem, not also that of the value it left behind.
  const others = checkFile(given, lineOf).filter(([line]) => line === undefined || !badLines.has(line));
  if (places.length + others.length > 0) throw invalidFile(fileName, [...places, ...others]);
  const parsed = ConfigFileSchema.parse(given);
  return { ...parsed, source: createSource(fileName, parsed.plugins ?? [], lineOf) };
}
