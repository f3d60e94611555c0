import Form from 'next/form';
import { FormField } from '#components/form-field.tsx';
import type { AskedChange } from './asked-change.ts';

type Props = { video: string; asked: AskedChange; timeZone: string };

const choices = [
  { value: 'bot', name: 'Set aside: all of its views were a bot’s' },
  { value: 'person', name: 'Release: they were people’s after all' },
];

/** Which time is meant and what is said of it; what it holds is shown before anything is changed. */
export function ChangeForm({ video, asked, timeZone }: Props) {
  const problemOf = (name: string, label: string) => asked.problems[name] && `${label} ${asked.problems[name]}.`;
  const zone = `In the time zone ${timeZone.replaceAll('_', ' ')}`;
  return (
    <Form
      key={`${asked.from} ${asked.to}`}
      action={`/videos/${video}/verdicts`}
      scroll={false}
      className="grid max-w-xl gap-4"
    >
      <FormField
        {...{ name: 'from', label: 'From', type: 'datetime-local', step: 1, required: true, defaultValue: asked.from }}
        hint={`${zone}.`}
        problem={problemOf('from', 'From')}
      />
      <FormField
        {...{ name: 'to', label: 'To', type: 'datetime-local', step: 1, required: true, defaultValue: asked.to }}
        hint="Not included: the first moment that is left as it is."
        problem={problemOf('to', 'To')}
      />
      <FormField name="verdict" label="Verdict" options={choices} defaultValue={asked.verdict} />
      <FormField
        {...{ name: 'why', label: 'Why', required: true, maxLength: 500, defaultValue: asked.why }}
        hint="For whoever asks later; it stands on the chart and in the audit of changes."
      />
      <button type="submit" className="h-10 justify-self-start rounded border border-edge px-4 hover:bg-hover sm:h-9">
        Look what it holds
      </button>
    </Form>
  );
}
