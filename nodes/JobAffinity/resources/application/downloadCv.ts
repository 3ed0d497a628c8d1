import { NodeOperationError } from 'n8n-workflow';
import { z } from 'zod';

import type { Operation } from '../../../shared/actions/operation';
import { textAt } from '../../../shared/values/text';
import { cvLinkOf, downloadCv as downloadCvOf } from '../../api/cv';
import { locatedCall, recordLocator } from '../../api/recordLocator';
import { call } from '../../api/transport';

/** Far more than a CV takes; a larger file would only fill the memory. */
const LIMITS = { maxBytes: 100 * 1024 ** 2, timeoutMs: 120_000 };

/** Downloads the latest CV of an application: see `api/cv.ts`. */
export const downloadCv: Operation = {
	value: 'downloadCv',
	name: 'Download CV',
	action: 'Download CV of application',
	description: 'Download the latest CV of an application as a file',
	fields: [
		recordLocator('application'),
		{
			displayName: 'Put Output File in Field',
			name: 'binaryPropertyName',
			type: 'string',
			required: true,
			default: 'data',
			hint: 'The name of the output binary field to put the file in',
		},
	],
	schema: z.object({
		fileName: z.string(),
		mimeType: z.string(),
		/** In bytes. */
		fileSize: z.number(),
		applicationId: z.number().nullable(),
	}),
	async run(context, index) {
		const request = locatedCall(context, 'application', index);
		const application = await call(context, request);
		const link = cvLinkOf(application);
		if (link === null) {
			throw new NodeOperationError(
				context.getNode(),
				`The application with the ID ${request.id} has no CV`,
				{
					itemIndex: index,
					description:
						'Filter out such applications, or let the node continue with the other items in its settings.',
				},
			);
		}
		const id = textAt(application, 'id') ?? request.id;
		const { file, size } = await downloadCvOf(context, link, id, LIMITS);
		const field = context.getNodeParameter('binaryPropertyName', index, 'data') as string;
		return {
			json: {
				fileName: file.fileName,
				mimeType: file.mimeType,
				fileSize: size,
				applicationId: typeof application.id === 'number' ? application.id : null,
			},
			binary: { [field || 'data']: file },
		};
	},
};
