/*
 * What the page shows, as templates.
 */

import { html, nothing } from './lib/lit-html/lit-html.js';
import { count, cpus, megabytes, milliseconds, rate, span, time } from './format.js';

const PHASES = ['preparing', 'canary', 'watching', 'rolling'];

const HISTORY = 50;

/** The whole page but for charts and details. */
export const page = (model, actions) => html`
	<header>
		<h1>Prefork</h1>
		${model.status && service(model.status, model.now)}
		${model.status && controls(model, actions)}
	</header>
	<p class="message" role="status">${model.message}</p>
	<p class="alert" role="alert">${model.trouble}</p>
	${reload(model.reload, model.now)}
	${model.status && workers(model, actions)}
	${model.status && hints(model.status.hints)}
	${model.status && history(model.status.history)}`;

const service = ({ master, workers, listeners }, now) => html`
	<dl class="master">
		<div><dt>Service</dt><dd class="state ${master.phase}">${master.phase}</dd></div>
		<div><dt>Ready</dt><dd>${master.ready} of ${master.workers}</dd></div>
		<div><dt>Waiting to be accepted</dt><dd>${count(listeners.reduce((all, { waiting }) => all + waiting, 0))}</dd></div>
		<div><dt>Generation</dt><dd>${master.generation}</dd></div>
		<div><dt>Leader</dt><dd id="leader">${leader(workers)}</dd></div>
		<div><dt>Master</dt><dd>pid ${master.pid}, up ${span(master.startedAt, now)}</dd></div>
	</dl>`;

function leader(workers) {
	const leading = workers.find(({ process }) => process?.leader);
	return leading ? `worker ${leading.slot}` : 'none';
}

const controls = ({ status, may, wanted, reload }, actions) => html`
	<form class="controls" @submit=${actions.scale}>
		<label>Workers <input type="number" name="count" min="1" max="1024" required .value=${wanted ?? status.master.workers}
			?disabled=${!may.scale} @input=${actions.want}></label>
		<button ?disabled=${!may.scale || wanted == null || wanted === String(status.master.workers)}>Scale</button>
		<button type="button" id="reload" ?disabled=${!may.reload || reload?.running} @click=${actions.reload}>Reload</button>
		${may.known && !(may.scale && may.reload) ? html`<p class="hint">What is greyed out needs
			<code>management.endpoint.workers.access</code> and <code>management.endpoint.reload.access</code> to be
			<code>unrestricted</code>.</p>` : nothing}
	</form>`;

function reload(descriptor, now) {
	if (!descriptor?.reload) {
		return nothing;
	}
	const { id, phase, startedAt, verdict, slots } = descriptor.reload;
	return html`
		<section id="reload-progress" aria-labelledby="reload-title">
			<h2 id="reload-title">Reload to generation ${id}</h2>
			${verdict ? ended(verdict, startedAt) : html`
				<ol class="phases">${PHASES.map((name) => html`<li aria-current=${name === phase ? 'step' : 'false'}>${name}</li>`)}</ol>
				<p>For ${span(startedAt, now)}.
					${slots.filter(({ generation }) => generation === id).length} of ${slots.length} slots serve the new generation.</p>
				<ul class="slots">${slots.map((slot) => html`<li>worker ${slot.slot}:
					${slot.generation === id ? 'done' : slot.next}</li>`)}</ul>`}
		</section>`;
}

const ended = ({ endedAt, succeeded, reason }, startedAt) => html`
	<p class="verdict ${succeeded ? 'succeeded' : 'rolled-back'}">${succeeded ? 'Succeeded' : 'Rolled back'}
		at ${time(endedAt)}, after ${span(startedAt, new Date(endedAt))}${reason ? html`: ${reason}` : nothing}</p>`;

const COLUMNS = ['Worker', 'State', 'Pid', 'Gen.', 'Age', 'Requests/s', 'Active', 'Connections', 'Loop lag', 'Heap',
	'RSS', 'PSS', 'CPUs', 'Restarts', 'Last exit', 'Actions'];

function workers({ status, figures, may, now }, actions) {
	const slots = [...new Set(status.workers.map(({ slot }) => slot))];
	return html`
		<div class="wide" role="region" aria-labelledby="workers-title" tabindex="0">
			<table id="workers">
				<caption id="workers-title">Workers</caption>
				<thead><tr>${COLUMNS.map((title) => html`<th scope="col">${title}</th>`)}</tr></thead>
				${slots.map((slot) => {
					const there = status.workers.filter((worker) => worker.slot === slot);
					return html`<tbody>${there.map((worker, index) => row(worker, figures, now,
						index === 0 ? actionsOf(slot, there, may, actions) : nothing))}</tbody>`;
				})}
				<tbody>${status.spares.map((spare) => row({ ...spare, slot: 'spare' }, figures, now, nothing))}</tbody>
				<tfoot>${total(figures)}</tfoot>
			</table>
		</div>`;
}

function row({ slot, state, process, restarts }, figures, now, buttons) {
	const figure = figures.get(process?.pid) ?? {};
	const last = restarts.last;
	return html`
		<tr data-slot=${slot} data-pid=${process?.pid ?? ''}>
			<th scope="row"><span class="line line-${slot % 8}" aria-hidden="true"></span>${slot}</th>
			<td class="state ${state}">${state}</td>
			<td>${process?.pid ?? '–'}</td>
			<td>${process?.generation ?? '–'}</td>
			<td>${process ? span(process.startedAt, now) : '–'}</td>
			<td>${rate(figure.requests)}</td>
			<td>${count(figure.active)}</td>
			<td>${count(figure.connections)}</td>
			<td>${milliseconds(figure.lag)}</td>
			<td>${megabytes(figure.heap)}</td>
			<td>${megabytes(figure.rss)}</td>
			<td>${megabytes(figure.pss)}</td>
			<td>${cpus(figure.cpu)}</td>
			<td>${restarts.total}</td>
			<td class="exit">${last ? html`${last.reason}: ${last.end}, ${time(last.at)}` : '–'}</td>
			<td class="actions">${buttons}</td>
		</tr>`;
}

const actionsOf = (slot, there, may, actions) => html`
	<button type="button" aria-label="Details of worker ${slot}" @click=${() => actions.details(slot)}>Details</button>
	<button type="button" aria-label="Recycle worker ${slot}"
		?disabled=${!may.recycle || there.every(({ state }) => state !== 'ready')} @click=${() => actions.recycle(slot)}>Recycle</button>`;

function total(figures) {
	const sum = (name) => [...figures.values()].reduce((all, figure) => all + (figure[name] ?? 0), 0);
	return html`
		<tr>
			<th scope="row" colspan="5">All workers</th>
			<td>${rate(sum('requests'))}</td>
			<td>${count(sum('active'))}</td>
			<td>${count(sum('connections'))}</td>
			<td></td>
			<td>${megabytes(sum('heap'))}</td>
			<td></td>
			<td>${megabytes(sum('pss'))}</td>
			<td>${cpus(sum('cpu'))}</td>
			<td colspan="3"></td>
		</tr>`;
}

const hints = (found) => found.length === 0 ? nothing : html`
	<details class="hints">
		<summary>What several processes change in the application (${found.length})</summary>
		<dl>${found.map(({ topic, finding, remedy }) => html`
			<dt>${topic}</dt>
			<dd>${finding}. Remedy: ${remedy}</dd>`)}</dl>
	</details>`;

const history = (entries) => html`
	<details class="history">
		<summary>What happened last</summary>
		${events(entries.slice(-HISTORY))}
	</details>`;

const events = (entries) => html`
	<ol>${entries.toReversed().map(({ at, worker, what }) => html`<li><time datetime=${at}>${time(at)}</time>
		<span>${worker}</span> ${what}</li>`)}</ol>`;

/** All about one slot, for the dialog. */
export function details({ slot, workers, history }, close) {
	const { stall } = workers.find((worker) => worker.stall) ?? {};
	const { last } = workers[0].restarts;
	return html`
		<header>
			<h2 id="details-title">Worker ${slot}</h2>
			<button type="button" @click=${close}>Close</button>
		</header>
		<h3>Last blocked event loop</h3>
		${stall ? html`<p>${stall.loop}, ${time(stall.at)}: blocked for ${stall.blocked.slice(2).toLowerCase()}</p>
			<pre tabindex="0" aria-label="Stack trace">${stall.stack}</pre>` : html`<p>None.</p>`}
		<h3>Last exit</h3>
		${last ? html`<p>${last.reason}: ${last.end}, ${time(last.at)}, generation ${last.generation}</p>
			${last.lastOutput ? html`<pre tabindex="0" aria-label="Last output">${last.lastOutput}</pre>` : nothing}` : html`<p>None.</p>`}
		<h3>Events</h3>
		${events(history)}`;
}
