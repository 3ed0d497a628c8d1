import { locatorWithoutList } from '../../api/recordLocator';

/** There is no list of all applications (documented by omission), so there is nothing to choose from. */
export const applicationField = locatorWithoutList('application', {
	displayName: 'Application',
	placeholder: 'e.g. 410',
	description: 'The application; the link is what deliveries and answers hold as _self',
});
