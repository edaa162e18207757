import { Button } from '@parley/ui/button';
import { Fragment, useState } from 'react';
import styles from './change.module.css';
import { messages } from './messages.ts';

/** More names than this are shown when somebody asks for them. */
const MOST_SHOWN = 4;

/** Names in the code face, the first few of many. */
export function NameList({ names }: { readonly names: readonly string[] }) {
  const [isOpen, setOpen] = useState(false);
  const shown = isOpen || names.length <= MOST_SHOWN + 1 ? names : names.slice(0, MOST_SHOWN);
  return (
    <>
      {shown.map((name, index) => (
        <Fragment key={name}>
          {index === 0 ? undefined : ', '}
          <code className={styles['name']}>{name}</code>
        </Fragment>
      ))}
      {shown.length < names.length ? (
        <Button variant="quiet" size="small" onPress={() => setOpen(true)}>
          {messages.showAll(names.length)}
        </Button>
      ) : undefined}
    </>
  );
}
