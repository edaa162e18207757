import { kernelErrors } from '../kernel-errors.ts';
import { createEffectStack } from './effect-stack.ts';
import { HoldCount } from './hold-count.ts';
import type { Registration, Registry } from './registry.ts';

type Phase = 'starting' | 'serving' | 'draining' | 'closing' | 'closed';

/**
 * One life of a plugin, from its setup to its last undo. What it registers for others is held back until it is published,
 * so that nobody meets half a plugin. Withdrawn, it is met by nobody new and serves whoever holds it; when the last of
 * them has gone, its effects are undone in reverse order.
 */
export class Generation {
  readonly pluginId: string;
  readonly number: number;
  readonly effects = createEffectStack();
  /** Requests, leases, pins and running taps. */
  readonly uses = new HoldCount();
  /** Generations that were given something of this one when they started. */
  readonly dependents = new HoldCount();
  readonly #controller = new AbortController();
  readonly #draining = new AbortController();
  readonly #hurried = Promise.withResolvers<void>();
  readonly #registrations: Registration[] = [];
  readonly #owned: (() => void)[] = [];
  readonly #changed: () => void;
  #registry: Registry;
  #phase: Phase = 'starting';

  /**
   * `registry` is what it meets while it starts. `changed` is told of what it registers for others once it serves; all
   * before becomes visible at once.
   */
  constructor(pluginId: string, number: number, registry: Registry, changed: () => void) {
    this.pluginId = pluginId;
    this.number = number;
    this.#registry = registry;
    this.#changed = changed;
  }

  /** Aborts when the plugin stops. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Aborts when it begins to drain. */
  get draining(): AbortSignal {
    return this.#draining.signal;
  }

  /** What it meets: while it starts, things as they will be. */
  get registry(): Registry {
    return this.#registry;
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

  /** Registers something for others: they see it now, or when this is published; never when it drains. */
  register(label: string, registration: Registration): void {
    if (this.#phase === 'serving') registration.add(this.#registry);
    this.#registrations.push(registration);
    this.effects.add(label, () => {});
    if (this.#phase === 'serving') this.#changed();
  }

  /** Ends something of the kernel's own with this life, after the plugin's last undo. */
  own(end: () => void): void {
    this.#owned.push(end);
  }

  /** Shows in `registry` what was registered. @throws when it clashes with what is there */
  publish(registry: Registry): void {
    for (const registration of this.#registrations) registration.add(registry);
  }

  /** Takes what it registered out of `registry`. */
  withdraw(registry: Registry): void {
    for (const registration of this.#registrations) registration.remove(registry);
  }

  /** From now on it serves, meets what `registry` holds, and what it registers is seen there at once. */
  serve(registry: Registry): void {
    this.#registry = registry;
    this.#phase = 'serving';
  }

  /** Resolves when nobody uses it any more; after `timeoutMs` only those that were started with it still count. */
  async drain(timeoutMs: number): Promise<void> {
    this.#phase = 'draining';
    this.#draining.abort();
    const timer = setTimeout(() => this.hurry(), timeoutMs);
    await Promise.race([this.uses.idle(), this.#hurried.promise]);
    clearTimeout(timer);
    await this.dependents.idle();
  }

  /** Waits no longer for who uses it. */
  hurry(): void {
    this.#hurried.resolve();
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
