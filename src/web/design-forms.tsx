import { useState } from 'react';
import { Button } from '../ui/button.tsx';
import { ChoiceGroup } from '../ui/choice-group.tsx';
import { ComboBox } from '../ui/combo-box.tsx';
import { DayField } from '../ui/day-field.tsx';
import { NumberScale } from '../ui/number-scale.tsx';
import { type Reader, Seal } from '../ui/seal.tsx';
import { Select } from '../ui/select.tsx';
import { Switch } from '../ui/switch.tsx';
import { TextArea } from '../ui/text-area.tsx';
import { TextField } from '../ui/text-field.tsx';
import style from './design.module.css';

const places = ['Philadelphia, PA', 'Phoenixville, PA', 'Pottstown, PA'].map((label) => ({
  id: label,
  label,
  detail: 'Pennsylvania',
}));

/** Buttons and everything that is filled in. */
export function Forms() {
  const [text, setText] = useState('');
  const [day, setDay] = useState('2026-11-21');
  const [mood, setMood] = useState<'calm' | 'low' | 'angry'>();
  const [halt, setHalt] = useState<string[]>(['tired']);
  const [urge, setUrge] = useState<number | undefined>(3);
  const [isOn, setOn] = useState(true);
  const [reader, setReader] = useState<Reader>('me');
  return (
    <>
      <section>
        <h2 className={style.name}>Buttons</h2>
        <div className="row">
          <Button look="primary">Log this meeting</Button>
          <Button>Put in my week</Button>
          <Button look="plain">Not now</Button>
          <Button look="alarm">Call 988</Button>
          <Button look="primary" busy>
            Sending
          </Button>
          <Button look="primary" disabled>
            Not yet
          </Button>
          <Button size="small">Small</Button>
        </div>
        <Button size="large" wide look="primary">
          I was there
        </Button>
      </section>
      <section>
        <h2 className={style.name}>Fields</h2>
        <div className={style.grid}>
          <TextField label="Your name here" hint="Any name." value={text} onChange={setText} />
          <TextField
            label="Code"
            error="This code was used already."
            value="K7"
            onChange={setText}
          />
          <DayField label="Day" value={day} onChange={setDay} />
          <Select
            label="Time zone"
            value="a"
            onChange={() => {}}
            options={[
              { value: 'a', label: 'Eastern time' },
              { value: 'b', label: 'Central time' },
            ]}
          />
          <ComboBox
            label="Where are you?"
            text={text}
            onText={setText}
            found={places.filter((place) => place.label.toLowerCase().includes(text.toLowerCase()))}
            onChoose={setText}
          />
          <TextArea label="What did it stir up?" reading value={text} onChange={setText} />
        </div>
      </section>
      <section>
        <h2 className={style.name}>Choices</h2>
        <div className={style.grid}>
          <ChoiceGroup
            legend="How is your mood?"
            value={mood}
            onChange={setMood}
            options={[
              { value: 'calm', label: 'Calm' },
              { value: 'low', label: 'Low', detail: 'Heavy, slow, or sad' },
              { value: 'angry', label: 'Angry' },
            ]}
          />
          <ChoiceGroup
            many
            legend="Any of these?"
            value={halt}
            onChange={setHalt}
            options={[
              { value: 'hungry', label: 'Hungry' },
              { value: 'angry', label: 'Angry' },
              { value: 'lonely', label: 'Lonely' },
              { value: 'tired', label: 'Tired' },
            ]}
          />
        </div>
        <NumberScale
          question
          legend="How strong is the urge now?"
          low="none"
          high="strongest ever"
          value={urge}
          onChange={setUrge}
        />
        <Switch
          label="Send check-ins to my therapist"
          detail="From the next one on; each can still differ."
          isOn={isOn}
          onChange={setOn}
        />
        <div className="row">
          <Seal
            reader={reader}
            onChange={setReader}
            choices={['therapist', 'sponsor']}
            sponsorName="Ray"
          />
          <Seal reader="therapist" />
          <Seal reader="sponsor" sponsorName="Ray" />
        </div>
      </section>
    </>
  );
}
