import type { AnyCapability, AnyHook } from '@parley/contracts';
import { createLeaseBook } from '../capabilities/lease-book.ts';
import { createLiveRef } from '../capabilities/live-ref.ts';
import { kernelErrors } from '../kernel-errors.ts';
import { splitNeed } from '../manifest/manifest.ts';
import type { Pin } from '../plugin-context.ts';
import type { ContextParts } from './context-parts.ts';
import { valueName } from './registrations.ts';

function assertLive({ record }: ContextParts, capability: AnyCapability): void {
  const needs = Object.values(record.use.plugin.requires ?? {}).map(splitNeed);
  if (needs.some((each) => each.need === 'live' && each.capability.id === capability.id)) return;
  const name = valueName(capability.id);
  throw kernelErrors.UNDECLARED({
    plugin: record.manifest.id,
    what: `pin().live(${capability.id})`,
    line: `requires: { ${name}: live(${name}) }`,
  });
}

/** Hooks and capabilities as they are now. Leases taken through it end with it. */
export function createPin(parts: ContextParts): Pin {
  const { generation, capabilities } = parts;
  generation.assertOpen('ctx.pin');
  const hooks = parts.hooks.snapshot();
  const provisions = capabilities.snapshot();
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
          return capabilities.select(capability, provisions);
        },
        book,
        onChange: () => () => {},
      });
    },
    [Symbol.dispose]: () => {
      hasEnded = true;
      book.releaseAll();
    },
  };
  return pin as Pin;
}
