import { bus, kernelDraining, kernelReady, live, modelProvider, personErase } from '@parley/contracts';
import { definePlugin } from '@parley/kernel';
import { chatContract } from '@parley/plugin-chat/contract';
import { conversationDeleted, conversationStore } from '@parley/plugin-conversations/contract';
import { userEvents } from '@parley/plugin-events/contract';
import { modelDirectory } from '@parley/plugin-models/contract';
import { Config } from './config.ts';
import { activeRunEntity, journalEntity, logEntity, nodeEntity, runEntity } from './entities.ts';
import { createRunService } from './run-service.ts';

/** Runs: answers that stream, resume and survive. */
export default definePlugin({
  id: 'chat',
  version: '0.1.0',
  kernel: '^1.0.0',
  config: Config,
  requires: {
    bus,
    conversations: conversationStore,
    events: userEvents,
    models: modelDirectory,
    providers: live(modelProvider),
  },
  hooks: [kernelReady, kernelDraining, conversationDeleted, personErase],
  entities: [runEntity, activeRunEntity, journalEntity, logEntity, nodeEntity],
  ui: {
    module: './web',
    builtIn: true,
    slots: {
      route: [
        { id: 'new-chat', key: '/', title: 'New chat' },
        { id: 'thread', key: '/c/:conversationId', title: 'Conversation' },
      ],
      'conversation.row.mark': [{ id: 'answering' }],
    },
  },
  async setup(ctx, deps) {
    const service = await createRunService(ctx, deps);
    ctx.effect(() => () => service.stop(), 'runs');
    ctx.effect(() => service.listen(), 'bus');
    ctx.routes(chatContract, service.handlers);
    ctx.on(kernelReady, () => service.recover());
    ctx.on(kernelDraining, ({ deadlineMs }) => service.drain(deadlineMs));
    ctx.on(personErase, async (person) => ({ pluginId: ctx.id, items: await service.forgetPerson(person) }));
    ctx.on(conversationDeleted, (gone) => service.forget(gone));
  },
});
