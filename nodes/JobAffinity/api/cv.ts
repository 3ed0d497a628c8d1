import type { IBinaryData, IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { textAt } from '../../shared/values/text';
import { download, type DownloadLimits } from './download';

/** A CV as n8n keeps it. */
export interface Cv {
	file: IBinaryData & { fileName: string };
	/** In bytes. */
	size: number;
}

/**
 * The link to the latest CV of an application: `latest_cv_url`, which is null without a CV
 * (documented, reference: get application by ID). The reference also shows it in `steps`, maybe by
 * mistake.
 */
export const cvLinkOf = (application: IDataObject): string | null =>
	textAt(application, 'latest_cv_url') ?? textAt(application, 'steps.latest_cv_url');

/**
 * Downloads the CV that a link of an application leads to, which may redirect (documented). Unknown:
 * whether it needs the login, the name of the file and where it is stored. It takes one request to
 * JobAffinity, and others where that redirects to.
 *
 * @param id the application's, for the errors and a file without a name
 * @throws NodeApiError, NodeOperationError, see `download`
 */
export async function downloadCv(
	context: IExecuteFunctions,
	link: string,
	id: string,
	limits: DownloadLimits,
): Promise<Cv> {
	const info = { object: 'CV of the application', id };
	const { content, name, mimeType } = await download(context, link, info, limits);
	const file = await context.helpers.prepareBinaryData(content, name, mimeType);
	const extension = file.fileExtension ? `.${file.fileExtension}` : '';
	return {
		file: { ...file, fileName: file.fileName ?? `cv-${id}${extension}` },
		size: content.length,
	};
}
