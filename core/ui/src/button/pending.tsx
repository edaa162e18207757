import type { ButtonProps } from 'react-aria-components/Button';
import { useUiMessages } from '../provider/messages.ts';
import { VisuallyHidden } from '../visually-hidden/visually-hidden.tsx';
import styles from './button.module.css';

const KEPT_HANDLER = /^on(Focus|Blur|Hover)/;

/**
 * The props of a button that, while `isPending`, keeps its focus and does nothing. React-aria's own `isPending` is not
 * used: it has screen readers read the button by its id seconds later, when the form of the button may be gone.
 */
export function holdWhilePending<Props extends ButtonProps>({ isPending, ...props }: Props): Omit<Props, 'isPending'> {
  if (!isPending) return props;
  const kept = Object.entries(props).filter(([name]) => !/^on[A-Z]/.test(name) || KEPT_HANDLER.test(name));
  // A submit button that is pending must not be what Enter presses in a field of its form.
  const held = { type: 'button', 'aria-disabled': true, 'data-busy': true } as const;
  return { ...(Object.fromEntries(kept) as typeof props), ...held };
}

/** Says that a button's work is under way. There from before it begins, or screen readers would not hear of it. */
export function PendingStatus({ isPending }: { readonly isPending: boolean | undefined }) {
  const { loading } = useUiMessages();
  if (isPending === undefined) return undefined;
  return (
    <span role="status" className={styles.status}>
      {isPending ? <VisuallyHidden>{loading}</VisuallyHidden> : undefined}
    </span>
  );
}
