import { Trans } from '@lingui/react/macro';
import { Section } from '../../ui/section.tsx';
import style from './edit-listing.module.css';
import { FellowshipField } from './form-fellowship.tsx';
import { LineField, LinesField } from './form-fields.tsx';
import { TypesForm } from './form-types.tsx';
import { WhenForm } from './form-when.tsx';
import { JoinForm, WhereForm } from './form-where.tsx';

/** Every field of a listing. */
export function ListingForm() {
  return (
    <div className="stack loose">
      <div className={style.two}>
        <LineField field="name" watched maxLength={255} />
        <LineField field="group" watched maxLength={255} />
        <FellowshipField />
      </div>
      <Section title={<Trans>When</Trans>}>
        <WhenForm />
      </Section>
      <Section title={<Trans>Where</Trans>}>
        <WhereForm />
      </Section>
      <Section title={<Trans>Joining from elsewhere</Trans>}>
        <JoinForm />
      </Section>
      <Section title={<Trans>What kind of meeting</Trans>}>
        <TypesForm />
      </Section>
      <Section title={<Trans>In your own words</Trans>}>
        <div className="stack">
          <LinesField field="notes" />
          <LinesField field="groupNotes" />
        </div>
      </Section>
    </div>
  );
}
