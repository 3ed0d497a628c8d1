/**
 * What reading a nightly file costs: rows per second, and the memory it takes beyond the items that come out; beside
 * it, what it would cost to take the whole file at once. `npm run bench:nightly`, after a build. Each case runs in a
 * process of its own. A target that is missed is printed and is no failure, because machines differ.
 */
import { execFileSync } from 'node:child_process';
import { createReadStream, createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';

import { createInnovativeEducators } from '../providers/innovative-educators/platform.mjs';
