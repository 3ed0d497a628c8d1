import { Records } from './records.mjs';

/** @typedef {import('./objects.mjs').User} User */
/** @typedef {import('./objects.mjs').Value} Value */

/**
 * A simulated organisation at Regpack: what it holds, and what its people and its applicants do. What a method returns
 * is a copy of that moment. A method throws where nobody could do it. Where no project is named, it is the credential's.
 */
export class Account extends Records {
	/** @param {{ apiAdmin: boolean }} settings @param {number} groupId the project of the credential */
	constructor(settings, groupId) {
		super(settings);
		this.groupId = groupId;
	}

	/**
	 * A person registers as an applicant.
	 *
	 * @param {{ groupId?: number, cloginId?: number } & Record<string, any>} [fields] cloginId: of one who has an account in
	 *   another project; the rest are values of fields
	 */
	register({ groupId = this.groupId, cloginId, ...values } = {}) {
		const known = { first_name: 'Avery', last_name: 'Stone', main_email: `avery.${this.logins.size + 1}@example.org` };
		return structuredClone(this.#enter({ groupId, cloginId, values: { ...known, ...values } }));
	}

	/**
	 * A parent adds a child, in a family system.
	 *
	 * @param {number} parentId
	 * @param {{ groupId?: number } & Record<string, any>} [fields]
	 */
	addChild(parentId, { groupId = this.groupId, ...values } = {}) {
		if (this.project(groupId).system !== 'family') throw new Error(`Project ${groupId} has no families`);
		const parent = this.get(groupId, parentId);
		const known = { first_name: 'Robin', last_name: String(parent.values.last_name ?? 'Stone') };
		return structuredClone(this.#enter({ groupId, connectedTo: parentId, values: { ...known, ...values } }));
	}

	/**
	 * Many applicants at once, of whom nobody is told.
	 *
	 * @param {number} count
	 * @param {{ groupId?: number, childrenEach?: number }} [options]
	 */
	populate(count, { groupId = this.groupId, childrenEach = 0 } = {}) {
		for (let made = 0; made < count; made++) {
			const values = { first_name: 'Avery', last_name: `Stone ${made + 1}`, main_email: `stone.${made + 1}@example.org` };
			const { cloginId } = this.add({ groupId, values });
			for (let child = 1; child <= childrenEach; child++) {
				const named = { first_name: `Robin ${child}`, last_name: values.last_name };
				this.add({ groupId, connectedTo: cloginId, values: named });
			}
		}
	}

	/** @param {Parameters<Records['add']>[0]} fields */
	#enter(fields) {
		const { groupId, cloginId, values } = fields;
		if (cloginId !== undefined && !this.logins.has(cloginId)) throw new Error(`The organisation has no person ${cloginId}`);
		if (cloginId !== undefined && this.find(groupId, cloginId))
			throw new Error(`Project ${groupId} has user ${cloginId} already`);
		const email = values?.main_email;
		return this.add({ username: typeof email === 'string' ? email : undefined, ...fields });
	}
}
