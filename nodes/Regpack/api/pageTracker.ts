import type { IDataObject, NodeApiError } from 'n8n-workflow';

import { textAt } from '../../shared/values/text';
import { partsOf } from '../events/applicant';
import { countIn } from '../events/numbers';

/** Where reading goes on after an interruption; it can be kept as JSON. */
export interface PageCursor {
	/** What `starting_position` is taken for. */
	by: 'row' | 'page';
	position: number;
	/** How many were read before it. */
	users: number;
	children: number;
	/** Those of the page before, of which the next may have the last again. */
	ids: string[];
}

/** The documented size of a page, which answers may name themselves; in family systems it counts parents only. */
const PAGE = 50;

/** What tells a user from another. */
export const idOf = (record: IDataObject): string =>
	textAt(partsOf(record).info, 'clogin_id') ?? JSON.stringify(record);

export const recordsIn = (value: unknown): IDataObject[] => (Array.isArray(value) ? (value as IDataObject[]) : []);

/** Whether the totals stand beside `totals` or inside is not documented. */
const countAt = (answer: IDataObject, name: string): number | null =>
	countIn(answer[name]) ?? countIn((answer.totals as IDataObject | null | undefined)?.[name]);

/** What was read of a list so far, each record once. */
export class PageTracker {
	private readonly seen: Set<string>;

	private readonly totals: number[] = [];

	users: number;

	children: number;

	perPage = PAGE;

	/** What Regpack said instead of a page. */
	refusal?: NodeApiError;

	constructor({ users, children, ids }: PageCursor) {
		this.users = users;
		this.children = children;
		this.seen = new Set(ids);
	}

	/** What none before had. */
	take(answer: IDataObject): { users: IDataObject[]; children: IDataObject[] } {
		const total = countAt(answer, 'total_users');
		if (total !== null) this.totals.push(total);
		this.perPage = Math.min(PAGE, countAt(answer, 'records_per_page') ?? this.perPage);
		const users = this.fresh(recordsIn(answer.users));
		const children = this.fresh(recordsIn(answer.children));
		this.users += users.length;
		this.children += children.length;
		return { users, children };
	}

	/** The latest that Regpack said. */
	get total(): number | null {
		return this.totals.at(-1) ?? null;
	}

	/** Whether the total is reached without the children, and so in each way of counting. */
	get hasAll(): boolean {
		return this.totals.length > 0 && this.users >= Math.max(...this.totals);
	}

	/** Whether what was read is what Regpack says, in one of both ways of counting; it may change meanwhile. */
	get addsUp(): boolean {
		const [least, most] = [Math.min(...this.totals), Math.max(...this.totals)];
		const all = this.users + this.children;
		return this.totals.length > 0 && (this.users >= least || (all >= least && all <= most));
	}

	private fresh(records: IDataObject[]): IDataObject[] {
		return records.filter((record) => {
			const id = idOf(record);
			const isNew = !this.seen.has(id);
			this.seen.add(id);
			return isNew;
		});
	}
}
