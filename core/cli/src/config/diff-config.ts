import { isDeepStrictEqual } from 'node:util';
import type { PluginEntryView } from '@parley/contracts';

type Settings = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Settings =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !('$secret' in value);

/** One difference between what the file says and what runs. */
export interface ConfigDifference {
  /** `chat.maxSteps`, or the id of a plugin. */
  readonly place: string;
  readonly file: string;
  readonly runs: string;
}

const shown = (value: unknown): string => {
  if (value === undefined) return 'not set';
  return typeof value === 'object' && value !== null && '$secret' in value ? '[secret]' : JSON.stringify(value);
};

function settingDifferences(place: string, file: unknown, runs: unknown): ConfigDifference[] {
  if (isDeepStrictEqual(file, runs)) return [];
  if (isObject(file) && isObject(runs)) {
    const names = [...new Set([...Object.keys(file), ...Object.keys(runs)])];
    return names.flatMap((name) => settingDifferences(`${place}.${name}`, file[name], runs[name]));
  }
  return [{ place, file: shown(file), runs: shown(runs) }];
}

const standing = (entry: PluginEntryView | undefined): string => {
  if (entry === undefined) return 'not there';
  return entry.isEnabled ? 'enabled' : 'disabled';
};

/** What runs otherwise than file and defaults say: changes made while serving, or a file that was not taken over. */
export function diffConfig(
  file: readonly PluginEntryView[],
  runs: readonly PluginEntryView[],
): readonly ConfigDifference[] {
  const ids = [...new Set([...file, ...runs].map(({ id }) => id))];
  return ids.flatMap((id) => {
    const [left, right] = [file, runs].map((entries) => entries.find((entry) => entry.id === id));
    const presence =
      standing(left) === standing(right) ? [] : [{ place: id, file: standing(left), runs: standing(right) }];
    if (left === undefined || right === undefined) return presence;
    const isolation =
      left.isolation === right.isolation ? [] : [{ place: `${id} runs`, file: left.isolation, runs: right.isolation }];
    return [...presence, ...isolation, ...settingDifferences(id, left.settings, right.settings)];
  });
}
