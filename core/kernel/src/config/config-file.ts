import { isScalar, LineCounter, parseDocument } from 'yaml';
import type { Document } from 'yaml';
import type { ConfigSource } from '../kernel-api.ts';
import { invalidComposition } from '../kernel-errors.ts';
import { checkTree } from './config-schema.ts';
import type { ConfigEntry, ConfigTree } from './config-schema.ts';
import { fillPlaces } from './fill-places.ts';
import type { InterpolationSources } from './interpolate.ts';
import { createLineOf, createTextLineOf } from './line-of.ts';
import type { LineOf } from './line-of.ts';

type Path = readonly PropertyKey[];

/** What a config file says. Without `plugins` the host's default composition is meant. */
export type ConfigFile = ConfigTree & {
  readonly fileName: string;
  readonly source: ConfigSource;
  /** Paths inside the settings of a plugin that hold a `${secret:...}`: they are never shown. */
  readonly secretsOf: (pluginId: string) => readonly Path[];
};

/** The text of a configuration and what its `${...}` places are filled from. */
export interface ConfigFileInput extends InterpolationSources {
  readonly text: string;
  /** As errors name it. */
  readonly fileName: string;
  /** The default export of a `parley.config.ts`; without it the text is YAML. */
  readonly tree?: unknown;
}

/** Something wrong in the file, with its line. */
type Finding = readonly [line: number | undefined, text: string];

/** All findings in the order of the file: `<file>:12: ...`. */
const tell = (fileName: string, findings: readonly Finding[]): readonly string[] =>
  findings
    .toSorted(([left = 0], [right = 0]) => left - right)
    .map(([line, text]) => `${fileName}${line === undefined ? '' : `:${line}`}: ${text}`);

interface Read {
  readonly given: unknown;
  readonly lineOf: LineOf;
  /** Whether the value at a path was written as a text, in quotes. */
  readonly isText: (path: Path) => boolean;
}

function readYaml({ text, fileName }: ConfigFileInput): Read {
  const lines = new LineCounter();
  const document: Document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    const findings = document.errors.map(({ pos, message }): Finding => [lines.linePos(pos[0]).line, message]);
    throw invalidComposition(tell(fileName, findings));
  }
  const isText = (path: Path) => {
    const node: unknown = document.getIn(path, true);
    return isScalar(node) && node.type !== undefined && node.type !== 'PLAIN';
  };
  return { given: document.toJS() ?? {}, lineOf: createLineOf(document, lines), isText };
}

const nameOf = ({ id, use }: ConfigEntry): string => id ?? use;

/** A config file as far as it can be read, and everything wrong with it. */
export interface CheckedConfigFile {
  /** Absent when too much of it does not fit; unknown keys are left out of it. */
  readonly file: ConfigFile | undefined;
  /** Each with file and line. */
  readonly problems: readonly string[];
}

/**
 * Reads a `parley.config.yaml`, or the tree of a `parley.config.ts`, as far as it can be read.
 * @throws KERNEL_INVALID when it is no YAML
 */
export function checkConfigFile(input: ConfigFileInput): CheckedConfigFile {
  const { text, fileName } = input;
  const { given, lineOf, isText }: Read =
    'tree' in input ? { given: input.tree, lineOf: createTextLineOf(text), isText: () => false } : readYaml(input);
  const filled = fillPlaces(given, input, isText);
  const places = filled.problems.map((problem): Finding => [lineOf(problem.path), problem.text]);
  const badLines = new Set(places.map(([line]) => line));
  const { tree, misfits } = checkTree(filled.tree);
  // A place that could not be filled is one problem, not also that of the value it left behind.
  const others = misfits
    .map(({ path, text: misfit }): Finding => [lineOf(path), misfit])
    .filter(([line]) => line === undefined || !badLines.has(line));
  return {
    file: tree && createConfigFile(fileName, tree, lineOf, filled.secrets),
    problems: tell(fileName, [...places, ...others]),
  };
}

/**
 * Reads a `parley.config.yaml`, or the tree of a `parley.config.ts`.
 * @throws KERNEL_INVALID with every problem, each with file and line
 */
export function readConfigFile(input: ConfigFileInput): ConfigFile {
  const { file, problems } = checkConfigFile(input);
  if (file === undefined || problems.length > 0) throw invalidComposition(problems);
  return file;
}

function createConfigFile(fileName: string, tree: ConfigTree, lineOf: LineOf, secrets: readonly Path[]): ConfigFile {
  const indexOf = (pluginId: string) => (tree.plugins ?? []).findIndex((entry) => nameOf(entry) === pluginId);
  return {
    ...tree,
    fileName,
    source: {
      place(pluginId, path) {
        const index = indexOf(pluginId);
        const line = index < 0 ? undefined : lineOf(['plugins', index, 'config', ...path]);
        return `${fileName}${line === undefined ? '' : `:${line}`}`;
      },
    },
    secretsOf(pluginId) {
      const index = indexOf(pluginId);
      return secrets.flatMap(([list, at, part, ...path]) =>
        list === 'plugins' && at === index && part === 'config' ? [path] : [],
      );
    },
  };
}
