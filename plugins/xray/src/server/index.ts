import { definePlugin } from '@parley/kernel';
import { runFinished, runTrace } from '@parley/plugin-chat/contract';
import { conversationDeleted } from '@parley/plugin-conversations/contract';
import { XRAY_VIEW, xrayContract, xrayErrors } from '../contract/index.ts';
import { Config } from './config.ts';
import { xrayEntity } from './entities.ts';
import { createRunNotes } from './run-notes.ts';
import { toSteps } from './to-steps.ts';

const DAY_MS = 24 * 3_600_000;
const XRAY_ICON = 'M4 12h3l2-6 4 12 2-6h5';

/** Notes what each plugin does to the answers of administrators, and shows it to them. */
export default definePlugin({
  id: 'xray',
  version: '0.1.0',
  kernel: '^1.0.0',
  config: Config,
  hooks: [runTrace, runFinished, conversationDeleted],
  entities: [xrayEntity],
  permissions: { declares: [XRAY_VIEW] },
  ui: {
    module: './web',
    slots: {
      'message.action': [{ id: 'xray', title: 'How this answer was made', icon: XRAY_ICON, permission: XRAY_VIEW }],
    },
  },
  setup(ctx) {
    const { clock, config, system } = ctx;
    const notes = createRunNotes();

    ctx.on(runTrace, (_message, { principal }) => (principal.can(XRAY_VIEW) ? notes.begin(principal) : undefined));
    ctx.on(runFinished, async ({ run }) => {
      const noted = notes.take(run.id);
      if (!noted) return;
      const { id: runId, messageId, conversationId, model, state, usage } = run;
      await ctx.store(xrayEntity, noted.principal).insert({
        runId,
        messageId,
        conversationId,
        model,
        state,
        at: run.createdAt,
        ...(usage === undefined ? {} : { usage }),
        steps: toSteps(noted.entries),
        isCut: noted.isCut,
        keepUntil: new Date(clock.now() + config.keepDays * DAY_MS).toISOString(),
      });
    });
    ctx.on(conversationDeleted, async ({ id }) => {
      const all = ctx.store(xrayEntity, system);
      for (;;) {
        const { items } = await all.list({ where: { conversationId: id }, limit: 100 });
        if (items.length === 0) return;
        for (const xray of items) await all.delete(xray.id);
      }
    });
    ctx.routes(xrayContract, {
      async get({ messageId }, { principal }) {
        const { items } = await ctx.store(xrayEntity, principal).within(messageId).list({ limit: 1 });
        const [xray] = items;
        if (!xray) throw xrayErrors.NOT_FOUND({ messageId, keepDays: config.keepDays });
        return xray;
      },
    });
  },
});
