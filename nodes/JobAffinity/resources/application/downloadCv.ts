import { NodeOperationError } from 'n8n-workflow';
import { z } from 'zod';

import type { Operation } from '../../../shared/actions/operation';
import { textAt } from '../../../shared/values/text';
import { download } from '../../api/download';
import { locatedCall, recordLocator } from '../../api/recordLocator';
import { call } from '../../api/transport';

/**
 * Downloads `latest_cv_url` of an application, which is null without a CV and may redirect
 * (documented, reference: get application by ID). The reference also shows it in `steps`, maybe by
 * mistake. Unknown: whether it needs the login, the name of the file and where it is stored.
 */
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
		const link = textAt(application, 'latest_cv_url') ?? textAt(application, 'steps.latest_cv_url');
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
		const { content, name, mimeType } = await download(context, link, {
			object: 'CV of the application',
			id: request.id,
		});
		const file = await context.helpers.prepareBinaryData(content, name, mimeType);
		const id = textAt(application, 'id') ?? '';
		file.fileName ??= `cv-${id}${file.fileExtension ? `.${file.fileExtension}` : ''}`;
		const field = context.getNodeParameter('binaryPropertyName', index, 'data') as string;
		return {
			json: {
				fileName: file.fileName,
				mimeType: file.mimeType,
				fileSize: content.length,
				applicationId: typeof application.id === 'number' ? application.id : null,
			},
			binary: { [field || 'data']: file },
		};
	},
};
