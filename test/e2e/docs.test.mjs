import { installHost } from '../host/install.mjs';
import { missingLabels } from '../docs/n8nLabels.mjs';
import { listed, variablesOf } from '../docs/n8nVariables.mjs';

/** What the documents say of n8n, compared with the n8n that is installed for the tests. */

test('the list of variables that the documents are checked against is the one of n8n', async () => {
	const { folder } = await installHost();
	expect(listed.variables).toEqual(variablesOf(folder));
});

test('the editor has every label of n8n that the documents name', async () => {
	const { folder } = await installHost();
	expect(missingLabels(folder)).toEqual([]);
});
