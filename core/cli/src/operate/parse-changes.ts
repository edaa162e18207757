import { AppError } from '@parley/contracts';
import type { Change } from '@parley/contracts';
import { readSettings } from '../plugin-install/read-settings.ts';

const usage = (message: string) => new AppError({ code: 'CLI_USAGE', status: 400, message });

type Phrase = readonly [verb: string, ...words: string[]];

const needId = ([verb, id]: Phrase): string => {
  if (id === undefined) throw usage(`\`${verb}\` needs the id of a plugin`);
  return id;
};

const only = ([verb, id, ...more]: Phrase): void => {
  if (more.length > 0) throw usage(`\`${verb} ${id}\` takes nothing more; ${more.join(' ')} came`);
};

const idChange = (verb: 'enable' | 'disable' | 'remove' | 'restore') => (phrase: Phrase) => {
  only(phrase);
  return { do: verb, id: needId(phrase) };
};

function setChange(phrase: Phrase): Change {
  const [, id, ...pairs] = phrase;
  if (id === undefined || pairs.length === 0) throw usage('`set` needs a plugin and settings: set notes maxNotes=5');
  return { do: 'configure', id, settings: readSettings(pairs) };
}

function isolateChange([, id, isolation]: Phrase): Change {
  if (id !== undefined && (isolation === 'inline' || isolation === 'process')) return { do: 'isolate', id, isolation };
  throw usage('`isolate` needs a plugin and a place: isolate weather process');
}

function updateChange([verb, id, use]: Phrase): Change {
  return { do: 'update', id: needId([verb, ...(id === undefined ? [] : [id])]), ...(use === undefined ? {} : { use }) };
}

function addChange([, use, id]: Phrase): Change {
  if (use === undefined) throw usage('`add` needs what to add: add ./my-plugin/src/server/index.ts');
  return { do: 'add', use, ...(id === undefined ? {} : { id }) };
}

const VERBS: Readonly<Record<string, (phrase: Phrase) => Change>> = {
  enable: idChange('enable'),
  disable: idChange('disable'),
  remove: idChange('remove'),
  restore: idChange('restore'),
  set: setChange,
  isolate: isolateChange,
  update: updateChange,
  add: addChange,
};

/**
 * Changes in words: `disable notes set chat maxSteps=3 isolate weather process`. Each verb begins a change.
 * @throws CLI_USAGE
 */
export function parseChanges(words: readonly string[]): readonly Change[] {
  const phrases: [string, ...string[]][] = [];
  for (const word of words) {
    const last = phrases.at(-1);
    // After a verb comes a name, whatever it is called.
    if (Object.hasOwn(VERBS, word) && last?.length !== 1) phrases.push([word]);
    else if (last === undefined) throw usage(`${word} is no change; expected one of ${Object.keys(VERBS).join(', ')}`);
    else last.push(word);
  }
  return phrases.map((phrase) => (VERBS[phrase[0]] as (phrase: Phrase) => Change)(phrase));
}
