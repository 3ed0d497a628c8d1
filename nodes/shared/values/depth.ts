/** n8n and its databases walk items recursively; a deeper body could not be stored. */
export const MAX_DEPTH = 200;

/** Whether any value lies deeper than `limit` arrays and objects; walks without recursion. */
export function isDeeperThan(limit: number, root: object): boolean {
	let level: object[] = [root];
	for (let depth = 1; level.length > 0; depth++) {
		if (depth > limit) return true;
		const next: object[] = [];
		for (const parent of level) {
			for (const value of Object.values(parent)) {
				if (typeof value === 'object' && value !== null) next.push(value);
			}
		}
		level = next;
	}
	return false;
}
