/*
 * The service behind the page, by way of its endpoints.
 */

const paths = document.documentElement.dataset;

const PATIENCE_MS = 10_000;

/** An answer that is not what was asked for. */
export class Problem extends Error {

	constructor(status, detail) {
		super(detail);
		this.status = status;
	}

}

export const workers = () => ask('GET', paths.workers);

export const worker = (slot) => ask('GET', `${paths.workers}/${slot}`);

export const lastReload = () => ask('GET', paths.reload);

export const reload = () => ask('POST', paths.reload);

export const scale = (count) => ask('POST', paths.workers, { count });

export const recycle = (slot) => ask('DELETE', `${paths.workers}/${slot}`);

/** What the access rules allow to change. */
export async function permissions() {
	const [workers, slot, reload] = await Promise.all(
		[paths.workers, `${paths.workers}/0`, paths.reload].map(methods));
	return { scale: workers.includes('POST'), recycle: slot.includes('DELETE'), reload: reload.includes('POST') };
}

async function methods(path) {
	const response = await send('OPTIONS', path);
	await response.text();
	return response.headers.get('Allow') ?? '';
}

async function ask(method, path, body) {
	const response = await send(method, path, body);
	if (response.ok) {
		return response.json();
	}
	throw new Problem(response.status, await detail(response, path));
}

function send(method, path, body) {
	const headers = { Accept: 'application/json' };
	if (method !== 'GET') {
		headers['Content-Type'] = 'application/json';
		const token = document.cookie.match(/(?:^|; )XSRF-TOKEN=([^;]*)/);
		if (token) {
			headers['X-XSRF-TOKEN'] = decodeURIComponent(token[1]);
		}
	}
	return fetch(path, {
		method, headers, body: body && JSON.stringify(body), cache: 'no-store', redirect: 'manual',
		signal: AbortSignal.timeout(PATIENCE_MS)
	});
}

async function detail(response, path) {
	switch (response.status) {
		case 0:
		case 401:
			return 'You are not signed in, or not any more. Load the page again.';
		case 403:
			return 'You may not do that: the security rules of the application refuse it, or want a CSRF token that '
				+ 'this page does not have.';
		case 405:
			return `The endpoint "${path.split('/')[0]}" may not change anything: its access is read-only.`;
		default:
	}
	const problem = await response.json().catch(() => ({}));
	if (problem.detail) {
		return problem.detail;
	}
	return response.status === 404
		? 'There is no such endpoint. Add "workers,reload" to management.endpoints.web.exposure.include.'
		: `The service answered with status ${response.status}.`;
}
