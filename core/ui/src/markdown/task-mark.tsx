import { CheckIcon } from '../icon/index.ts';
import { useUiMessages } from '../provider/messages.ts';
import styles from './markdown.module.css';

/** Props of `TaskMark`. */
export interface TaskMarkProps {
  readonly isDone: boolean;
}

/** The box of a task list item; a sign, not a control. */
export function TaskMark({ isDone }: TaskMarkProps) {
  const messages = useUiMessages();
  return (
    <span className={styles.taskMark} role="img" aria-label={isDone ? messages.taskDone : messages.taskOpen}>
      {isDone ? <CheckIcon /> : undefined}
    </span>
  );
}
