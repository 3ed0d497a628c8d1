import type { IDataObject } from 'n8n-workflow';

const ROOT = '/restapi/v1';

const user = { id: 9, first_name: 'Ana', last_name: 'Ruiz', email: 'ana.ruiz@example.org' };

/** The step before. */
export const newStep = { id: 20, name: 'New', status: 'START', date: '2026-03-02' };

const interview = { id: 21, name: 'Interview', status: 'CURRENT', date: '2026-03-05' };

/**
 * What an application looks like by itself and in a step change (documented, reference: get
 * application by ID).
 */
const summary = {
	id: 410,
	date: '2026-03-02T09:10:00Z',
	route: 'WEB',
	latest_cv_url: null,
	candidate: {
		id: 77,
		_self: `${ROOT}/candidate/77`,
		applications: { _self: `${ROOT}/candidate/77/application` },
		title: 'MS',
		first_name: 'Lea',
		last_name: 'Noir',
		email: 'lea.noir@example.org',
	},
	source: { id: 3, name: 'Career site', posting_service: { id: 1, name: 'Web' } },
	job: {
		_self: `${ROOT}/job/301`,
		id: 301,
		title: 'Warehouse Lead',
		status: 'OPEN',
		applications: { _self: `${ROOT}/job/301/application` },
	},
};

type Step = typeof newStep;

/** The application after these steps, in the shape of the newer reference. */
const applicationAfter = (...steps: [...Step[], Step]): IDataObject => ({
	_self: `${ROOT}/application/410`,
	_schema: '/restapi/schemav1/application',
	_status: 'OK',
	...summary,
	step: steps[steps.length - 1],
	steps: { items: steps.map((step) => ({ ...step, user })), latest_cv_url: null },
	notes: { _self: `${ROOT}/note?candidate_id=77` },
});

/** The change to a step, likewise. */
const changeTo = (step: Step, change_id: number): IDataObject => ({
	change_id,
	date: step.date,
	id: step.id,
	name: step.name,
	status: step.status,
	user,
	application: { _self: `${ROOT}/application/410`, ...summary, step },
});

/** The application that the sample delivery names. */
export const application = applicationAfter(newStep, interview);

/** The step change that the sample delivery announces. */
export const change = changeTo(interview, 9001);

/** The same application when it came in. */
export const received = { application: applicationAfter(newStep), change: changeTo(newStep, 8990) };

const hired = { id: 25, name: 'Hired', status: 'END', date: '2026-03-19' };

/** The same application at its end. */
export const ended = {
	application: applicationAfter(newStep, interview, hired),
	change: changeTo(hired, 9044),
};
