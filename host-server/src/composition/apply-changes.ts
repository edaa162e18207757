import { kernelAdminErrors } from '@parley/contracts';
import type { Change } from '@parley/contracts';
import { suggestion } from '@parley/kernel';
import type { PluginManifest } from '@parley/kernel';
import type { Entry } from './compose.ts';
import type { ChangedEntries, ChangedEntry } from './composition-file.ts';
import type { PluginLoader } from './load-plugin.ts';
import { createIsSecret, keepSecrets } from './secret-settings.ts';
import type { Seal } from './seal.ts';
import { changePatch } from './settings-patch.ts';
import type { Settings } from './settings-patch.ts';

/** What changes are worked out from. */
export interface ChangeInput {
  readonly entries: readonly Entry[];
  readonly changes: ChangedEntries;
  readonly loader: PluginLoader;
  readonly seal: Seal;
  /** Which state of each plugin's code is in use. */
  readonly states: ReadonlyMap<string, string>;
  /** Whether any code on this machine may be added, as the operator may, or only what is shipped or installed. */
  readonly mayAddAny: boolean;
}

/** The changes made while serving with those asked for among them, and whom they concern. */
export interface ChangedComposition {
  readonly changes: ChangedEntries;
  readonly touched: ReadonlySet<string>;
  /** The states of code to use from now on. */
  readonly states: ReadonlyMap<string, string>;
  /** In words, without values: `disable notes; configure chat: maxSteps`. */
  readonly summary: string;
}

const refused = (problem: string) => kernelAdminErrors.CHANGE_REFUSED({ problems: [problem] });

/** Works on a draft of the changes, one wish after the other. */
class Draft {
  readonly #input: ChangeInput;
  readonly #changes = new Map<string, ChangedEntry>();
  readonly touched = new Set<string>();
  readonly words: string[] = [];
  readonly states: Map<string, string>;

  constructor(input: ChangeInput) {
    this.#input = input;
    this.states = new Map(input.states);
    for (const [id, changed] of Object.entries(input.changes)) this.#changes.set(id, changed);
  }

  get changes(): ChangedEntries {
    return Object.fromEntries(this.#changes);
  }

  async take(change: Change): Promise<void> {
    if (change.do === 'add') return this.#add(change);
    const { id } = change;
    const entry = this.#entry(id);
    switch (change.do) {
      case 'enable':
      case 'disable':
        return this.#set(id, { isEnabled: change.do === 'enable' }, `${change.do} ${id}`);
      case 'grant':
        return this.#set(id, { grants: change.grants }, `grant ${id}`);
      case 'isolate':
        return this.#set(id, { isolation: change.isolation }, `run ${id} ${change.isolation}`);
      case 'configure':
        return this.#configure(id, change.settings);
      case 'update':
        return this.#update(id, change.use);
      case 'remove':
      case 'restore':
        return this.#drop(change.do, id, entry);
    }
  }

  /** Whether a plugin is there already, or was added by an earlier wish. */
  #entry(id: string): Entry | undefined {
    const entry = this.#input.entries.find((each) => each.id === id);
    if (entry !== undefined || this.#changes.get(id)?.isAdded) return entry;
    const known = this.#input.entries.map((each) => each.id);
    throw kernelAdminErrors.ENTRY_NOT_FOUND({ id, suggestion: suggestion(id, known) });
  }

  #set(id: string, fields: Partial<ChangedEntry>, words: string): void {
    this.#changes.set(id, { ...this.#changes.get(id), ...fields });
    this.touched.add(id);
    this.words.push(words);
  }

  #useOf(id: string): string {
    return this.#changes.get(id)?.use ?? this.#input.entries.find((each) => each.id === id)?.use ?? id;
  }

  async #manifest(use: string): Promise<PluginManifest> {
    const { loader } = this.#input;
    try {
      return await loader.manifest(use, this.states.get(use) ?? loader.stateOf(use));
    } catch (error) {
      throw refused(`${use} can not be loaded: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  async #configure(id: string, wanted: Settings): Promise<void> {
    const { secrets } = await this.#manifest(this.#useOf(id));
    const entry = this.#input.entries.find((each) => each.id === id);
    const isSecret = createIsSecret(secrets, entry?.secrets);
    const { settings, unknown } = keepSecrets(wanted, entry?.settings, isSecret);
    if (unknown.length > 0) throw refused(`${id}: no secret is set at ${unknown.join(', ')}; give it again`);
    const sealed = this.#input.seal.seal(id, settings, isSecret) as Settings;
    const patch = changePatch(this.#changes.get(id)?.settings ?? {}, sealed);
    this.#set(id, { settings: patch }, `configure ${id}: ${Object.keys(wanted).join(', ') || 'nothing'}`);
  }

  #checkSource(use: string): void {
    const kind = this.#input.loader.kindOf(use);
    if (this.#input.mayAddAny || kind === 'given' || kind === 'shipped' || kind === 'installed') return;
    throw refused(`${use} is not installed; the operator brings it with \`parley plugin add ${use}\``);
  }

  async #add({ use, id, settings, grants, isolation }: Change & { do: 'add' }): Promise<void> {
    this.#checkSource(use);
    const named = id ?? (await this.#manifest(use)).plugin;
    const isThere = this.#input.entries.some((each) => each.id === named) || this.#changes.get(named)?.isAdded;
    if (isThere) throw refused(`there is a plugin ${named} already; give this one another id`);
    const fields = { ...(grants ? { grants } : {}), ...(isolation ? { isolation } : {}) };
    this.#set(named, { use, isAdded: true, isEnabled: true, ...fields }, `add ${named}`);
    if (settings !== undefined) await this.#configure(named, settings);
  }

  #update(id: string, use: string | undefined): void {
    if (use !== undefined) this.#checkSource(use);
    const code = use ?? this.#useOf(id);
    this.states.set(code, this.#input.loader.stateOf(code));
    this.#set(id, use === undefined ? {} : { use }, `update ${id}`);
  }

  #drop(what: 'remove' | 'restore', id: string, entry: Entry | undefined): void {
    const isAdded = this.#changes.get(id)?.isAdded === true;
    if (what === 'remove' && !isAdded) {
      throw kernelAdminErrors.ENTRY_FIXED({
        id,
        source: entry?.source === 'file' ? 'the config file' : 'the defaults',
      });
    }
    if (what === 'restore' && isAdded) {
      throw refused(`${id} was added here, so there is nothing to go back to; remove it`);
    }
    this.#changes.delete(id);
    this.touched.add(id);
    this.words.push(`${what} ${id}`);
  }
}

/**
 * Works out what wishes come to; nothing is loaded into what runs.
 * @throws KERNEL_ENTRY_NOT_FOUND, KERNEL_ENTRY_FIXED, KERNEL_CHANGE_REFUSED
 */
export async function applyChanges(wishes: readonly Change[], input: ChangeInput): Promise<ChangedComposition> {
  const draft = new Draft(input);
  for (const wish of wishes) await draft.take(wish);
  return { changes: draft.changes, touched: draft.touched, states: draft.states, summary: draft.words.join('; ') };
}
