import { closeSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { PluginUse } from '@parley/kernel';
import * as z from 'zod';

const FILE = 'starts.json';
const SUSPICIOUS_MS = 60_000;
const DEATHS = 2;

const StartLogFile = z.object({
  /** Plugins whose setup was running. */
  starting: z.array(z.string()).default([]),
  /** Plugins whose records were being migrated. */
  preparing: z.array(z.string()).default([]),
  /** Plugins that had started less than a minute ago. */
  started: z.array(z.string()).default([]),
  /** Those of both that are not first-party. */
  foreign: z.array(z.string()).default([]),
  /** How often in a row the process ended while a plugin was under suspicion. */
  deaths: z.record(z.string(), z.number()).default({}),
  /** Plugins that do not start until they are reset, each with the reason. */
  held: z.record(z.string(), z.string()).default({}),
});
type StartLogFile = z.output<typeof StartLogFile>;

/** Remembers which plugins start, so that one which ends the process is not started for ever. */
export interface StartLog {
  /** Plugins that must not start, each with the reason. */
  readonly held: Readonly<Record<string, string>>;
  /** A plugin is about to start; gives what to call when its setup is over. */
  readonly begin: (pluginId: string, use: Pick<PluginUse, 'firstParty'>) => () => void;
  /** Records of a plugin are about to be migrated; gives what to call when they are. */
  readonly prepare: (pluginId: string) => () => void;
  /** All that start with the process have started. */
  settle(): void;
  /** The process ends in order: nobody is under suspicion. */
  clear(): void;
}

function read(path: string): StartLogFile {
  try {
    return StartLogFile.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return StartLogFile.parse({});
  }
}

/**
 * Who may have ended the last process: those whose setup was running, else those that had just started. Among them those
 * that are not first-party come first, since what ships together was tried together.
 */
function suspectsOf({ starting, started, foreign }: StartLogFile): readonly string[] {
  const near = starting.length > 0 ? starting : started;
  const strangers = near.filter((id) => foreign.includes(id));
  return strangers.length > 0 ? strangers : starting;
}

function judge(last: StartLogFile): Pick<StartLogFile, 'deaths' | 'held'> {
  // A long migration is ended from outside, by somebody who did not want to wait: it goes on at the next start.
  if (last.preparing.length > 0) return { deaths: last.deaths, held: last.held };
  const suspects = suspectsOf(last);
  const deaths = Object.fromEntries(suspects.map((id) => [id, (last.deaths[id] ?? 0) + 1]));
  const moment = last.starting.length > 0 ? 'while it started' : 'within a minute of its start';
  const guilty = suspects.filter((id) => (deaths[id] ?? 0) >= DEATHS);
  const reasons = guilty.map((id) => [
    id,
    `the process ended ${deaths[id]} times in a row ${moment}; reset it to try again`,
  ]);
  return { deaths, held: { ...last.held, ...(Object.fromEntries(reasons) as Record<string, string>) } };
}

/**
 * Opens `<data>/starts.json`. What is written survives the end of the process, not that of the machine, which is no
 * plugin's doing: it is not forced to the disk, and a start costs a fraction of a millisecond.
 */
export function openStartLog(dataDir: string): StartLog {
  const path = join(dataDir, FILE);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const { deaths, held } = judge(read(path));
  const starting = new Set<string>();
  const preparing = new Set<string>();
  const started = new Set<string>();
  const foreign = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  let [descriptor, length]: [number | undefined, number] = [undefined, 0];
  // Written over in place: to cut a file short first makes some file systems write it to the disk at once.
  const write = () => {
    const file: StartLogFile = {
      starting: [...starting],
      preparing: [...preparing],
      started: [...started],
      foreign: [...foreign],
      deaths,
      held,
    };
    descriptor ??= openSync(path, 'w', 0o600);
    const text = JSON.stringify(file).padEnd(length);
    ({ length } = text);
    writeSync(descriptor, text, 0);
  };
  const close = () => {
    if (descriptor !== undefined) closeSync(descriptor);
    [descriptor, length] = [undefined, 0];
  };
  const acquit = () => {
    for (const id of Object.keys(deaths)) delete deaths[id];
    for (const suspects of [started, foreign]) suspects.clear();
    write();
  };
  return {
    held: { ...held },
    begin(pluginId, { firstParty = false }) {
      // Somebody starts it although it was held back, so it has been reset.
      delete held[pluginId];
      starting.add(pluginId);
      if (!firstParty) foreign.add(pluginId);
      write();
      return () => {
        starting.delete(pluginId);
        started.add(pluginId);
        clearTimeout(timer);
        timer = setTimeout(acquit, SUSPICIOUS_MS);
        timer.unref();
      };
    },
    prepare(pluginId) {
      preparing.add(pluginId);
      write();
      return () => {
        preparing.delete(pluginId);
        write();
      };
    },
    settle: write,
    clear() {
      clearTimeout(timer);
      for (const unfinished of [starting, preparing]) unfinished.clear();
      acquit();
      close();
    },
  };
}
