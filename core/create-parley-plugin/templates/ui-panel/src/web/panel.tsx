import { Button } from '@parley/ui/button';
import { EmptyState } from '@parley/ui/empty-state';
import { TextField } from '@parley/ui/text-field';
import { useHost } from '@parley/web';
import { useAtom } from 'jotai';
import type { SubmitEvent } from 'react';
import { useState } from 'react';
import { addItem, setDone, withoutDone } from './checklist.ts';
import type { Item } from './checklist.ts';
import { messages } from './messages.ts';
import styles from './panel.module.css';

const NOTHING: readonly Item[] = [];

/** The checklist of one conversation; kept in this browser, in step with other tabs. */
export default function Panel({ conversationId }: { readonly conversationId: string }) {
  const host = useHost();
  const [items, setItems] = useAtom(host.atom(`items.${conversationId}`, NOTHING, { scope: 'persist' }));
  const [text, setText] = useState('');
  const add = (event: SubmitEvent) => {
    event.preventDefault();
    setItems(addItem(items, host.newId(), text));
    setText('');
  };
  return (
    <div className={styles['panel']}>
      <form className={styles['form']} onSubmit={add}>
        <TextField label={messages.what} value={text} onChange={setText} maxLength={500} />
        <Button type="submit" variant="primary" isDisabled={text.trim() === ''}>
          {messages.add}
        </Button>
      </form>
      {items.length === 0 ? <EmptyState>{messages.empty}</EmptyState> : undefined}
      <ul className={styles['list']}>
        {items.map(({ id, text: words, isDone }) => (
          <li key={id}>
            <label className={styles['item']}>
              <input
                type="checkbox"
                checked={isDone}
                onChange={(event) => setItems(setDone(items, id, event.target.checked))}
              />
              <span dir="auto">{words}</span>
            </label>
          </li>
        ))}
      </ul>
      {items.some(({ isDone }) => isDone) ? (
        <Button variant="quiet" onPress={() => setItems(withoutDone(items))}>
          {messages.clear}
        </Button>
      ) : undefined}
    </div>
  );
}
