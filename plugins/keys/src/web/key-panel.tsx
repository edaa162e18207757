import type { KeyStatus } from '@parley/plugin-keys/contract';
import { Button } from '@parley/ui/button';
import { ConfirmDialog, DialogTrigger } from '@parley/ui/dialog';
import { ErrorState } from '@parley/ui/error-state';
import { KeyRoundIcon } from '@parley/ui/icon';
import { useHost } from '@parley/web';
import { Link } from '@parley/web/router';
import { type ReactNode, useState } from 'react';
import { KeyFacts } from './key-facts.tsx';
import { KeyForm } from './key-form.tsx';
import { type KeyKind, type KeyOfProvider, useKeyActions } from './key-kind.ts';
import styles from './keys.module.css';
import { messages } from './messages.ts';
import { useFocusNext } from './use-focus-next.ts';

interface KeyPanelProps {
  readonly kind: KeyKind;
  readonly of: KeyOfProvider;
  /** What is said while there is no key. */
  readonly empty: ReactNode;
  /** The button that begins a first key. */
  readonly addLabel: string;
}

/** One key: how it stands, and adding, checking, replacing and removing it. */
export function KeyPanel({ kind, of, empty, addLabel }: KeyPanelProps) {
  const { provider, title, status } = of;
  const { check, countModels } = useKeyActions(kind);
  const [isOpen, setOpen] = useState(false);
  const [outcome, setOutcome] = useState<string>();
  const { announce } = useHost();
  const { ref, focusNext } = useFocusNext();

  const close = (): void => {
    setOpen(false);
    focusNext();
  };
  const tell = async (text: string, state: KeyStatus['state']): Promise<void> => {
    const count = state === 'ok' && kind === 'own' ? await countModels(provider).catch(() => 0) : 0;
    const whole = count === 0 ? text : `${text} ${messages.models(count)}`;
    announce(whole);
    // What is not well stands with the key as long as it is so.
    if (state === 'ok') setOutcome(whole);
  };
  const saved = ({ state }: KeyStatus): void => {
    close();
    void tell(state === 'ok' ? messages.saved(title) : messages.savedUnchecked(title), state);
  };
  const checkAgain = async (): Promise<void> => {
    setOutcome(undefined);
    const { state } = await check.mutateAsync({ provider });
    const words = { ok: messages.stillGood, refused: messages.notGood, unchecked: messages.notAsked } as const;
    await tell(words[state](title), state);
  };
  const removed = (): void => {
    setOutcome(messages.removed);
    announce(messages.removed);
    focusNext();
  };
  const begin = (): void => {
    setOutcome(undefined);
    check.reset();
    setOpen(true);
  };
  return (
    <div className={styles['panel']}>
      {status ? (
        <KeyFacts name={kind === 'own' ? messages.yourKey : messages.sharedKey} title={title} status={status} />
      ) : (
        <p className={styles['text']}>{empty}</p>
      )}
      {isOpen ? (
        <KeyForm kind={kind} of={of} onSaved={saved} onCancel={close} />
      ) : (
        <div className={styles['actions']}>
          {/* One button for both, so that it keeps the focus when a key comes or goes. */}
          <Button
            ref={ref}
            size="small"
            isPending={check.isPending}
            {...(status ? {} : { icon: <KeyRoundIcon />, 'aria-label': messages.addFor(addLabel, title) })}
            onPress={status ? () => void checkAgain().catch(ignore) : begin}
          >
            {status ? messages.check : addLabel}
          </Button>
          {status ? (
            <>
              <Button size="small" onPress={begin}>
                {messages.replace}
              </Button>
              <RemoveKey kind={kind} of={of} onRemoved={removed} />
            </>
          ) : undefined}
        </div>
      )}
      {outcome === undefined ? undefined : (
        <p className={styles['outcome']}>
          {outcome} {status?.state === 'ok' && kind === 'own' ? <Link to="/">{messages.startChat}</Link> : undefined}
        </p>
      )}
      {check.isError ? <ErrorState title={messages.checkFailed} cause={check.error.message} /> : undefined}
    </div>
  );
}

/** What failed stands below the buttons. */
const ignore = (): void => undefined;

interface RemoveKeyProps extends Pick<KeyPanelProps, 'kind' | 'of'> {
  readonly onRemoved: () => void;
}

function RemoveKey({ kind, of: { provider, title }, onRemoved }: RemoveKeyProps) {
  const { remove } = useKeyActions(kind);
  const isOwn = kind === 'own';
  return (
    <DialogTrigger>
      <Button size="small" variant="quiet">
        {messages.remove}
      </Button>
      <ConfirmDialog
        title={isOwn ? messages.removeQuestion(title) : messages.removeSharedQuestion(title)}
        confirmLabel={messages.remove}
        isDestructive
        onConfirm={async () => {
          await remove.mutateAsync({ provider });
          onRemoved();
        }}
      >
        <p>{isOwn ? messages.removeText : messages.removeSharedText}</p>
        {remove.isError ? <ErrorState title={messages.removeFailed} cause={remove.error.message} /> : undefined}
      </ConfirmDialog>
    </DialogTrigger>
  );
}
