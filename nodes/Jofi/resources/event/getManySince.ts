import { getManySinceOf } from '../../../shared/actions/getManySince';
import { pastTypes, readPast } from '../../../shared/polling/past';
import { pollingOptions } from '../../polling/properties';
import { jofiPolling } from '../../polling/streams';
import { withFetched } from '../../trigger/fetch';
import { CURRENT_ASSESSMENTS, fetchProperties } from '../../trigger/fetchProperties';
import { payload } from './getSample';

export const getManySince = getManySinceOf({
	provider: jofiPolling.provider,
	types: pastTypes(jofiPolling),
	triggers: ['jofiTrigger', 'jofiPollingTrigger'],
	webhook: jofiPolling.webhook,
	description: "Retrieve the events of a time range from JOFI's API, as the triggers output them",
	notice:
		'Reads what JOFI still lists: its newest 30 to 50 invitations, test takers and profiles, one request each. A list that does not reach back to <b>Since</b> says so.',
	own: fetchProperties(CURRENT_ASSESSMENTS),
	options: pollingOptions.filter(({ name }) => name === 'acceptTestKey'),
	payload,
	source: (context) => withFetched(context, jofiPolling),
	read: (...given) => readPast(jofiPolling, ...given),
});
