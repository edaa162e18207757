import type { Message, Part } from '@parley/contracts';
import { messagePart } from '@parley/plugin-chat/contract';
import { Slot } from '@parley/web';
import { useMemo } from 'react';
import { messages } from '../messages.ts';
import styles from './plugin-part.module.css';

interface PluginPartProps {
  readonly part: Part;
  readonly message: Message;
  readonly streaming: boolean;
}

/** A part that a plugin draws; without one, a line that says so. */
export function PluginPartContent({ part, message, streaming }: PluginPartProps) {
  const props = useMemo(() => ({ part, message, streaming }), [part, message, streaming]);
  return (
    <div className={styles.plugin}>
      <Slot
        of={messagePart}
        props={props}
        itemKey={part.type}
        fallback={<p className={styles.unknown}>{messages.unknownPart(part.type)}</p>}
      />
    </div>
  );
}
