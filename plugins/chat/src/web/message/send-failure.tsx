import { isAppError } from '@parley/contracts';
import { Button } from '@parley/ui/button';
import { ErrorState } from '@parley/ui/error-state';
import { messages } from '../messages.ts';
import type { OutboxItem } from '../state/outbox.ts';
import { isAboutModel } from './failure-help.ts';
import { useThreadActions } from './message-context.ts';
import { OtherModelButton } from './other-model-button.tsx';
import { traceIdOf } from './trace-id-of.ts';

/** A request that the server did not take: why, try again, or let it go. */
export function SendFailure({ item }: { readonly item: OutboxItem }) {
  const actions = useThreadActions();
  const { error, request } = item;
  return (
    <ErrorState
      title={request.parts ? messages.notSent : messages.notSentRetry}
      cause={error instanceof Error ? error.message : undefined}
      traceId={traceIdOf(error)}
      onRetry={() => actions.sendAgain(item)}
      actions={
        <>
          {isAppError(error) && isAboutModel(error.code) ? (
            <OtherModelButton model={request.model} onPick={(model) => actions.sendAgain(item, model)} />
          ) : undefined}
          <Button variant="quiet" size="small" onPress={() => actions.discard(item)}>
            {messages.discard}
          </Button>
        </>
      }
    />
  );
}
