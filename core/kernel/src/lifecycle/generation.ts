import { kernelErrors } from '../kernel-errors.ts';
import { createEffectStack } from './effect-stack.ts';

type Phase = 'starting' | 'published' | 'closing' | 'closed';

/**
 * One life of a plugin, from its setup to its last undo. What it registers is held back until the setup is through, so
 * that nobody meets half a plugin, and is undone in reverse order at the end.
 */
export class Generation {
  readonly pluginId: string;
  readonly number: number;
  readonly effects = createEffectStack();
  readonly #controller = new AbortController();
  readonly #heldBack: (() => void)[] = [];
  readonly #owned: (() => void)[] = [];
  readonly #changed: () => void;
  #phase: Phase = 'starting';

  /** `changed` is told of what is registered after the setup; all before it becomes visible at once. */
  constructor(pluginId: string, number: number, changed: () => void) {
    this.pluginId = pluginId;
    this.number = number;
    this.#changed = changed;
  }

  /** Aborts when the plugin stops. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** @throws KERNEL_PLUGIN_DISPOSED once the last undo has run */
  assertUsable(member: string): void {
    if (this.#phase === 'closed') throw kernelErrors.PLUGIN_DISPOSED({ plugin: this.pluginId, member });
  }

  /** @throws KERNEL_PLUGIN_DISPOSED as soon as the undoing has begun: what comes now would not be undone */
  assertOpen(member: string): void {
    if (this.#phase === 'closing' || this.#phase === 'closed') {
      throw kernelErrors.PLUGIN_DISPOSED({ plugin: this.pluginId, member });
    }
  }

  /** Registers something others can see: now, or when the setup is through. `add` returns its undo. */
  register(label: string, add: () => () => void): void {
    let undo: (() => void) | undefined;
    const apply = () => {
      undo = add();
    };
    this.effects.add(label, () => undo?.());
    if (this.#phase !== 'published') {
      this.#heldBack.push(apply);
      return;
    }
    apply();
    this.#changed();
  }

  /** Ends something of the kernel's own with this life, after the plugin's last undo. */
  own(end: () => void): void {
    this.#owned.push(end);
  }

  /** Lets others see what was registered so far, and from now on what comes. */
  publish(): void {
    this.#phase = 'published';
    for (const apply of this.#heldBack.splice(0)) apply();
  }

  /** Ends this life. Shape: what could not be undone, by plugin and label. */
  async dispose(timeoutMs: number): Promise<readonly string[]> {
    this.#phase = 'closing';
    this.#controller.abort(kernelErrors.PLUGIN_DISPOSED({ plugin: this.pluginId, member: 'its signal' }));
    const leftovers = await this.effects.undoAll(timeoutMs);
    this.#phase = 'closed';
    for (const end of this.#owned) end();
    return leftovers.map((leftover) => `${this.pluginId}: ${leftover}`);
  }
}
