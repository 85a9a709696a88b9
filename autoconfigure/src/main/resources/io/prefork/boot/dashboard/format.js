/*
 * Figures and times as text.
 */

const MISSING = '–';

/** Seconds of an ISO 8601 duration without years, months and days, such as PT1H2M3.5S. */
export function seconds(duration) {
	const [, hours, minutes, rest] = duration.match(/^PT(?:([-\d.]+)H)?(?:([-\d.]+)M)?(?:([-\d.]+)S)?$/) ?? [];
	return Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(rest ?? 0);
}

export const count = (value) => (value == null ? MISSING : Math.round(value).toLocaleString('en'));

export const rate = (value) => (value == null ? MISSING : value.toLocaleString('en', { maximumFractionDigits: value < 10 ? 1 : 0 }));

export const megabytes = (value) => (value == null ? MISSING : `${Math.round(value / 1_048_576)} MB`);

export const milliseconds = (value) => (value == null ? MISSING : `${Math.round(value)} ms`);

export const cpus = (value) => (value == null ? MISSING : value.toFixed(2));

export const time = (instant) => new Date(instant).toLocaleTimeString('en-GB');

/** How long something has lasted, in its two largest units. */
export function span(from, to) {
	const total = Math.max(0, Math.floor((to - new Date(from)) / 1000));
	const units = [['d', 86_400], ['h', 3600], ['min', 60], ['s', 1]];
	const first = Math.max(0, units.findIndex(([, size]) => total >= size));
	let rest = total;
	return units.map(([name, size]) => {
		const number = Math.floor(rest / size);
		rest -= number * size;
		return `${number} ${name}`;
	}).slice(total === 0 ? -1 : first, total === 0 ? undefined : first + 2).join(' ');
}
