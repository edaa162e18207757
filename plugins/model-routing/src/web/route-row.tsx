import { Button } from '@parley/ui/button';
import { ConfirmDialog, DialogTrigger } from '@parley/ui/dialog';
import type { ReactNode } from 'react';
import { messages } from './messages.ts';
import styles from './routes.module.css';
import { useModels } from './use-routes.ts';

interface RouteRowProps {
  readonly name: string;
  readonly id: string;
  readonly chain: readonly string[];
  readonly note?: ReactNode;
  /** What it means to remove it. */
  readonly removeText: string;
  readonly onEdit: () => void;
  readonly onRemove: () => Promise<void>;
}

/** One name or fallback: what it is, its models in their order, and its buttons. */
export function RouteRow({ name, id, chain, note, removeText, onEdit, onRemove }: RouteRowProps) {
  const { names } = useModels();
  return (
    <li className={styles['row']}>
      <div className={styles['what']}>
        <p className={styles['name']}>
          <bdi>{name}</bdi> {name === id ? undefined : <code className={styles['id']}>{id}</code>}
        </p>
        <ol role="list" className={styles['chain']}>
          {chain.map((model) => (
            <li key={model}>{names.get(model) ?? model}</li>
          ))}
        </ol>
        {note === undefined ? undefined : <p className={styles['note']}>{note}</p>}
      </div>
      <div className={styles['actions']}>
        <Button size="small" aria-label={messages.editOf(name)} onPress={onEdit}>
          {messages.edit}
        </Button>
        <DialogTrigger>
          <Button size="small" variant="quiet" aria-label={messages.removeOf(name)}>
            {messages.remove}
          </Button>
          <ConfirmDialog
            title={messages.removeQuestion(name)}
            confirmLabel={messages.remove}
            isDestructive
            onConfirm={onRemove}
          >
            <p>{removeText}</p>
          </ConfirmDialog>
        </DialogTrigger>
      </div>
    </li>
  );
}
