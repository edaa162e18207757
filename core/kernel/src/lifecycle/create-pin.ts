import type { AnyCapability, AnyHook } from '@parley/contracts';
import { createLeaseBook } from '../capabilities/lease-book.ts';
import { createLiveRef } from '../capabilities/live-ref.ts';
import { kernelErrors } from '../kernel-errors.ts';
import { splitNeed } from '../manifest/manifest.ts';
import type { Pin } from '../plugin-context.ts';
import type { ContextParts } from './context-parts.ts';
import { valueName } from './registrations.ts';

function assertLive({ record, guard }: ContextParts, { id }: AnyCapability): void {
  const needs = Object.values(record.use.plugin.requires ?? {}).map(splitNeed);
  const name = valueName(id);
  guard.capability(id, {
    what: `pin().live(${id})`,
    line: `requires: { ${name}: live(${name}) }`,
    isDeclared: needs.some((each) => each.need === 'live' && each.capability.id === id),
  });
}

/**
 * Hooks and capabilities as they are now. Until it ends, every plugin that serves now lives on, and so does the one that
 * took it: whatever it reaches, now or later, is there. Leases taken through it end with it.
 */
export function createPin(parts: ContextParts): Pin {
  const { generation } = parts;
  generation.assertOpen('ctx.pin');
  const hooks = parts.hooks.snapshot();
  const capabilities = generation.registry.capabilities.snapshot();
  const held = [...new Set([generation, ...parts.serving()])];
  for (const { uses } of held) uses.add();
  const book = createLeaseBook(parts.leases);
  let hasEnded = false;
  const pin = {
    hook: <H extends AnyHook>(hook: H) => hooks.hook(hook),
    live: (capability: AnyCapability) => {
      assertLive(parts, capability);
      return createLiveRef({
        capability,
        provisions: () => {
          if (hasEnded) throw kernelErrors.PIN_ENDED({ plugin: parts.record.manifest.id });
          return capabilities.select(capability);
        },
        book,
        viewOf: parts.viewOf,
        onChange: () => () => {},
      });
    },
    [Symbol.dispose]: () => {
      if (hasEnded) return;
      hasEnded = true;
      book.releaseAll();
      for (const { uses } of held) uses.remove();
    },
  };
  return pin as Pin;
}
