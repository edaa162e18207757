import { Button } from '@parley/ui/button';
import { checkValue, type FormValue, type JsonSchema, SchemaForm, useSchemaForm } from '@parley/ui/schema-form';
import { type RefObject, useEffect, useEffectEvent } from 'react';
import { FloatingPanel } from '../../floating/floating-panel.tsx';
import { messages } from '../../messages.ts';
import type { ModelParameters } from '../../state/asked-with.ts';
import styles from './parameters-panel.module.css';

interface ParametersPanelProps {
  readonly modelName: string;
  readonly schema: JsonSchema;
  readonly value: ModelParameters;
  /** Told only what fits the schema. */
  readonly onChange: (value: ModelParameters) => void;
  readonly trigger: RefObject<HTMLElement | null>;
  readonly onClose: () => void;
}

/** The parameters of a model as a form. What is right holds at once; what is wrong is named and not sent. */
export function ParametersPanel({ trigger, onClose, ...rest }: ParametersPanelProps) {
  const label = messages.parametersOf(rest.modelName);
  return (
    <FloatingPanel label={label} trigger={trigger} onClose={onClose} className={styles.popover}>
      <ParametersForm {...rest} />
    </FloatingPanel>
  );
}

type ParametersFormProps = Omit<ParametersPanelProps, 'trigger' | 'onClose'>;

function ParametersForm({ modelName, schema, value, onChange }: ParametersFormProps) {
  const form = useSchemaForm(schema, value);
  // What was kept may have been set before the model's parameters changed.
  const checkFirst = useEffectEvent(() => form.check());
  useEffect(() => {
    checkFirst();
  }, []);
  const change = (next: FormValue) => {
    form.onChange(next);
    onChange(withoutProblems(schema, next));
  };
  const isSet = Object.keys(form.value).length > 0;
  return (
    <div className={styles.panel}>
      <header className={styles.head}>
        <h2 className={styles.title}>{messages.parametersOf(modelName)}</h2>
        <Button size="small" variant="quiet" isDisabled={!isSet} onPress={() => change({})}>
          {messages.resetAll}
        </Button>
      </header>
      <div className={styles.fields}>
        <SchemaForm {...form} onChange={change} areRangesSliders canReset areKeysShown={false} />
      </div>
      <p className={styles.note} role={form.problems.length > 0 ? 'status' : undefined}>
        {form.problems.length > 0 ? messages.invalidNotSent : messages.parametersKept}
      </p>
    </div>
  );
}

/** The values that nothing is wrong with. */
function withoutProblems(schema: JsonSchema, value: FormValue): FormValue {
  const wrong = new Set(checkValue(schema, value).map(({ path }) => String(path[0])));
  return Object.fromEntries(Object.entries(value).filter(([key]) => !wrong.has(key)));
}
