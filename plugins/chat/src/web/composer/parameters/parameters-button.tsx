import type { AvailableModel } from '@parley/contracts';
import { modelsContract } from '@parley/plugin-models/contract';
import { Button } from '@parley/ui/button';
import { SlidersHorizontalIcon } from '@parley/ui/icon';
import { Tooltip } from '@parley/ui/tooltip';
import { VisuallyHidden } from '@parley/ui/visually-hidden';
import { useContract } from '@parley/web';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useRef, useState } from 'react';
import { messages } from '../../messages.ts';
import { useParameters } from '../../state/ask-options.ts';
import { changedWords } from './changed-words.ts';
import styles from './parameters-button.module.css';

const loadPanel = () => import('./parameters-panel.tsx');
const ParametersPanel = lazy(async () => ({ default: (await loadPanel()).ParametersPanel }));

/** Opens the parameters of a model, and says how many a person has set. Models without parameters have no button. */
export function ParametersButton({ model }: { readonly model: AvailableModel }) {
  const { queries } = useContract(modelsContract);
  const { data } = useQuery({ ...queries.parameters.options({ model: model.id }), staleTime: Infinity, retry: 1 });
  const [parameters, setParameters] = useParameters(model.id);
  const [isOpen, setOpen] = useState(false);
  const trigger = useRef<HTMLButtonElement>(null);
  const schema = data?.schema;
  if (Object.keys(schema?.['properties'] ?? {}).length === 0) return undefined;
  const changed = changedWords(parameters);
  const label = changed.length === 0 ? messages.parameters : messages.parametersSet(changed.join(', '));
  const prefetch = () => void loadPanel().catch(() => undefined);
  return (
    <>
      <Tooltip text={label}>
        <Button
          ref={trigger}
          size="small"
          variant="quiet"
          icon={<SlidersHorizontalIcon />}
          className={changed.length === 0 ? (styles.bare ?? '') : (styles.changed ?? '')}
          aria-haspopup="dialog"
          aria-expanded={isOpen}
          onHoverStart={prefetch}
          onFocus={prefetch}
          onPress={() => setOpen(!isOpen)}
        >
          <VisuallyHidden>{messages.parameters}</VisuallyHidden>
          {changed.length === 0 ? undefined : (
            <>
              {' '}
              {messages.changedCount(changed.length)}
              <VisuallyHidden> {changed.join(', ')}</VisuallyHidden>
            </>
          )}
        </Button>
      </Tooltip>
      {isOpen && schema ? (
        <Suspense>
          <ParametersPanel
            key={model.id}
            modelName={model.name}
            schema={schema}
            value={parameters}
            onChange={setParameters}
            trigger={trigger}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      ) : undefined}
    </>
  );
}
