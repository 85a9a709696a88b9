/*
 * The operator page: asks the service every two seconds and shows what it says.
 */

import { render } from './lib/lit-html/lit-html.js';
import { Charts } from './charts.js';
import { Figures } from './figures.js';
import * as service from './service.js';
import * as view from './view.js';

const PACE_MS = 2000;

const figures = new Figures();

const charts = new Charts(document.getElementById('charts'));

const dialog = document.getElementById('details');

const model = {
	now: new Date(), status: null, figures: new Map(), reload: null, may: { known: false }, wanted: null, message: '',
	trouble: '', lastAnswer: Date.now()
};

const actions = {

	want(event) {
		model.wanted = event.target.value;
		show();
	},

	async scale(event) {
		event.preventDefault();
		await change(() => service.scale(Number(model.wanted)), ({ count }) => `Scaling to ${count} workers.`);
		model.wanted = null;
		await look();
	},

	async reload() {
		await change(service.reload, ({ id }) => `The reload to generation ${id} has begun.`);
		await look();
	},

	async recycle(slot) {
		await change(() => service.recycle(slot), () => `Worker ${slot} is being replaced.`);
		await look();
	},

	async details(slot) {
		dialog.dataset.slot = slot;
		await showDetails();
	}

};

async function change(request, text) {
	try {
		model.message = text(await request());
	}
	catch (error) {
		model.message = error.message;
	}
}

async function look() {
	try {
		if (!model.may.known) {
			model.may = { known: true, ...await service.permissions() };
		}
		const [status, reload] = await Promise.all([service.workers(), service.lastReload()]);
		model.status = status;
		model.reload = reload;
		model.lastAnswer = Date.now();
		model.trouble = '';
		model.figures = figures.take(status, model.lastAnswer);
		charts.show(figures);
	}
	catch (error) {
		trouble(error);
	}
	model.now = new Date();
	show();
	if (dialog.open) {
		await showDetails();
	}
}

function trouble(error) {
	if (error instanceof service.Problem) {
		model.trouble = error.message;
	}
	else if (Date.now() - model.lastAnswer > 2 * PACE_MS) {
		// One failure is nothing: the worker that held the connection may have ended.
		model.trouble = `The service does not answer since ${new Date(model.lastAnswer).toLocaleTimeString('en-GB')}.`;
	}
}

function show() {
	document.title = model.status ? `${model.status.master.ready}/${model.status.master.workers} ready – Prefork` : 'Prefork';
	render(view.page(model, actions), document.getElementById('page'));
}

async function showDetails() {
	try {
		render(view.details(await service.worker(dialog.dataset.slot), () => dialog.close()), dialog);
	}
	catch (error) {
		dialog.close();
		model.message = error.message;
		show();
		return;
	}
	if (!dialog.open) {
		dialog.showModal();
	}
}

async function run() {
	for (;;) {
		if (!document.hidden) {
			await look();
		}
		await new Promise((resolve) => { setTimeout(resolve, PACE_MS); });
	}
}

document.addEventListener('visibilitychange', () => document.hidden || look());
document.getElementById('page').replaceChildren();
run();
