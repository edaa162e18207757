import { IconButton } from '@parley/ui/button';
import { ArrowDownIcon, ArrowUpIcon, XIcon } from '@parley/ui/icon';
import { Picker } from '@parley/ui/picker';
import { useHost } from '@parley/web';
import { useEffect, useId, useRef } from 'react';
import { messages } from './messages.ts';
import styles from './routes.module.css';
import { useModels } from './use-routes.ts';

interface ChainEditorProps {
  readonly label: string;
  readonly chain: readonly string[];
  readonly onChange: (chain: readonly string[]) => void;
  readonly errorMessage?: string | undefined;
}

/** Models in an order, changed with buttons; the focus goes with what moves. */
export function ChainEditor({ label, chain, onChange, errorMessage }: ChainEditorProps) {
  const { names, groups } = useModels();
  const { announce } = useHost();
  const labelId = useId();
  const list = useRef<HTMLOListElement>(null);
  const wanted = useRef<string | undefined>(undefined);
  useEffect(() => {
    if (wanted.current === undefined) return;
    const buttons = list.current?.querySelectorAll<HTMLButtonElement>(
      `[data-model="${CSS.escape(wanted.current)}"] button`,
    );
    wanted.current = undefined;
    [...(buttons ?? [])].find(({ disabled }) => !disabled)?.focus();
  });
  const nameOf = (id: string): string => names.get(id) ?? id;
  const move = (index: number, by: 1 | -1) => {
    const id = chain[index];
    if (id === undefined) return;
    wanted.current = id;
    announce(messages.moved(nameOf(id), index + by + 1, chain.length));
    onChange(chain.toSpliced(index, 1).toSpliced(index + by, 0, id));
  };
  const left = groups.map((group) => ({ ...group, options: group.options.filter(({ id }) => !chain.includes(id)) }));
  return (
    <div role="group" aria-labelledby={labelId} className={styles['chainField']}>
      <span id={labelId} className={styles['label']}>
        {label}
      </span>
      {chain.length === 0 ? undefined : (
        <ol ref={list} role="list" className={styles['chainList']}>
          {chain.map((id, index) => (
            <li key={id} data-model={id} className={styles['link']}>
              <span className={styles['position']}>{index + 1}</span>
              <span className={styles['linkName']}>
                {nameOf(id)} <code className={styles['id']}>{id}</code>
                {names.size > 0 && !names.has(id) ? ` (${messages.notThere})` : undefined}
              </span>
              <IconButton
                size="small"
                label={messages.up(nameOf(id))}
                isDisabled={index === 0}
                onPress={() => move(index, -1)}
              >
                <ArrowUpIcon />
              </IconButton>
              <IconButton
                size="small"
                label={messages.down(nameOf(id))}
                isDisabled={index === chain.length - 1}
                onPress={() => move(index, 1)}
              >
                <ArrowDownIcon />
              </IconButton>
              <IconButton
                size="small"
                label={messages.takeOut(nameOf(id))}
                onPress={() => {
                  wanted.current = chain[index + 1] ?? chain[index - 1];
                  onChange(chain.toSpliced(index, 1));
                }}
              >
                <XIcon />
              </IconButton>
            </li>
          ))}
        </ol>
      )}
      <Picker
        label={messages.add}
        groups={left.filter(({ options }) => options.length > 0)}
        value={undefined}
        onChange={(id) => onChange([...chain, id])}
        placeholder={messages.add}
        searchPlaceholder={messages.search}
      />
      <p role="alert" className={styles['problem']}>
        {errorMessage}
      </p>
    </div>
  );
}
