import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';

import type { Delivery } from '../../webhook/deliveries';
import { limit, returnAll } from '../fields';
import { LIMIT_REACHED } from '../listInfo';
import type { Operation } from '../operation';
import {
	chosenTriggers,
	isoTime,
	processSchema,
	thisProcess,
	triggerFields,
} from './chosenTriggers';
import type { TriggerType } from './triggerType';

const text = z.string().nullable();
const number = z.number().nullable();

const recordOf = (delivery: Delivery): IDataObject => ({
	receivedAt: isoTime(delivery.receivedAt),
	outcome: delivery.outcome ?? 'inWork',
	status: delivery.status ?? null,
	reason: delivery.reason ?? null,
	event: delivery.event ?? null,
	events: delivery.events,
	eventKey: delivery.eventKey ?? null,
	bytes: delivery.bytes ?? null,
	address: delivery.address,
	ms: delivery.ms ?? null,
});

const unknown: IDataObject = {
	receivedAt: null,
	outcome: 'unknown',
	status: null,
	reason: null,
	event: null,
	events: null,
	eventKey: null,
	bytes: null,
	address: null,
	ms: null,
};

/** Get Deliveries: the latest deliveries that this process received, without what is in them. */
export const getDeliveriesOf = (type: TriggerType): Operation => ({
	value: 'getDeliveries',
	name: 'Get Deliveries',
	action: 'Get deliveries of webhook',
	description: `List the latest deliveries to the ${type.source.provider.label} Trigger and what became of them, also those that were refused`,
	offline: true,
	fields: [...triggerFields(type), returnAll, limit],
	schema: z.object({
		receivedAt: text,
		outcome: z.enum(['accepted', 'duplicate', 'notSelected', 'refused', 'inWork', 'unknown']),
		status: number,
		reason: text,
		event: text,
		events: number,
		eventKey: text,
		bytes: number,
		address: text,
		ms: number,
		note: text,
		...processSchema,
	}),
	run(context, index, hint) {
		const { type: process, since: processSince, blindness } = thisProcess(context);
		const triggers = chosenTriggers(context, index, type);
		if (blindness !== undefined) hint(blindness);
		const found = triggers.flatMap(({ workflowId, node: trigger, log }) => {
			const about = { note: blindness ?? null, workflowId, trigger, process, processSince };
			if (blindness !== undefined) return [{ ...unknown, ...about }];
			return [...(log?.deliveries ?? [])]
				.reverse()
				.map((each) => ({ ...recordOf(each), ...about }));
		});
		if (found.length === 0)
			hint(
				`This process (${process}) has received no delivery since it started at ${processSince}. In queue mode, each process knows only its own.`,
			);
		const isAll = context.getNodeParameter('returnAll', index, false) === true;
		const most = isAll ? Infinity : Number(context.getNodeParameter('limit', index, 50));
		if (found.length > most) hint.partial({ reason: LIMIT_REACHED, isRequested: true });
		const newestFirst = found.sort((a, b) =>
			String((b as IDataObject).receivedAt).localeCompare(String((a as IDataObject).receivedAt)),
		);
		return Promise.resolve(newestFirst.slice(0, most));
	},
});
