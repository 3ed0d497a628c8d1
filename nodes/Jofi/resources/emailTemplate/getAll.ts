import { emailTemplate } from '../../api/responseSchemas';
import { getMany } from '../read';

/** GET /email-templates: the account's own and the system's that are enabled for it (documented, api/email-templates). */
export const getAll = getMany({
	object: 'email template',
	objects: 'email templates',
	path: 'email-templates',
	schema: emailTemplate,
});
