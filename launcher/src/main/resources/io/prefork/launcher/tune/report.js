'use strict';

const page = JSON.parse(document.getElementById('data').textContent);
const COLOURS = 8;
const HEIGHT = 300;

const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const figures = (value) => (value == null ? '' : value.toLocaleString('en', { maximumSignificantDigits: 3, useGrouping: false }));
const milliseconds = (value) => (value == null ? '' : `${figures(value)} ms`);
const plain = (value) => (value == null ? '' : figures(value));

const element = (name, text, className) => {
	const created = document.createElement(name);
	created.textContent = text;
	if (className) {
		created.className = className;
	}
	return created;
};

const measured = page.rows.filter((row) => row.points.length > 0);
const rates = [...new Set(measured.flatMap((row) => row.points.map((point) => point.rate)))].sort((a, b) => a - b);

function chart(id, name, text, logarithmic) {
	const place = document.getElementById(id);
	const values = measured.map((row) => {
		const known = new Map(row.points.map((point) => [point.rate, point[name]]));
		return rates.map((rate) => known.get(rate) ?? null);
	});
	const axis = { stroke: () => css('--muted'), grid: { stroke: () => css('--line'), width: 1 }, ticks: { show: false } };
	const plot = new uPlot({
		width: place.clientWidth,
		height: HEIGHT,
		scales: { x: { time: false }, y: logarithmic ? { distr: 3 } : { range: (_plot, _min, max) => [0, max > 0 ? max * 1.1 : 1] } },
		axes: [{ ...axis, label: 'requests/s offered', labelSize: 20, stroke: () => css('--muted') },
			{ ...axis, size: 80, values: (_plot, ticks) => ticks.map((tick) => (tick == null ? '' : text(tick))) }],
		series: [{ label: 'requests/s', value: (_plot, rate) => (rate == null ? '' : figures(rate)) }, ...measured.map((row, index) => ({
			label: row.name, stroke: () => css(`--series-${index % COLOURS}`), width: 2, spanGaps: true,
			dash: index < COLOURS ? [] : [6, 3], points: { show: true, size: 6 }, value: (_plot, value) => text(value)
		}))]
	}, [rates, ...values], place);
	const canvas = plot.root.querySelector('canvas');
	canvas.setAttribute('role', 'img');
	canvas.setAttribute('aria-label', `${place.previousElementSibling.textContent}; the figures are in the table below`);
	addEventListener('resize', () => plot.setSize({ width: place.clientWidth, height: HEIGHT }));
	matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => plot.redraw());
}

function table() {
	const body = document.getElementById('table');
	const head = element('tr', '');
	['candidate', 'offered/s', 'served/s', 'p50', 'p90', 'p99', 'CPUs', 'memory'].forEach((name) => head.append(element('th', name)));
	body.append(head);
	page.rows.forEach((row) => {
		if (row.failure) {
			const line = element('tr', '');
			line.append(element('td', row.name));
			const cell = element('td', row.failure, 'failure');
			cell.colSpan = 7;
			line.append(cell);
			body.append(line);
		}
		// A rate may have been tried twice.
		const knee = row.points.map((point) => point.rate).lastIndexOf(row.knee);
		row.points.forEach((point, index) => {
			const line = element('tr', '', index === knee ? 'knee' : '');
			[row.name, figures(point.rate), figures(point.served), milliseconds(point.p50), milliseconds(point.p90),
				milliseconds(point.p99), figures(point.cpu), `${Math.round(point.memory / 1048576)} MiB`]
				.forEach((text) => line.append(element('td', text)));
			body.append(line);
		});
	});
}

function advice() {
	const place = document.getElementById('advice');
	const empty = page.advice.indexOf('');
	const texts = empty < 0 ? page.advice : page.advice.slice(0, empty);
	texts.forEach((line) => place.append(element('p', line)));
	if (empty >= 0) {
		place.append(element('pre', page.advice.slice(empty + 1).join('\n')));
	}
}

const { subject, plan } = page;
document.getElementById('subject').textContent = `${subject.jar}, Java ${subject.java}, ${subject.cpus} CPUs, `
	+ `${Math.round(subject.memory / 1073741824)} GiB; ${plan.requests.map((request) => `${request.method} ${request.path}`).join(', ')}`;
advice();
chart('p99', 'p99', milliseconds, true);
chart('served', 'served', plain, false);
chart('cpu', 'cpu', plain, false);
table();
