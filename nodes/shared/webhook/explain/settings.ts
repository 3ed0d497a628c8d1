import {
	ALGORITHM_LABELS,
	ENCODING_LABELS,
	METHOD_LABELS,
	SEPARATOR_LABELS,
	STYLE_LABELS,
} from '../verification/credentialLabels';
import type { Preset, SignatureScheme } from '../verification/signatureScheme';
import { headerLabel } from './delivery';

/** Settings of the webhook credential to copy: its labels, and the labels or texts to choose. */
export type Settings = Record<string, string>;

/** A header's name as the credential takes it; case does not matter there. */
const nameOf = (header: string): string => (header === '' ? '' : headerLabel(header));

/** The settings for a style. */
export const styleSettings = (preset: Preset): Settings => ({
	Method: METHOD_LABELS.hmac,
	'Signature Style': STYLE_LABELS[preset],
});

/** The settings for a scheme: those of a style, or all of Custom. What is to be empty is empty. */
export function schemeSettings(scheme: SignatureScheme, preset: Preset): Settings {
	if (preset !== 'custom') return styleSettings(preset);
	return {
		...styleSettings('custom'),
		'Signature Header': nameOf(scheme.signatureHeader),
		Algorithm: ALGORITHM_LABELS[scheme.algorithm],
		Encoding: ENCODING_LABELS[scheme.encoding],
		'Signature Prefix': scheme.prefix,
		'Signature Separator': SEPARATOR_LABELS[scheme.separator],
		'Signed Content': scheme.signed,
		'Timestamp Header': nameOf(scheme.timestampHeader),
		'Timestamp Prefix': scheme.timestampPrefix,
		'ID Header': nameOf(scheme.idHeader),
		'Key Encoding': ENCODING_LABELS[scheme.keyEncoding],
	};
}

/** What the placeholders of Signed Content stand for. */
const WORDS: Record<string, string> = {
	'{body}': 'the body',
	'{timestamp}': 'the timestamp',
	'{id}': 'the message ID',
	'{method}': 'the method',
	'{url}': 'the URL',
	'{decodedUrl}': 'the decoded URL',
	'{path}': 'the path of the URL',
	'{sortedForm}': 'the sorted fields of the form',
	'{newline}': 'a line break',
};

/** What is signed, in words. */
export function contentInWords(signed: string): string {
	const parts = signed
		.split(/(\{\w+\})/)
		.filter((part) => part !== '')
		.map((part) => WORDS[part] ?? `"${part}"`);
	return parts.length === 1
		? parts[0]
		: `${parts.slice(0, -1).join(', ')} and ${parts[parts.length - 1]}`;
}

/** How a scheme signs, e.g. "the body with HMAC-SHA-256, in Base64, in X-Signature". */
export const schemeInWords = (scheme: SignatureScheme): string =>
	`${contentInWords(scheme.signed)} with HMAC-${ALGORITHM_LABELS[scheme.algorithm]}, in ${encodingInWords(scheme.encoding)}, in ${nameOf(scheme.signatureHeader)}`;

/** The name of an encoding within a sentence. */
export const encodingInWords = (encoding: SignatureScheme['encoding']): string =>
	encoding === 'hex' ? 'hex' : ENCODING_LABELS[encoding];
