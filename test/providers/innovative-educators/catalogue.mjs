import { randomUUID } from 'node:crypto';

/** @typedef {{ id: string, title: string }} Course */

/**
 * @typedef {object} Learner
 * @property {string} id
 * @property {string} email
 * @property {string} firstName
 * @property {string} lastName
 * @property {string} client presumably the institution (inferred)
 * @property {string} [externalCustomerId] the learner's ID in single sign-on (documented)
 * @property {string[]} [refs] ref1, ref2… from single sign-on (documented up to ref3)
 */

/**
 * The courses and learners of one site, which many institutions normally share (documented, single
 * sign-on).
 */
export function catalogueOf() {
	const [first, second] = [randomUUID(), randomUUID()];
	return {
		companyId: randomUUID(),
		/** @type {Course[]} */
		courses: ['New Student Orientation', 'Time Management', 'Writing "A" Papers, Part 1'].map(
			(title) => ({ id: randomUUID(), title }),
		),
		/** @type {Learner[]} */
		learners: [
			{
				...{
					id: randomUUID(),
					email: 'ada.learner@college.example',
					firstName: 'Ada',
					lastName: 'Learner',
					client: first,
				},
				...{ externalCustomerId: '000123456', refs: ['000123456', 'Nursing', 'Spring'] },
			},
			{
				...{
					id: randomUUID(),
					email: 'bo+1@college.example',
					firstName: 'Bö',
					lastName: 'O’Neil, "Jr"\nBo',
					client: second,
				},
				...{
					externalCustomerId: 'bo@college.example',
					refs: ['7', '', 'Line 1\r\nLine 2', '0042'],
				},
			},
			{
				id: randomUUID(),
				email: 'cy.none@school.example',
				firstName: 'Cy',
				lastName: 'None',
				client: first,
			},
		],
	};
}
