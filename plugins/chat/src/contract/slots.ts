import { AvailableModel, defineSlot, Id, Message, Part } from '@parley/contracts';
import * as z from 'zod';

/** A tab of the panel beside the thread. */
export const threadPanel = defineSlot({
  id: 'thread.panel',
  arity: 'many',
  summary: 'A tab of the panel beside the thread.',
  props: z.object({ conversationId: Id, close: z.custom<() => void>() }),
});

/** A small control at the end of the thread's header. */
export const threadHeaderAction = defineSlot({
  id: 'thread.header.action',
  arity: 'many',
  summary: 'A control at the end of the thread header.',
  props: z.object({ conversationId: Id }),
});

/** A line above the thread. */
export const threadBanner = defineSlot({
  id: 'thread.banner',
  arity: 'many',
  summary: 'A line above the thread.',
  props: z.object({ conversationId: Id, dismiss: z.custom<() => void>() }),
});

/** Draws the parts of one type, named by the contribution's key. */
export const messagePart = defineSlot({
  id: 'message.part',
  arity: 'keyed',
  summary: 'Draws the parts of one type, named by its key.',
  props: z.object({ part: Part, streaming: z.boolean(), message: Message }),
});

/** A control below a message. */
export const messageAction = defineSlot({
  id: 'message.action',
  arity: 'many',
  summary: 'A control below a message.',
  props: z.object({ message: Message }),
});

/** A control in the composer's tool row; `insert` puts text where the cursor is, as if the person had typed it. */
export const composerAction = defineSlot({
  id: 'composer.action',
  arity: 'many',
  summary: 'A control in the tool row of the composer.',
  props: z.object({
    conversationId: Id.optional(),
    disabled: z.boolean(),
    insert: z.custom<(text: string) => void>(),
  }),
});

/** More to pick from below the models: agents, presets, saved comparisons. */
export const modelPickerSection = defineSlot({
  id: 'model.picker.section',
  arity: 'many',
  summary: 'A section of the model picker, below the models.',
  props: z.object({
    /** The model in use, `provider/model`. */
    value: z.string().optional(),
    /** What is typed into the search; empty at first. */
    query: z.string(),
    /** Picks a model and closes the picker. */
    onSelect: z.custom<(model: string) => void>(),
  }),
});

/** A word about one model, in its row of the model picker. Two are shown. */
export const modelBadge = defineSlot({
  id: 'model.badge',
  arity: 'many',
  summary: 'A word about a model in its row of the model picker; two are shown.',
  props: z.object({ model: AvailableModel }),
});
