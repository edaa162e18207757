import { holdsPermission, type ProviderStatus } from '@parley/contracts';
import { MODELS_MANAGE } from '@parley/plugin-models/contract';
import { buttonClass } from '@parley/ui/button';
import { useSession } from '@parley/web';
import { Link } from '@parley/web/router';
import { messages } from '../messages.ts';
import styles from './key-link.module.css';

interface KeyLinkProps {
  /** Who may give the key. */
  readonly from: ProviderStatus['keyFrom'];
  /** There is a key already, which does not do. */
  readonly isSet?: boolean;
  /** Stands among buttons. */
  readonly isButton?: boolean;
  /** The link was followed. */
  readonly onLeave?: (() => void) | undefined;
}

/** The way to a provider's key: one's own settings, the administration, or whoever administrates. */
export function KeyLink({ from = 'operator', isSet = false, isButton = false, onLeave }: KeyLinkProps) {
  const { user } = useSession();
  const look = isButton ? buttonClass({ size: 'small' }) : (styles.link ?? '');
  if (from !== 'operator') {
    return (
      <Link to="/settings/keys" className={look} onClick={onLeave}>
        {isSet ? messages.checkKey : messages.addKey}
      </Link>
    );
  }
  if (!user || !holdsPermission(user, MODELS_MANAGE))
    return <span className={styles.hint}>{messages.askAdministrator}</span>;
  return (
    <Link to="/admin/models" className={look} onClick={onLeave}>
      {isSet ? messages.checkProvider : messages.setUpProvider}
    </Link>
  );
}
