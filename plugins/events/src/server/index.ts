import { bus, configChanged } from '@parley/contracts';
import { definePlugin } from '@parley/kernel';
import { eventsContract, PLUGINS_CHANGED, userEvents } from '@parley/plugin-events/contract';
import { createUserEvents, followUserEvents } from './user-events.ts';

/** One stream per user that tells open tabs what changed. */
export default definePlugin({
  id: 'events',
  version: '0.1.0',
  kernel: '^1.0.0',
  requires: { bus },
  provides: [userEvents],
  hooks: [configChanged],
  setup(ctx, { bus }) {
    const events = createUserEvents(bus);
    ctx.provide(userEvents, events, {});
    ctx.on(configChanged, () => events.publishToAll({ topic: PLUGINS_CHANGED, id: 'plugins' }));
    ctx.routes(eventsContract, {
      stream: (_input, call) => followUserEvents({ bus, userId: call.principal.id, signal: call.signal }),
    });
  },
});
