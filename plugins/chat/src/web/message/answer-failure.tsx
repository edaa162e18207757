import type { Message } from '@parley/contracts';
import { modelErrors } from '@parley/contracts';
import { modelsContract } from '@parley/plugin-models/contract';
import { Button } from '@parley/ui/button';
import { ErrorState } from '@parley/ui/error-state';
import { PencilIcon, PlusIcon, RotateCcwIcon } from '@parley/ui/icon';
import { useContract } from '@parley/web';
import { useQuery } from '@tanstack/react-query';
import { KeyLink } from '../keys/key-link.tsx';
import { messages } from '../messages.ts';
import styles from './answer-end.module.css';
import { helpFor, type NextStep, readyAt } from './failure-help.ts';
import { useThreadActions } from './message-context.ts';
import { OtherModelButton } from './other-model-button.tsx';
import { useSecondsUntil } from './use-seconds-until.ts';

interface AnswerFailureProps {
  readonly message: Message;
  /** When it ended, milliseconds since the epoch. */
  readonly endedAtMs: number;
}

/** Why an answer failed, and what to do about it: each cause has its own next step. */
export function AnswerFailure({ message, endedAtMs }: AnswerFailureProps) {
  const { error } = message;
  const { title, steps } = helpFor(error, message.parts.length > 0);
  const secondsLeft = useSecondsUntil(readyAt(error, endedAtMs));
  return (
    <ErrorState
      className={styles.error ?? ''}
      title={title}
      cause={error?.detail ?? messages.failedCause}
      traceId={error?.requestId}
      actions={steps.map((step) => <Step key={step} step={step} message={message} secondsLeft={secondsLeft} />)}
    />
  );
}

interface StepProps {
  readonly step: NextStep;
  readonly message: Message;
  readonly secondsLeft: number;
}

function Step({ step, message, secondsLeft }: StepProps) {
  const actions = useThreadActions();
  switch (step) {
    case 'model':
      return <OtherModelButton model={message.model} onPick={(model) => actions.answerAgain(message, model)} />;
    case 'key':
      return <ProviderKeyLink message={message} />;
    case 'edit':
      return (
        <Button size="small" icon={<PencilIcon />} onPress={() => actions.edit(message.parentId)}>
          {messages.editPrompt}
        </Button>
      );
    case 'new-chat':
      return (
        <Button size="small" icon={<PlusIcon />} onPress={() => actions.askAnew(message)}>
          {messages.askAnew}
        </Button>
      );
    default:
      return (
        <Button
          size="small"
          icon={<RotateCcwIcon />}
          data-action="retry"
          isDisabled={secondsLeft > 0}
          onPress={() => actions.answerAgain(message)}
        >
          {secondsLeft > 0 ? messages.retryIn(secondsLeft) : messages.retry}
        </Button>
      );
  }
}

function ProviderKeyLink({ message }: { readonly message: Message }) {
  const { queries } = useContract(modelsContract);
  const { data: from } = useQuery({
    ...queries.list.options({}),
    select: ({ providers }) => providers.find(({ key }) => message.model?.startsWith(`${key}/`))?.keyFrom,
  });
  return <KeyLink from={from} isButton isSet={message.error?.code !== modelErrors.NEEDS_KEY.code} />;
}
