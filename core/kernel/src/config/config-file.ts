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

/** Fills the places of every value in the document; gives what went wrong, with the line. */
function fillPlaces(
  document: Document,
  sources: InterpolationSources,
  lines: LineCounter,
): [line: number, text: string][] {
  const problems: [number, string][] = [];
  visit(document, {
    Scalar(key, node) {
      if (key === 'key' || typeof node.value !== 'string' || !node.value.includes('${')) return;
      const filled = interpolate(node.value, sources);
      const line = node.range ? lines.linePos(node.range[0]).line : 0;
      problems.push(...filled.problems.map((text): [number, string] => [line, text]));
      node.value = typedValue(node, filled.text, filled.hasSecret);
    },
  });
  return problems;
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

/**
 * Reads a `parley.config.yaml`.
 * @throws KERNEL_INVALID with every problem, each with file and line
 */
export function readConfigFile(input: ConfigFileInput): ConfigFile {
  const { text, fileName } = input;
  const lines = new LineCounter();
  const document: Document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (line: number | undefined, problem: string) => `${fileName}${line ? `:${line}` : ''}: ${problem}`;
  if (document.errors.length > 0) {
    throw invalidComposition(document.errors.map(({ pos, message }) => at(lines.linePos(pos[0]).line, message)));
  }
  const lineOf = createLineOf(document, lines);
  const problems = fillPlaces(document, input, lines).map(([line, problem]) => at(line, problem));
  const given: unknown = document.toJS() ?? {};
  for (const { path, known } of unknownKeys(configFileSchema, given)) {
    const name = path.map(String).join('.');
    problems.push(at(lineOf(path), `${name}: unknown key; ${suggestion(String(path.at(-1)), known)}`));
  }
  const parsed = ConfigFileSchema.safeParse(given);
  for (const { path, message } of parsed.error?.issues ?? []) {
    problems.push(at(lineOf(path), `${path.map(String).join('.')}: ${message}`));
  }
  if (problems.length > 0 || !parsed.success) throw invalidComposition(problems);
  return { ...parsed.data, source: createSource(fileName, parsed.data.plugins ?? [], lineOf) };
}
