import { Button } from '@parley/ui/button';
import { Dialog } from '@parley/ui/dialog';
import { authMethod, Slot, useHost, useSession } from '@parley/web';
import { messages } from '../messages.ts';
import styles from './expired-dialog.module.css';

/** Asks to sign in again over the page, which keeps all it holds. */
export function ExpiredDialog() {
  const { session } = useHost();
  const { user } = useSession();
  const email = user === undefined ? {} : { email: user.email };
  return (
    <Dialog title={messages.expiredTitle} isOpen isDismissable={false} role="alertdialog">
      <div className={styles['content']}>
        <p>{messages.expiredText}</p>
        <Slot of={authMethod} props={{ mode: 'sign-in', returnTo: '/', ...email }} />
        <Button variant="quiet" isWide onPress={() => void session.signOut()}>
          {messages.signOut}
        </Button>
      </div>
    </Dialog>
  );
}
