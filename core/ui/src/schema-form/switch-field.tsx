import { Switch } from '../switch/switch.tsx';
import { useHint } from './field-hint.tsx';
import type { FieldProps } from './field-props.ts';
import { useFormScope, useProblem } from './form-context.ts';
import { ProblemText } from './problem-text.tsx';

/** On or off. */
export function SwitchField({ schema, path, label, value, onChange }: FieldProps) {
  const { isDisabled } = useFormScope();
  const hint = useHint({ schema, path });
  const problem = useProblem(path);
  const isOn = typeof value === 'boolean' ? value : schema.default === true;
  return (
    <div>
      <Switch description={hint} isSelected={isOn} onChange={onChange} isDisabled={isDisabled}>
        {label}
      </Switch>
      <ProblemText>{problem}</ProblemText>
    </div>
  );
}
