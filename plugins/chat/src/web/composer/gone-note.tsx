import { Button } from '@parley/ui/button';
import { InfoIcon } from '@parley/ui/icon';
import { messages } from '../messages.ts';
import type { ModelChoice } from '../state/use-model.ts';
import styles from './gone-note.module.css';

interface GoneNoteProps {
  readonly choice: ModelChoice;
  readonly onChoose: () => void;
}

/** Says that the model used here before can not be used, which one stands in for it, and lets another be chosen. */
export function GoneNote({ choice, onChoose }: GoneNoteProps) {
  const { gone, model, pick } = choice;
  if (!gone) return undefined;
  return (
    <div className={styles.note} role="status">
      <InfoIcon className={styles.icon} />
      <p className={styles.text}>
        {messages.modelGone(gone.name)} {gone.reason}
      </p>
      <span className={styles.actions}>
        {model ? (
          <Button size="small" onPress={() => pick(model.id)}>
            {messages.goOnWith(model.name)}
          </Button>
        ) : undefined}
        <Button size="small" variant="quiet" onPress={onChoose}>
          {messages.chooseModel}
        </Button>
      </span>
    </div>
  );
}
