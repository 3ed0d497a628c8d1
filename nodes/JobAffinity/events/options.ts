import type { INodeProperties } from 'n8n-workflow';

/** The field of the item that has the CV: what other nodes look for unless told otherwise. */
export const CV_FIELD = 'data';

/** Without details there is nothing that could be added. */
const ifDetails: Pick<INodeProperties, 'displayOptions'> = {
	displayOptions: { hide: { '/fetchDetails': [false] } },
};

/** Options of both triggers. */
export const stepOptions: INodeProperties[] = [
	{
		displayName: 'Attach CV',
		name: 'attachCv',
		type: 'boolean',
		default: false,
		description: `Whether to download the latest CV of the application into the field ${CV_FIELD} of the item, up to 10 MB. It takes one of JobAffinity's 45 requests a minute for each application in a run. An item without a CV says why in details.missing.`,
		...ifDetails,
	},
	{
		displayName: 'End Steps',
		name: 'endSteps',
		type: 'string',
		typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Step' },
		default: [],
		placeholder: 'e.g. Hired',
		description:
			'Names or IDs of steps at which Reached an End Step comes as well; it always comes at steps with the status END',
		...ifDetails,
	},
	{
		displayName: 'Fetch Job Details',
		name: 'fetchJob',
		type: 'boolean',
		default: false,
		description:
			"Whether to read the job of the application, for owner, application.jobReference and details.job. It takes one of JobAffinity's 45 requests a minute for each job in a run. An item without it says why in details.missing.",
		...ifDetails,
	},
];

/** Options of the polling trigger; by webhook, the previous step comes by itself. */
export const pollingOptions: INodeProperties[] = [
	...stepOptions,
	{
		displayName: 'Fetch Previous Step',
		name: 'fetchPreviousStep',
		type: 'boolean',
		default: false,
		description:
			"Whether to read the changes before, for application.previousStage. It takes one of JobAffinity's 45 requests a minute for each application in a run, and rarely two. An item without it says why in details.missing.",
	},
];
